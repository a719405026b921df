"""A verdict on the screen: the word with its triangle, which says the same to those who see no colours."""

from indicators.verdicts import Verdict
from views.foundation.drawings import TRIANGLES

_KINDS = {Verdict.ABOVE: "over", Verdict.BELOW: "under", Verdict.ALIKE: "lige"}


def verdict(found: Verdict) -> str:
    """As HTML."""
    return f'<span class="vurdering {_KINDS.get(found, "")}">{TRIANGLES.get(found, "")}{found}</span>'
