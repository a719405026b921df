"""What to talk about: how the chosen unit stands out, beside those around it and everyone else."""

from views import blocks, figures, filters
from views.overview import blocks as page

selection = filters.chosen()

overview = figures.overview(selection)

blocks.heading(overview)
blocks.response(overview)
page.whole(overview)
