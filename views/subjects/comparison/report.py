"""One question, unit by unit, from the store under its title: who is apart, or how the chosen one stands."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlmodel import Session

from data_access.dashboard import queries
from data_access.dashboard.cells import EACH, GroupFigures, Which, group, groups
from data_access.dashboard.models import Release
from data_access.problems import SelectionProblem
from indicators.cells import Cell
from indicators.danish import listed, lower_first, percent, upper_first
from indicators.figure import Figure, State
from indicators.groups import kind_key
from indicators.judgement import Verdict
from indicators.judging import compared_within
from indicators.ranking import (
    EDUCATIONS,
    INSTITUTIONS,
    PLACES,
    Others,
    Ranking,
    RankingLine,
    by_name,
    is_of_members,
    others,
    part_of,
    visible_among,
)
from indicators.report import Asked
from indicators.selection import ALL, COMPARED_WITH_EVERYONE_ELSE, Option, Selection, Years, is_joined
from indicators.unit_kinds import UNIT_KINDS
from views.foundation import readings
from views.foundation.readings import CLEAR, LONGEST
from views.foundation.report_source import Source


def levels(session: Session, selection: Selection, release: Release | None = None) -> tuple[Option, ...]:
    """What the question can be compared over: the chosen unit's kind first, and last those not in force."""
    source = Source.of(session, selection, release)
    choices = queries.choices(session, source.release, selection.survey.key)
    shown = queries.parts_shown(session, source.rounds.now)
    first = {kind_key(unit.key): unit for unit in reversed(choices.units) if unit.key in shown.units}

    def after(level: Option) -> tuple[bool, bool]:
        return level.key != kind_key(selection.unit.key), any(source.outside_its_time(first[level.key]))

    places = sorted((level for level in PLACES if level.key in first), key=after)
    parts = [(EDUCATIONS, shown.educations), (INSTITUTIONS, shown.institutions)]
    return (*places, *(level for level, ones in parts if len(ones) > 1))


def ranking(session: Session, selection: Selection, level: Option, release: Release | None = None) -> Ranking:
    """Every one of the level beside everyone else, whatever the reader compares with."""
    selection = replace(selection, compared_with=COMPARED_WITH_EVERYONE_ELSE)
    source = Source.of(session, selection, release)
    asked = _asked(source)
    found = _found(source, level)
    own, lines = _own(source, level), by_name(_lines(source, level, found))
    common = _common(source, found)
    return Ranking(
        title=title(selection, asked, level, lines, own),
        selection=selection,
        origin=source.origin,
        response=source.group(selection.unit).response,
        notes=source.notes_on(level, [line.about for line in lines] if level in PLACES else ()),
        level=level,
        asked=asked,
        lines=lines,
        common=common,
        visible=visible_among(lines, common),
        own=own,
    )


def _asked(source: Source) -> Asked:
    chosen = source.selection
    if not any(one.id == chosen.question.key for one in source.questionnaire.questions):
        is_missing = "er ikke stillet ens i alle årene" if chosen.first_year else "blev ikke stillet i"
        raise SelectionProblem(
            f"«{chosen.question.name}» {is_missing} {chosen.years}. "
            "Vælg et andet spørgsmål eller et andet år."
        )
    return source.asked(chosen.question.key)


def _found(source: Source, level: Option) -> dict[Cell, GroupFigures]:
    chosen = source.selection
    parts = {"education": chosen.education.key, "institution": chosen.institution.key}
    if level in PLACES:
        parts["kind"] = level.key
    else:
        parts |= {"units": (chosen.unit.key,), part_of(level): EACH}
    which = Which(**parts, question=chosen.question.key)
    found = groups(source.session, source.rounds, which)
    if level == EDUCATIONS and not source.asked(chosen.question.key).question.common:
        return {cell: one for cell, one in found.items() if one.figures}  # the other ones were never asked
    return found


