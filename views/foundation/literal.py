"""Text from a person is shown as it was written, never read as markdown."""

import re

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")
_INSIDE_ADDRESS = re.compile(r"(?<=:)(?=//)|(?<=www)(?=\.)", re.IGNORECASE)


def literal(text: str) -> str:
    """The text with everything escaped that markdown would act on, and no address made a link."""
    return _MARKDOWN.sub(r"\\\1", _INSIDE_ADDRESS.sub("\N{WORD JOINER}", text))
