"""Finds mail addresses in text, also those that are written so that a machine should not."""

import re

from indicators.visible_text import plain

_AT = r"(?:@|[(\[{<]\s?(?:at|snabel-?a)\s?[)\]}>])"
_DOT = r"(?:\.|\s\.\s|\s?[(\[{<]\s?(?:dot|punktum)\s?[)\]}>]\s?)"
# Before it a sign, or a word and blanks; after it names with dots between, the last one with letters. So
# 3 @ 12.50 is a price, example.org/@name is somebody's page, and a Teams meeting is a thread.
_ADDRESS = re.compile(
    rf"(?:[^\s/]|\w\s{{1,2}}){_AT}\s{{0,2}}(?!thread\.(?:tac)?v2)(?:[\w-]+{_DOT})+[^\W\d_]\w", re.IGNORECASE
)


def contains_mail_address(text: str) -> bool:
    """Whether there is one, also with blanks round the @ or with (at) and (dot) in words."""
    return _ADDRESS.search(plain(text)) is not None
