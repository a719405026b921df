"""What they answered, who stands out, and where it is going: one question, three tabs."""

from indicators.selection import Named
from views import filters
from views.answers.blocks import tab as distribution
from views.partnership import linked
from views.ranking.blocks import tab as comparison
from views.trend.blocks import tab as trend

TABS = {
    Named("fordeling", "Fordeling"): distribution,
    Named("sammenlign", "Sammenlign"): comparison,
    Named("udvikling", "Udvikling"): trend,
}

selection, tab = filters.chosen_with_question(list(TABS))

TABS[tab](selection)

linked.under(selection)
