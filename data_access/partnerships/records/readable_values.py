"""The values of a form in words, for the log of changes, for conflicts and for previews."""

from collections.abc import Iterator
from datetime import date
from typing import get_args, get_type_hints

from sqlmodel import Session, select

from data_access.dashboard.models import EducationRecord, InstitutionRecord, PublishedRound, UnitRecord
from data_access.dashboard.partnership_tables.base import Form
from data_access.dashboard.partnership_tables.initiatives import ParticipantFields, QuestionFields
from data_access.partnerships.records.kinds import CRITERION, KINDS, Kind
from data_access.texts import Share
from indicators.danish import day, decimal, percent
from indicators.partnership.board import Ref
from indicators.selection import ALL

GONE = "{} (slettet)"
"""How something is named that has been deleted since."""

REFERENCE_TABLES = {"unit": UnitRecord, "education": EducationRecord, "institution": InstitutionRecord}


def different_fields(form: Form, other: Form) -> Iterator[str]:
    """The fields in which two forms of the same kind differ."""
    return (name for name in type(form).model_fields if getattr(form, name) != getattr(other, name))


def in_words(session: Session, kind: Kind, field: str, value: object) -> str:
    """The value of a field as a reader would write it; nothing for nothing."""
    if isinstance(value, tuple):
        return "; ".join(in_words(session, kind, field, one) for one in value)
    if isinstance(value, ParticipantFields):
        return f"{name_of(session, 'party', value.party_id)} ({value.part})"
    if isinstance(value, QuestionFields):
        return _question(session, value)
    if kind is CRITERION and field in ("question", "theme") and value:
        return _asked(session, str(value))
    if target := kind.target(field):
        return "" if value is None else name_of(session, target, value)
    return percent(value) if _is_share(kind, field, value) else plain_words(value)


def _is_share(kind: Kind, field: str, value: object) -> bool:
    return isinstance(value, float) and Share in get_args(
        get_type_hints(kind.form, include_extras=True)[field]
    )


def name_of(session: Session, target: str, key: int | str) -> str:
    """The name of what a column refers to, of a partnership the short one; a key that is gone is its own."""
    if target in KINDS:
        record = session.get(KINDS[target].table, key)
        if record is None:
            return str(key)
        return (target == "partnership" and record.short_name) or getattr(record, KINDS[target].title)
    record = session.get(REFERENCE_TABLES[target], key)
    return str(key) if record is None else record.name


def ref_to(session: Session, target: str, key: int | None) -> Ref | None:
    """What a column refers to, with its name; None where it refers to nothing, or to what is deleted."""
    return None if _is_deleted(session, target, key) else kept_ref(session, target, key)


def kept_ref(session: Session, target: str, key: int | None) -> Ref | None:
    """The same in what has happened, minutes above all: what is deleted since keeps its name and says so."""
    if key is None:
        return None
    name = name_of(session, target, key)
    return Ref(key, GONE.format(name) if _is_deleted(session, target, key) else name)


def _is_deleted(session: Session, target: str, key: int | None) -> bool:
    record = None if key is None else session.get(KINDS[target].table, key)
    return record is not None and record.deleted_at is not None


def _asked(session: Session, key: str) -> str:
    """The question or theme as it was last asked; by its key alone where it is in no round."""
    rounds = select(PublishedRound.questionnaire).order_by(
        PublishedRound.year.desc(), PublishedRound.id.desc()
    )
    for questionnaire in session.exec(rounds):
        for one in (*questionnaire["questions"], *questionnaire["themes"]):
            if one["id"] == key:
                return one.get("short") or one.get("text") or one["name"]
    return key


def _question(session: Session, value: QuestionFields) -> str:
    groups = {"unit": value.unit_key, "education": value.education_id, "institution": value.institution_id}
    names = [name_of(session, target, key) for target, key in groups.items() if key != ALL]
    return ", ".join([f"{value.question} ({value.direction})", *names])


def plain_words(value: object) -> str:
    """The value of a field that refers to nothing, as a reader would write it."""
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nej"
        case date():
            return day(value)
        case float():
            return decimal(value)
        case dict():  # without its headline: the figure may not be shown any more
            return f"tal fra udgivelse {value['release']}" if value.get("release") else "et tal"
    return str(value)
