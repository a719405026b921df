"""Text as a person sees it: what looks the same is the same."""

import re
import unicodedata

# Signs without a width of their own: control characters that are no blanks, halves of a pair, soft hyphen,
# marks of direction, byte order marks inside the text, fillers, tags, and codes that stand for no sign.
_UNSEEN = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e0fff"
)
# Joiners, and selectors of a sign's variant: not seen either, but they make one picture of several signs.
_INVISIBLE = re.compile(f"[{_UNSEEN}\u200c\u200d\ufe00-\ufe0f]")
_NOT_KEPT = re.compile(f"[{_UNSEEN}\x1c-\x1f]")
_NOT_ASCII = re.compile("[^ -~]")
_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# A line break that a program has left in the form in which a workbook stores it.
_STORED_BREAK = re.compile(r"_x00(?:09|0[aA]|0[dD])_")
_HYPHENS = str.maketrans("\u2010\u2011", "--")
# Besides all that Unicode calls a dash: minus, hyphen bullet, lines that are drawn; bullets; other slashes.
_LOOK_ALIKES = {
    **dict.fromkeys("\u02d7\u2043\u2212\u2796\u2500\u2501\u23af", "-"),
    **dict.fromkeys("\u00b7\u2022\u2027\u2219\u22c5\u30fb\u3002", "."),
    **dict.fromkeys("\u2044\u2215\u29f8\u2571", "/"),
}


def tidy(text: str) -> str:
    """NFC without invisible signs, no blanks at the ends, single blanks inside, one kind of hyphen."""
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text).translate(_HYPHENS))
    if "_x00" in text:
        text = _STORED_BREAK.sub(" ", text)
    return " ".join(text.split())


def cleaned(text: str) -> str:
    """As it is kept: composed letters, plain line ends, no blanks at the ends, nothing that cannot be seen or
    turns the direction of writing; empty where there is nothing to see.
    """
    kept = unicodedata.normalize("NFC", _NOT_KEPT.sub("", _LINE_END.sub("\n", text))).strip()
    return kept if _INVISIBLE.sub("", kept).strip() else ""


def plain(text: str) -> str:
    """In which numbers and addresses are looked for: ASCII digits, one kind of dash, dot, slash and blank."""
    if text.isascii() and text.isprintable():
        return text
    return _NOT_ASCII.sub(_plain_sign, _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))


def _plain_sign(match: re.Match[str]) -> str:
    """What the sign stands for; nothing for what cannot be seen or stands on another sign."""
    sign = match[0]
    if (digit := unicodedata.digit(sign, None)) is not None:
        return str(digit)
    category = unicodedata.category(sign)
    if sign.isspace():
        return " " if category == "Zs" or sign == "\t" else "\n"
    if category in ("Cc", "Cf", "Mn", "Me"):
        return ""
    return "-" if category == "Pd" else _LOOK_ALIKES.get(sign, sign)
