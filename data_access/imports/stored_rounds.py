"""A round among those that are stored: put in its own place, and held against the others."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, delete, insert, select

from data_access.confidential.models import AnswerSheet, CountedGroup, Round
from data_access.imports.duplicates import repeated_run
from data_access.imports.file_checks import ALLOW_DUPLICATES
from data_access.imports.files import Progress
from data_access.imports.mapping import Mapping
from data_access.imports.reading import Reading
from data_access.imports.tables import folded
from data_access.imports.validation_errors import ValidationErrors
from indicators.questionnaire import Questionnaire, Scale

Model = type[AnswerSheet] | type[CountedGroup]

_CHUNK = 5_000
_MODELS: tuple[Model, ...] = (AnswerSheet, CountedGroup)
_FIELDS = {model: sorted(set(model.model_fields) - {"id", "round_id"}) for model in _MODELS}


@dataclass(frozen=True)
class Changes:
    """How many rows come, go and stay, compared by content."""

    added: int
    removed: int
    unchanged: int

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


def changes(session: Session, round_id: str, model: Model, rows: list[dict]) -> Changes:
    """What replacing the round's rows would change."""
    earlier = Counter(content(*row) for row in rows_of(session, round_id))
    if not earlier:
        return Changes(len(rows), 0, 0)
    now = Counter(content(model, row) for row in rows)
    unchanged = (earlier & now).total()
    return Changes(len(rows) - unchanged, earlier.total() - unchanged, unchanged)


def rows_of(session: Session, round_id: str) -> Iterator[tuple[Model, dict]]:
    """The round's stored rows with their table, in the order of its file."""
    for model in _MODELS:
        columns = (model.__table__.c[name] for name in _FIELDS[model])
        query = select(*columns).where(model.round_id == round_id).order_by(model.id)
        rows = session.connection().execute(query).mappings()
        yield from ((model, dict(row)) for row in rows)


def is_stored(session: Session, described: Round) -> bool:
    """True when the round is in the store with the same questionnaire, source and settings."""
    stored = session.get(Round, described.id)
    return stored is not None and stored.model_dump() == described.model_dump()


def replace(
    session: Session, described: Round, model: Model, rows: list[dict], progress: Progress | None
) -> None:
    """Puts the rows in the place of the round's earlier ones; the caller commits."""
    connection = session.connection()
    for earlier in _MODELS:
        connection.execute(delete(earlier).where(earlier.round_id == described.id))
    session.merge(described)
    session.flush()
    for start in range(0, len(rows), _CHUNK):
        chunk = [{**row, "round_id": described.id} for row in rows[start : start + _CHUNK]]
        connection.execute(insert(model), chunk)
        if progress:
            progress(start + len(chunk), len(rows))


def content(model: Model, row: dict) -> str:
    """All that the row says, in one text that is the same for the same."""
    return json.dumps([model.__name__, *(row[name] for name in _FIELDS[model])], sort_keys=True)


_ENOUGH_ANSWERS = 5
"""Sheets with fewer answers may be alike by chance; so may a few with as many, but not half of a round."""
_ENOUGH_ROWS = 20
_BACKGROUND = ("place", "education_id", "institution_id")

Entry = tuple[Model, dict]


def check_against_other_rounds(
    session: Session, described: Round, reading: Reading, mapping: Mapping
) -> tuple[str, ...]:
    """What the mapping allows, with its reasons; ImportProblem where it gives none."""
    others = session.exec(select(Round).where(Round.id != described.id).order_by(col(Round.year))).all()
    same_survey = [other for other in others if other.survey_id == described.survey_id]
    complaints = ValidationErrors("Runden passer ikke sammen med de andre runder:")
    copies = _copies(session, described, others, [(reading.model, row) for row in reading.rows])
    reworded = dict(_reworded(described, same_survey))
    if copies and not mapping.duplicates:
        complaints.add(
            f"Svarene er de samme som i runden {', '.join(copies)}. Er det den rigtige fil? "
            f"{ALLOW_DUPLICATES}"
        )
    for name, text in reworded.items():
        if name not in mapping.unchanged_wording:
            complaints.add(text)
    complaints.stop_if_any()
    repeats = [*reading.reported["duplicates"], *(f"samme svar som i runden {copy}" for copy in copies)]
    allowed = [
        f"{name} har fået ny ordlyd eller skala: {mapping.unchanged_wording[name]}" for name in reworded
    ]
    if repeats and mapping.duplicates:
        allowed.append(f"{'; '.join(repeats)}: {mapping.duplicates.reason}")
    return tuple(allowed)


