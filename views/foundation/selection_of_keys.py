"""A selection from keys, as the command line and tests name it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from data_access.dashboard import queries
from data_access.dashboard.models import Release
from data_access.dashboard.queries import Choices
from indicators.selection import Option, Selection
from views.foundation import controls
from views.foundation.controls import NamedChoices


@dataclass(frozen=True)
class PublishedIn:
    """What a release holds, read from the store each time: nothing is cached on the command line."""

    session: Session
    release: Release

    def surveys(self) -> Sequence[Option]:
        """The surveys of the release."""
        return queries.surveys(self.session, self.release)

    def choices(self, survey: str) -> Choices:
        """What can be chosen for the survey."""
        return queries.choices(self.session, self.release, survey)


def selection_of_keys(session: Session, survey: str, year: int, keys: Mapping[str, str | None]) -> Selection:
    """A selection from keys as the command line takes them; SelectionProblem names what does not exist.

    `keys` may hold unit, education, institution, compared_with and theme.
    """
    choose = NamedChoices(
        {
            controls.SURVEY: survey,
            controls.YEAR: str(year),
            controls.UNIT: keys.get("unit"),
            controls.EDUCATION: keys.get("education"),
            controls.INSTITUTION: keys.get("institution"),
            controls.COMPARISON: keys.get("compared_with"),
            controls.THEME: keys.get("theme"),
        }
    )
    published = PublishedIn(session, queries.release_in_force(session))
    return controls.with_theme(controls.selection(choose, published), choose, published)
