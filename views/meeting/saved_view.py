"""A view as an agenda keeps it, page and query string, read back into a selection.

Nothing is drawn here. What no longer exists falls back on the first there is, as in the strip, with a note.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from urllib.parse import parse_qs

from data_access.problems import StoreProblem
from indicators.overview import DIVISIONS
from indicators.selection import ALL_EDUCATIONS, ALL_THEMES, COMPARED_WITH_EVERYONE_ELSE, Option, Selection
from views.foundation import figures, filter_bar, places, vocabulary
from views.partnership.agreements import partnership_page
from views.partnership.board import board_filter

SEVERAL = ("vis_ogsaa", "fremhaev")
"""The controls that hold more than one."""

CONTROLS = frozenset(
    {
        *(filter_bar.SURVEY, filter_bar.YEAR, filter_bar.EDUCATION, filter_bar.UNIT, filter_bar.COMPARISON),
        *(
            filter_bar.THEME,
            filter_bar.QUESTION,
            filter_bar.TAB,
            "raekkefoelge",
            "svargrupper",
            "niveau",
            "form",
        ),
        "raekker_vist",
        *("opdel", "grundlag", "opdelt", "raekker", *(f"inddeling_{kind}" for kind in DIVISIONS), *SEVERAL),
        *("del", "indsats", "kort", "fra", partnership_page.PART, *board_filter.EVERYTHING),
    }
)
"""What a kept view may set: anybody can have written it, so nothing else of the page's state."""

TABS = tuple(Option(key, key) for key in (places.DISTRIBUTION, places.COMPARED, places.TREND))


@dataclass(frozen=True)
class SavedView:
    """What a view shows; `notes` say in Danish what is not as it was when the view was kept."""

    place: str
    """The page by its file, as `filters.choose` takes it."""
    selection: Selection
    asked: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The query string, each key with its values."""
    notes: tuple[str, ...] = ()

    @property
    def tab(self) -> str:
        """The tab of Resultater by its key."""
        return self.among(filter_bar.TAB, TABS).key

    @property
    def keys(self) -> dict[str, str | list[str]]:
        """What `filters.choose` takes to show the view again."""
        one_of = {key: values[0] for key, values in self.asked.items() if key not in SEVERAL}
        return {**one_of, **{key: list(self.asked.get(key, ())) for key in SEVERAL}}

    def among(self, key: str, options: Sequence[Option]) -> Option:
        """The option that one of the page's own controls had; the first one when it had none of these."""
        word = next(iter(self.asked.get(key, ())), None)
        return vocabulary.asked_for(options, vocabulary.name, word) or options[0]

    def several(self, key: str, options: Sequence[Option]) -> tuple[Option, ...]:
        """The same for a control that holds more than one."""
        found = (
            vocabulary.asked_for(options, vocabulary.with_kind, word) for word in self.asked.get(key, ())
        )
        return tuple(one for one in found if one)


def saved_view(page: str, view: str) -> SavedView:
    """The view of a page, by its path in the address and its query string."""
    place = places.BY_ADDRESS.get(page, places.OVERVIEW)
    asked = {key: values for key, values in parse_qs(view).items() if key in CONTROLS}
    notes: list[str] = []
    chosen = partial(_chosen, asked, notes)
    surveys = figures.surveys()
    if not surveys:
        raise StoreProblem("Udgivelsen indeholder ingen runder. Kør «python manage.py publish».")
    survey = chosen(filter_bar.SURVEY, surveys)
    there = figures.choices(survey.key)
    year = chosen(filter_bar.YEAR, [Option(str(one), str(one)) for one in there.years])
    with_field = partial(vocabulary.with_field, there.fields)
    selection = Selection(
        survey,
        int(year.key),
        chosen(filter_bar.UNIT, there.units, vocabulary.with_kind),
        chosen(filter_bar.EDUCATION, (ALL_EDUCATIONS, *there.educations), with_field),
        compared_with=chosen(
            filter_bar.COMPARISON, (COMPARED_WITH_EVERYONE_ELSE, *there.units), vocabulary.with_kind
        ),
    )
    if place == places.RESULTS:
        selection = replace(selection, theme=chosen(filter_bar.THEME, (ALL_THEMES, *there.themes)))
        questions = there.questions_of(selection.theme, selection.education)
        selection = replace(selection, question=chosen(filter_bar.QUESTION, questions))
    return SavedView(place, selection, asked, tuple(notes))


def _chosen(
    asked: Mapping[str, Sequence[str]],
    notes: list[str],
    key: str,
    options: Sequence[Option],
    label_of: Callable[[Option], str] = vocabulary.name,
) -> Option:
    """The option asked for, else the first one, and a note that it is another."""
    word = next(iter(asked.get(key, ())), None)
    found = vocabulary.asked_for(options, label_of, word)
    if found is None and word:
        notes.append(f"«{word}» findes ikke længere. Der vises «{label_of(options[0])}».")
    return found or options[0]
