"""What the page's smaller figures are called in a file, where nothing of the page stands around them."""

from indicators.danish import lower_first
from indicators.profile import Profile, subject
from indicators.questionnaire import Theme
from views.profile.markup import parts_are_called


def parts(report: Profile, theme: Theme) -> str:
    """Of the unit's educations, or an education's institutions."""
    return f"{_who(report)}: {lower_first(theme.name)}, {parts_are_called(report).lower()} for sig"


def pairs(report: Profile) -> str:
    """Of two groups of respondents."""
    first, second = (side.respondents for side in report.pairs[0].sides)
    return f"{_who(report)}: {first} og {second} om det samme"


def _who(report: Profile) -> str:
    return (subject(report.selection) or report.selection.unit).name