def _lines(source: Source, level: Option, found: dict[Cell, GroupFigures]) -> Iterator[RankingLine]:
    by_key = {getattr(cell, part_of(level)): one for cell, one in found.items()}
    named = {EDUCATIONS: queries.educations, INSTITUTIONS: queries.institutions}.get(level)
    names = named(source.session, by_key) if named else queries.units(source.session, level.key)
    for one in names:
        if one.key in by_key:
            yield RankingLine(one, by_key[one.key].figure(source.selection.question.key))


def _common(source: Source, found: dict[Cell, GroupFigures]) -> Figure | None:
    """The figure that all are held up against, if it is the same one."""
    totals = {compared_within(cell) for cell in found}
    if len(totals) != 1:
        return None
    total = totals.pop()
    where = total.unit, total.education, total.institution
    return group(source.session, source.rounds, *where).figure(source.selection.question.key)


def _own(source: Source, level: Option) -> tuple[Option, ...]:
    """The choice itself, the clusters, councils ... that the chosen unit counts in, or its members."""
    chosen = source.selection
    mine = getattr(chosen, part_of(level))
    if level not in PLACES:
        return () if mine.key == ALL else (mine,)
    about = source.session, mine.key, chosen.year
    itself = [] if is_joined(mine.key) else [mine]
    related = [*itself, *queries.groups_of(*about), *queries.members_of(*about)]
    return tuple(one for one in related if kind_key(one.key) == level.key)


def title(
    selection: Selection, asked: Asked, level: Option, lines: Sequence[RankingLine], own: Sequence[Option]
) -> str:
    """How the chosen one stands and how many are clearly apart; what has no room is left out."""
    mine = [line for line in lines if line.about in own]
    if level not in PLACES and is_joined(selection.unit.key):
        return upper_first(readings.ADDED_UP)
    short = f" på «{asked.question.short}»"
    within = f"{selection.unit.name}: " if level not in PLACES and selection.unit.key != ALL else ""
    if not mine:
        said = _all(level, lines, selection.years)
        found = within + (lower_first(said) if within else said)
        return _fitting(found + short, found, said)
    against = others(selection, level, asked.question.common)
    if len(mine) == 1:
        full, brief = _said_of_own(mine[0], against, selection)
    elif is_of_members(selection, level, own):
        full = brief = _members(selection, level, mine, against)
    else:
        full, brief = _groups(selection.unit, level, mine)
    wholes, count = (within + full, full, brief), _count(lines)
    counted = [whole + count for whole in wholes] if count else []
    return _fitting(*counted, within + full + short, *wholes)


def _fitting(*titles: str) -> str:
    """The first that is no longer than a line."""
    return next((one for one in titles if len(one) <= LONGEST), titles[-1])


def _said_of_own(line: RankingLine, against: Others, selection: Selection) -> tuple[str, str]:
    """What is said of the one, in full and in short."""
    name, said = line.about.name, _said(line)
    if line.figure.state is State.NO_ANSWERS:
        return f"{name} har ingen svar i {selection.years}", f"{name}: {said}"
    if line.figure.state is State.HIDDEN:
        return f"{name} er {said}", f"{name}: {said}"
    if against is Others.NOBODY:
        return f"{name}: {said}, og ingen andre har fået spørgsmålet", f"{name}: {said}"
    if not line.is_ranked:
        return f"{name} har {said}", f"{name}: {said}"
    verdict = lower_first(line.judgement.verdict)
    beside = " fra" if line.judgement.verdict is Verdict.ALIKE else ""
    by_mix = readings.of_counted([line.judgement])
    return f"{name} er {verdict}{beside} {against}{by_mix}", f"{name}: {said}"


def _members(selection: Selection, level: Option, mine: Sequence[RankingLine], against: Others) -> str:
    """How many of the group's members are clearly apart."""
    unit = selection.unit
    ranked, what = [line for line in mine if line.is_ranked], lower_first(level.name)
    if not ranked:
        return f"{unit.name}: ingen af {len(mine)} {what} kan vurderes"
    if len(ranked) == 1:
        only, _ = _said_of_own(ranked[0], against, selection)
        return f"{unit.name}: kun 1 af {len(mine)} {what} kan vurderes. {only}"
    verdicts = [line.verdict for line in mine]
    judged = readings.of_judged(verdicts, what)
    said = readings.counted(verdicts, CLEAR, judged, against) or f"ingen af {judged} skiller sig klart ud"
    return f"{unit.name}: {said}{_by_mix(mine)}"


