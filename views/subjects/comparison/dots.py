"""What a dot looks like and says, the same in the ranking and in the funnel."""

import textwrap
from math import ceil, floor

import altair as alt

from indicators.danish import number, percent
from indicators.ranking import INSTITUTIONS, Ranking, RankingLine
from indicators.verdicts import Verdict
from views.foundation import judged, marks, theme
from views.foundation.verdict_styles import VERDICTS

NARROW = "width < 600"
"""Whether the picture is as narrow as on a telephone, as an expression."""

WIDE_CHARACTERS, NARROW_CHARACTERS = 32, 18
"""In a line of a name, where words allow it."""

PERCENT = "datum.value + '\N{NO-BREAK SPACE}%'"
TIPS = {"name": "Navn", "text": "Andel", "limits": "Usikkerhed", "answers": "Antal svar", "said": "Vurdering"}


def shape(line: RankingLine, own: bool) -> tuple[str, str, str]:
    """Shape, outline and inside by verdict; the own one is filled whatever is said of it."""
    verdict = line.judgement.verdict
    style = VERDICTS[verdict]
    if own and verdict is Verdict.ALIKE:
        return style.shape, theme.OWN, theme.OWN
    return style.shape, style.mark, style.inside


def said(line: RankingLine) -> tuple[str, str, str, str, str]:
    """Name, share, answers, limits and verdict in words."""
    figure, found = line.figure, line.judgement
    limits = f"{percent(found.low)} til {percent(found.high)}"
    return line.about.name, percent(figure.share), number(figure.n), limits, judged.words(found)


def cursor(report: Ranking) -> str:
    """A hand where a click leads somewhere: the strip has no filter for institutions."""
    return "default" if report.level == INSTITUTIONS else "pointer"


def starred(line: RankingLine) -> str:
    """The name, with a star where the mix of educations explains the verdict."""
    return f"{line.about.name}{judged.star(line.judgement)}"


def in_lines(name: str) -> tuple[str, str]:
    """The name in lines for a wide picture and for a narrow one; a word is never broken just anywhere."""
    wide, narrow = (
        textwrap.wrap(marks.parted(name, characters), characters, break_long_words=False)
        for characters in (WIDE_CHARACTERS, NARROW_CHARACTERS)
    )
    return "\n".join(wide), "\n".join(narrow)


def tens(low: float, high: float) -> tuple[int, int]:
    """The tens around both, for the ends of an axis in percent."""
    return 10 * floor(low / 10), 10 * ceil(high / 10)


def plain(channel: type, field: str) -> alt.SchemaBase:
    """A channel whose values are in the data as they are to be drawn."""
    as_drawn = {} if channel is alt.Text else {"scale": None, "legend": None}
    return channel(field=field, type="nominal", **as_drawn)
