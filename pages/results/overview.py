"""What to talk about: how the chosen unit stands out, beside those around it and everyone else."""

from views.foundation import filter_bar
from views.subjects.overview.overview import ThemeOverview

ThemeOverview.page(filter_bar.chosen())
