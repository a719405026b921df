"""Whether the figures can be trusted: who answered, what there are figures for, and how they are made."""

from views.all_subjects import all_views
from views.foundation import filter_bar

all_views.data_quality(filter_bar.chosen()).draw()
