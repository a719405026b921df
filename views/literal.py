"""Text from a person is shown as it was written, never read as markdown."""

import re

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")


def literal(text: str) -> str:
    """The text with everything that markdown would act on escaped."""
    return _MARKDOWN.sub(r"\\\1", text)
