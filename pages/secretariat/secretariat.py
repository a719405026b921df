"""Who comes in, who only reads, and who did what: what a secretariat looks after."""

from indicators.rights import Right
from indicators.selection import Option
from views.foundation import figures, filter_bar
from views.secretariat import changes, look
from views.secretariat.access import tab as access
from views.secretariat.log import tab as log
from views.secretariat.reading_links import tab as reading_links

TABS = {
    Option("adgang", "Adgang"): (Right.INVITE, access),
    Option("laeselinks", "Læselinks"): (Right.LEND_READING, reading_links),
    Option("log", "Log"): (Right.READ_LOG, log),
}

look.apply()

tabs = {option: tab for option, (right, tab) in TABS.items() if figures.may(right)}

chosen = filter_bar.pick("Visning", "sekretariatdel", list(tabs))

changes.opened(chosen.name)

tabs[chosen]()