def _copies(session: Session, described: Round, others: Iterable[Round], rows: Sequence[Entry]) -> list[str]:
    """The rounds whose answers these are, in any order, or some of them where chance cannot have done it."""
    own = _contents(rows)
    own_telling = _contents(filter(_is_telling, rows))
    copies = []
    for other in others:
        if not (questions := _question_ids(described) & _question_ids(other)):
            continue
        stored = list(rows_of(session, other.id))
        telling = _contents(filter(_is_telling, stored))
        shared = (own_telling & telling).total()
        is_half = shared > max(_ENOUGH_ROWS, own_telling.total() / 2)
        if own == _contents(stored) or is_half or _has_run_of(stored, rows, sorted(questions)):
            copies.append(other.id)
    return copies


def _has_run_of(stored: Sequence[Entry], rows: Sequence[Entry], questions: Sequence[str]) -> bool:
    """Whether answer sheets of the other round are here in the same order, whatever else was asked."""
    earlier, own = (
        [
            (*map(row.get, _BACKGROUND), *map(row["answers"].get, questions))
            for _, row in entries
            if row.get("answered")
        ]
        for entries in (stored, rows)
    )
    return repeated_run([*earlier, *own], boundary=len(earlier)) is not None


def _question_ids(a_round: Round) -> set[str]:
    return {question["id"] for question in a_round.questionnaire["questions"]}


def _contents(rows: Iterable[Entry]) -> Counter[str]:
    """The rows without the person, whose hash is another in each round."""
    return Counter(content(model, {**row, "person": None}) for model, row in rows)


def _is_telling(entry: Entry) -> bool:
    _, row = entry
    if "answered" in row:
        return len(row["answers"]) >= _ENOUGH_ANSWERS
    return sum(sum(tally.values()) for tally in row["tallies"].values()) >= _ENOUGH_ROWS


def _reworded(described: Round, others: Sequence[Round]) -> Iterator[tuple[str, str]]:
    """Questions in other words or with other answers than in the round before or after, with what to do; not
    across a break."""
    earlier = [(other, described) for other in others if other.year < described.year][-1:]
    later = [(described, other) for other in others if other.year > described.year][:1]
    for before, after in (*earlier, *later):
        breaks = Questionnaire.model_validate(after.questionnaire).breaks_between
        was = _wordings(before)
        became = _wordings(after)
        for name in filter(became.__contains__, was):
            pairs = zip(was[name], became[name], strict=True)
            differing = [pair for pair in pairs if all(pair) and _letters(pair[0]) != _letters(pair[1])]
            if differing and not breaks(before.year, after.year, {name}):
                yield name, _proposal(name, differing[0], was[name][0], before, after)


def _wordings(a_round: Round) -> dict[str, tuple[str, str, str]]:
    """By question: its text in the questionnaire, and in the export where it has one, and its scale."""
    questionnaire = Questionnaire.model_validate(a_round.questionnaire).as_asked_in(a_round.year)
    return {
        question.id: (
            question.text,
            a_round.wording.get(question.id, ""),
            _scale_in_words(questionnaire.scale_of(question)),
        )
        for question in questionnaire.questions
    }


def _scale_in_words(scale: Scale) -> str:
    """The answers from the best one, and those that are not counted."""
    best, *others = (option.text for option in scale.best_first)
    outside = [option.text for option in scale.options if not option.in_base]
    return f"bedst {best}, derefter {', '.join(others)}" + "".join(
        f"; tæller ikke {text}" for text in outside
    )


def _letters(text: str) -> str:
    """Capitals, blanks and signs change no meaning."""
    return "".join(sign for sign in folded(text) if sign.isalnum())


def _proposal(name: str, differing: tuple[str, str], text: str, before: Round, after: Round) -> str:
    was, became = differing
    return (
        f"Spørgsmålet {name} er ikke det samme i {before.id} («{was}») og i {after.id} («{became}»). Kan "
        f"svarene ikke sammenlignes, så skriv i spørgeskemaet: [[series_breaks]] year = {after.year}, "
        f'question = "{name}", reason = "ny ordlyd eller skala", text_before = "{text}". Er meningen den '
        f'samme, så skriv i mappingfilen under [unchanged_wording]: {name} = "hvorfor".'
    )
