"""What to talk about: how the chosen unit stands out, beside those around it and everyone else."""

from views.foundation import blocks, figures, filter_bar
from views.subjects.overview import blocks as page

selection = filter_bar.chosen()

overview = figures.overview(selection)

blocks.heading(overview)
blocks.response(overview)
page.whole(overview)
