"""What is said beside the page's figures, and what they are called in a file, with no page around them."""

from indicators.danish import lower_first
from indicators.figure import ThemeRow
from indicators.profile import Profile, subject
from indicators.questionnaire import Theme
from views.foundation import readings


def about_themes(report: Profile) -> str:
    """What is measured, what bar and tick are, and why two shares may seem to differ by another number."""
    return " ".join(
        [
            f"Andel {readings.share_label(report.rows)}, i gennemsnit over temaets spørgsmål.",
            *(["Bjælken er den egne andel, mærket den forventede."] if report.has_expected else []),
            *([readings.ROUNDED] if any(_looks_rounded(line.row) for line in report.themes) else []),
        ]
    )


def _looks_rounded(row: ThemeRow) -> bool:
    shares = row.score.share, row.benchmark.share
    return None not in shares and readings.looks_rounded(*shares)


def about_parts(report: Profile, theme: Theme) -> str:
    """What is measured."""
    return f"{theme.name}: andel {readings.share_label(report.rows)}."


def title_of_parts(report: Profile, theme: Theme) -> str:
    """Of the unit's educations, or an education's institutions."""
    each = "hver uddannelse" if report.is_by_education else "hvert uddannelsessted"
    return f"{_who(report)}: {lower_first(theme.name)}, {each} for sig"


def title_of_pairs(report: Profile) -> str:
    """Of two groups of respondents."""
    first, second = (side.respondents for side in report.pairs[0].sides)
    return f"{_who(report)}: {first} og {second} om det samme"


def _who(report: Profile) -> str:
    return (subject(report.selection) or report.selection.unit).name
