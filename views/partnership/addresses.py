"""The names by which the address of Indsatser says what is shown, for all that lead there."""

from indicators.selection import Option

TAB = "del"
BOARD = "indsatser"
AGREEMENTS = "aftaler"

PARTNERSHIP = "partnerskab"
"""Of whom initiatives, agreements and the annual cycle are shown; the tabs share the choice."""

OPENED = "indsats"
CARD_PART = "kort"
CARD = "kort"

NEW = Option("ny", "Ny indsats")
FOR = "for"
ABOUT = "om"
NO_QUESTION = Option("intet", "Intet spørgsmål")
"""A new initiative: in which partnership, and about which question."""

PART = "aftaledel"
READ = "laes"
EDIT = "ret"
"""Whether a partnership is read or edited."""
