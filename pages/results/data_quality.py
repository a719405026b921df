"""Whether the figures can be trusted: who answered, what there are figures for, and how they are made."""

from views.foundation import filter_bar
from views.subjects import all_views

all_views.data_quality(filter_bar.chosen()).draw()
