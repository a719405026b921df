"""Whether the figures can be trusted: who answered, what there are figures for, and how they are made."""

from views import filters
from views.grounds import tabs

selection = filters.chosen()

view, level = tabs.chosen()

tabs.draw(view, level, selection)
