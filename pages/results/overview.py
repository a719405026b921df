"""What to talk about: response and themes of the chosen unit beside the comparison."""

from views import blocks, figures, filters
from views.overview import blocks as page

selection = filters.chosen()

overview = figures.overview(selection)

blocks.heading(overview)
blocks.response(overview.response)
page.themes(overview)
