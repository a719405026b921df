"""Every text that a person can bring into the store is held to the same refusals, whichever way it comes in."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Literal, NamedTuple, get_args, get_origin, get_type_hints

import pytest
from pydantic import TypeAdapter
from sqlalchemy import update
from sqlmodel import Session

from data_access import texts
from data_access.dashboard.partnership_tables.base import Form
from data_access.dashboard.partnership_tables.initiatives import InitiativeRecord
from data_access.dashboard.partnership_tables.meetings import DraftForm, ShowingForm
from data_access.partnerships.lists import showing
from data_access.partnerships.lists.initiatives import initiative_card, initiatives
from data_access.partnerships.records import editing, initiative_commands
from data_access.partnerships.records.change_log import changes_of
from data_access.partnerships.records.kinds import INITIATIVE, ITEM, KINDS, MEETING
from data_access.partnerships.records.records import checked, open_record
from data_access.problems import EditProblem
from data_access.texts import PERSONAL, TEXT, Clock, Figure, Key, View, WebAddress, YearlyDay
from tests.partnerships.small_partnership import SECRETARIAT, TODAY, SmallPartnership, made
from tests.personal_texts import CPR_NUMBERS, MAIL_ADDRESSES, UNSEEN

WORDS = "Fælles kursus"
FITTING = {Clock: "13.30", Key: "kommune:0265", YearlyDay: "10-01", WebAddress: "https://example.org/kursus"}
"""What a field of the type may hold; all others may hold words."""
OF_A_PATTERN = (Clock, Key, YearlyDay)
"""What has room for nothing else is refused for its pattern."""


class TextField(NamedTuple):
    """A field of a form that holds text, of one of the types that say what a text may be."""

    form: type[Form]
    name: str
    kind: object

    @property
    def fitting(self) -> str:
        return FITTING.get(self.kind, WORDS)

    def refused_because(self, text: str) -> str:
        """What is said of the text; nothing where it is taken."""
        value = {"title": text, "rows": [[1, text]]} if self.kind == Figure else text
        is_list = get_origin(self.form.model_fields[self.name].annotation) is tuple
        try:
            checked(self.form, {self.name: [value] if is_list else value})
        except EditProblem as problem:
            return problem.faults.get(self.name, "")
        return ""


def forms(of: type[Form] = Form) -> Iterator[type[Form]]:
    for form in of.__subclasses__():
        if not form.model_config.get("table"):
            yield form
            yield from forms(form)


def kinds_of_text(hint: object) -> Iterator[object]:
    """The types of text, and of what may hold any, among what a field may be."""
    match get_origin(hint), get_args(hint):
        case (_, ()):
            if hint in (str, dict, list, object):
                yield hint
        case (origin, (held, *_)) if origin is Annotated and get_origin(held) is not tuple:
            yield from [hint] if held in (str, dict) else []
        case (origin, parts) if origin is not Literal:
            for part in parts:
                yield from kinds_of_text(part)


FIELDS = {
    f"{form.__name__}.{name}": TextField(form, name, kind)
    for form in forms()
    for name, hint in get_type_hints(form, include_extras=True).items()
    if name in form.model_fields
    for kind in kinds_of_text(hint)
}
every_field = pytest.mark.parametrize("field", FIELDS.values(), ids=FIELDS)


def test_every_text_of_every_form_is_of_a_type_that_refuses():
    known = [one for one in vars(texts).values() if get_origin(one) is Annotated]

    assert {name for name, field in FIELDS.items() if field.kind not in known} == set()
    assert {field.form for field in FIELDS.values()} >= {DraftForm, ShowingForm} | {
        kind.form for kind in KINDS.values()
    }
    assert {"InitiativeForm.units", "FocusAreaForm.actions", "ItemForm.figure"} <= FIELDS.keys()


@every_field
def test_no_field_says_who_somebody_is(field: TextField):
    for text in (*CPR_NUMBERS, *MAIL_ADDRESSES):
        typed = f"{field.fitting} {text}"
        expected = "" if field.kind in OF_A_PATTERN else PERSONAL
        assert field.refused_because(typed).startswith(expected or "skal være"), ascii(typed)
    assert field.refused_because(field.fitting) == ""


@every_field
def test_no_field_keeps_a_sign_that_is_not_seen(field: TextField):
    for sign in UNSEEN:
        typed = field.fitting[:2] + sign + field.fitting[2:] + sign
        value = {"title": typed} if field.kind == Figure else typed
        kept = TypeAdapter(field.kind).validate_python(value)
        assert kept == ({"title": WORDS} if field.kind == Figure else field.fitting), ascii(sign)


@every_field
def test_no_field_takes_a_text_without_end(field: TextField):
    assert field.refused_because(field.fitting + "0" * TEXT) != ""
    assert field.refused_because("0" * TEXT + field.fitting) != ""


@pytest.mark.parametrize("text", ["kommune:010190-1234", "kommune:0101901234"])
def test_a_key_hides_no_number(text):
    assert FIELDS["InitiativeForm.units"].refused_because(text) == PERSONAL


@pytest.mark.parametrize("text", ["010190%2D1234", "010190%E2%80%911234", "mail=anna%40example.org"])
def test_an_address_hides_nothing_in_its_own_way_of_writing(text):
    for name in ("AgreementForm.document", "ItemForm.view", "ItemForm.summary"):
        assert FIELDS[name].refused_because(f"https://example.org/?{text}").startswith(PERSONAL)


def test_what_cannot_be_seen_is_no_title():
    for nothing in ("\u200b", "\u3164", "\u200d", " \u2800\u00ad"):
        assert FIELDS["InitiativeForm.title"].refused_because(nothing) == "må ikke være tom"


def test_a_list_has_an_end():
    with pytest.raises(EditProblem, match="Parterne vil: må højst have 100 punkter"):
        checked(KINDS["focus_area"].form, {"actions": ["Vi mødes"] * 101})


@pytest.mark.parametrize("text", [*CPR_NUMBERS, *MAIL_ADDRESSES], ids=ascii)
def test_no_role_says_who_somebody_is(text):
    with pytest.raises(EditProblem, match=f"«Du skriver som» {PERSONAL}"):
        editing.role(f"Anna {text}")


@pytest.fixture
def meeting_and_item(dashboard: Session, fjord: SmallPartnership) -> tuple[int, int]:
    meeting = made(dashboard, MEETING, partnership_id=fjord.id, title="Forår", held_on=TODAY)
    return meeting.id, made(dashboard, ITEM, meeting_id=meeting.id, title="Praktik").id


@pytest.mark.parametrize(
    "typed", [{"text": "{}"}, {"text": "", "initiative": "{}"}], ids=["text", "initiative"]
)
def test_a_draft_that_is_refused_leaves_the_one_before(dashboard, meeting_and_item, typed):
    _, item = meeting_and_item
    showing.keep_draft(dashboard, item, {"text": "Vi begynder"})

    for text in (*CPR_NUMBERS, *MAIL_ADDRESSES):
        with pytest.raises(EditProblem, match=PERSONAL):
            showing.keep_draft(dashboard, item, {name: one.format(text) for name, one in typed.items()})
    assert showing.draft(dashboard, item) == {"text": "Vi begynder"}


def test_the_wall_shows_no_address_that_says_who_somebody_is(dashboard, meeting_and_item):
    with pytest.raises(EditProblem, match=PERSONAL):
        showing.show(dashboard, *meeting_and_item, "enhed=010190-1234", datetime.now(UTC))
    assert showing.showing(dashboard, meeting_and_item[0]) is None


OLD = "Ring til Anna 010190\u20111234 \u202e(anna@example.org)"


@pytest.fixture
def of_old(dashboard: Session, fjord: SmallPartnership) -> int:
    """An initiative with a text that was kept before there was a rule against it."""
    record_id = fjord.initiative(dashboard, "Kursus", goal="Mål").id
    dashboard.execute(update(InitiativeRecord).where(InitiativeRecord.id == record_id).values(title=OLD))
    dashboard.expire_all()
    return record_id


def test_what_is_in_the_store_already_is_read_and_can_be_put_right(dashboard, of_old):
    base = open_record(dashboard, INITIATIVE, of_old)
    assert base.form.title == OLD
    assert [one.title for one in initiatives(dashboard, TODAY)] == [OLD]

    with pytest.raises(EditProblem, match=f"Titel: {PERSONAL}"):
        initiative_commands.with_values(dashboard, SECRETARIAT, base, goal="Et andet mål")
    initiative_commands.with_values(dashboard, SECRETARIAT, base, title="Kursus")

    change = changes_of(dashboard, INITIATIVE, of_old)[0]
    assert [(field.before, field.after) for field in change.fields] == [(OLD, "Kursus")]
    assert initiative_card(dashboard, TODAY, of_old).initiative.title == "Kursus"
    with pytest.raises(EditProblem, match=PERSONAL):
        editing.undo(dashboard, SECRETARIAT, change.id)


def test_what_is_in_the_store_already_can_be_deleted_and_brought_back(dashboard, of_old):
    editing.delete(dashboard, SECRETARIAT, open_record(dashboard, INITIATIVE, of_old))
    assert initiatives(dashboard, TODAY) == ()

    editing.undo(dashboard, SECRETARIAT, changes_of(dashboard, INITIATIVE, of_old)[0].id)
    assert [one.title for one in initiatives(dashboard, TODAY)] == [OLD]


def test_the_view_of_an_item_is_one_line():
    assert (
        TypeAdapter(View).validate_python("enhed=kommune:0265\n&aar=2025") == "enhed=kommune:0265 &aar=2025"
    )
