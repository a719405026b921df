"""What to talk about: response and themes of the chosen unit beside the comparison."""

from views import blocks, figures, filters

selection = filters.chosen()

overview = figures.overview(selection)

blocks.heading(overview)
blocks.response(overview.response)
blocks.themes(overview)
