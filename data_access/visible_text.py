"""Text as a person sees it: what looks the same is the same."""

import re
import unicodedata

# Signs without a width of their own: control characters that are no blanks, soft hyphen, joiners and marks of
# direction, byte order marks inside the text, fillers, and selectors of a sign's variant.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U000e0000-\U000e0fff]"
)
# A line break that a program has left in the form in which a workbook stores it.
_STORED_BREAK = re.compile(r"_x00(?:09|0[aA]|0[dD])_")
_HYPHENS = str.maketrans("\u2010\u2011", "--")


def tidy(text: str) -> str:
    """NFC without invisible signs, no blanks at the ends, single blanks inside, one kind of hyphen."""
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text).translate(_HYPHENS))
    if "_x00" in text:
        text = _STORED_BREAK.sub(" ", text)
    return " ".join(text.split())
