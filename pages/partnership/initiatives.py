"""What was agreed, and whether it happens: initiatives, agreements and the annual cycle."""

from indicators.selection import Named
from views import filters
from views.partnership.agreements import tab as agreements
from views.partnership.board import tab as initiatives
from views.partnership.cycle import tab as cycle

TABS = {
    Named("indsatser", "Indsatser"): initiatives,
    Named("aftaler", "Aftaler"): agreements,
    Named("aarshjul", "Årshjul"): cycle,
}

selection = filters.chosen()

tab = filters.pick("Visning", "del", list(TABS))

TABS[tab](selection)
