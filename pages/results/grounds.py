"""Whether the figures can be trusted: who answered, what there are figures for, and how they are made."""

from views.foundation import filter_bar
from views.subjects.data_quality import tabs

selection = filter_bar.chosen()

view, level = tabs.chosen()

tabs.draw(view, level, selection)
