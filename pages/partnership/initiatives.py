"""What was agreed, and whether it happens: initiatives, agreements and the annual cycle."""

from indicators.selection import Option
from views.foundation import filter_bar
from views.partnership.agreements.agreements import tab as agreements
from views.partnership.agreements.cycle import tab as cycle
from views.partnership.board.board import tab as initiatives

TABS = {
    Option("indsatser", "Indsatser"): initiatives,
    Option("aftaler", "Aftaler"): agreements,
    Option("aarshjul", "Årshjul"): cycle,
}

selection = filter_bar.chosen()

tab = filter_bar.pick("Visning", "del", list(TABS))

TABS[tab](selection)
