"""What they answered, who stands out, and where it is going: one question, three tabs."""

from indicators.selection import Option
from views.foundation import filter_bar
from views.partnership.board import linked_initiatives
from views.subjects.comparison.blocks import tab as comparison
from views.subjects.distribution.blocks import tab as distribution
from views.subjects.trend.blocks import tab as trend

TABS = {
    Option("fordeling", "Fordeling"): distribution,
    Option("sammenlign", "Sammenlign"): comparison,
    Option("udvikling", "Udvikling"): trend,
}

selection, tab = filter_bar.chosen_with_question(list(TABS))

TABS[tab](selection)

linked_initiatives.about_selected_question(selection)