def _groups(unit: Option, level: Option, mine: Sequence[RankingLine]) -> tuple[str, str]:
    """What is said of the several that the unit counts in."""
    counts = [f"{count} {said}" for said, count in Counter(map(_said, mine)).items()]
    many, clear = f"{len(mine)} {lower_first(level.name)}", Counter(_verdicts(mine))
    apart = [f"{clear[one]} {lower_first(one)}" for one in CLEAR if clear[one]]
    by_mix = _by_mix(mine)
    in_short = f"{many}: {f'{listed(apart)}{by_mix}' if apart else 'ingen klart over eller klart under'}"
    return f"{unit.name} er i {many}: {listed(counts)}", in_short


def _said(line: RankingLine) -> str:
    if line.figure.state is not State.SHOWN:
        return lower_first(line.figure.state)
    if line.judgement.verdict is None:
        return line.figure.status if line.figure.share is None else percent(line.figure.share)
    return lower_first(readings.in_words(line.judgement) if line.is_ranked else Verdict.TOO_FEW)


def _by_mix(lines: Sequence[RankingLine]) -> str:
    return readings.of_counted(line.judgement for line in lines if line.is_ranked)


def _verdicts(lines: Sequence[RankingLine]) -> list[Verdict]:
    return [line.verdict for line in lines if line.is_ranked]


def _count(lines: Sequence[RankingLine]) -> str:
    """How many of them all are clearly apart; nothing where there are not two to tell apart."""
    verdicts = _verdicts(lines)
    found = [f"{verdicts.count(one)}{{}} {lower_first(one)}" for one in CLEAR if one in verdicts]
    if len(verdicts) < 2:
        return ""
    if not found:
        return f"; ingen af {len(verdicts)} skiller sig klart ud"
    first, *rest = found
    counts = [first.format(f" af {len(verdicts)}"), *(one.format("") for one in rest)]
    return f"; i alt er {' og '.join(counts)}{_by_mix(lines)}"


def _all(level: Option, lines: Sequence[RankingLine], years: Years) -> str:
    ranked, what = [line for line in lines if line.is_ranked], lower_first(level.name)
    verdicts = _verdicts(lines)
    if not ranked and any(line.figure.state is State.SHOWN and not line.judgement.verdict for line in lines):
        return "Spørgsmålet er kun stillet til én uddannelse, så intet kan vurderes"
    if not ranked:
        return f"Ingen {what} kan vurderes i {years}"
    found = [(verdict, verdicts.count(verdict)) for verdict in CLEAR if verdict in verdicts]
    if not found:
        return _nothing(level, len(ranked), len(lines), years)
    if len(ranked) == 1:
        return f"Kun {ranked[0].about.name} kan vurderes og er {_said(ranked[0])}"
    (first, many), *more = found
    judged = readings.of_judged([line.verdict for line in lines], what)
    said = f"{many} af {judged} er {lower_first(first)}"
    also = "".join(f" og {count} {lower_first(verdict)}" for verdict, count in more)
    return f"{said}{also}{_by_mix(lines)}"


def _nothing(level: Option, judged: int, of: int, years: Years) -> str:
    """That nobody stands out, of those that there were answers enough to say it of."""
    what = lower_first(level.name)
    if judged == of == 1:
        return f"Der er intet at sammenligne i {years}: kun 1 kan vurderes"
    if judged == 1:
        return f"Kun 1 af {of} {what} kan vurderes i {years}"
    if judged < of:
        return f"Ingen af {judged} vurderede {what} skiller sig klart ud i {years}"
    if level in PLACES:
        return f"Ingen klare forskelle mellem {UNIT_KINDS[level.key].definite_plural} i {years}"
    return f"Ingen {what} skiller sig klart ud i {years}"
