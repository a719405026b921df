"""The titles of the overview. They count stored verdicts and claim nothing else."""

from collections.abc import Sequence
from dataclasses import replace

from indicators.danish import listed, lower_first, percent, upper_first, whole_percent
from indicators.figure import QuestionRow, State, ThemeRow
from indicators.judgement import Judgement, Verdict
from indicators.overview import Overview, UnitColumn, judgement_of, verdict_on
from indicators.profile import everyone_else_of, subject
from indicators.selection import Selection, is_joined
from views.foundation import readings
from views.foundation.readings import CLEAR

THEMES, QUESTIONS = ("tema", "temaer"), ("spørgsmål", "spørgsmål")


def title(selection: Selection, rows: Sequence[QuestionRow], themes: Sequence[ThemeRow]) -> str:
    """On how many themes, or else questions, the unit is clearly under or over everyone else."""
    about = subject(selection)
    if all(row.figure.state is not State.SHOWN for row in rows):
        return readings.nothing(replace(selection, unit=about or selection.unit), rows)
    if about is None or is_joined(selection.unit.key):
        return _highest_and_lowest(selection, themes)
    found = [(list(map(judgement_of, some)), *kind) for some, kind in ((themes, THEMES), (rows, QUESTIONS))]
    for judgements, one, many in found:
        if counted := _counted(judgements, one, many):
            return readings.fitting(f"{about.name} er {counted}", upper_first(counted))
    for judgements, one, many in found:
        said = _verdicts(judgements)
        if readings.judged(said):
            nothing = f"{about.name} skiller sig ikke klart ud på {_any(said, one, many)}"
            in_short = f"{upper_first(readings.none_judged(said, one))} skiller sig klart ud"
            return readings.fitting(nothing, in_short)
    return f"{about.name}: {readings.too_few(row.figure for row in rows)} til at vurdere"


def themes(rows: Sequence[ThemeRow]) -> str:
    """Which themes the table shows to be clearly under or over everyone else."""
    verdicts = {verdict_on(row) for row in rows}
    if not verdicts & {*CLEAR, Verdict.ALIKE}:
        return f"{upper_first(readings.too_few(row.score for row in rows))} til at vurdere"
    found = [
        f"{lower_first(one)} på {_names([row for row in rows if verdict_on(row) is one])}"
        for one in CLEAR
        if one in verdicts
    ]
    nothing = readings.none_judged([verdict_on(row) for row in rows], THEMES[0])
    if not found:
        return upper_first(f"{nothing} er klart over eller klart under")
    return upper_first(" og ".join(found)) + readings.of_counted(map(judgement_of, rows))


def groups(rows: Sequence[ThemeRow], columns: Sequence[UnitColumn]) -> str:
    """Which of the groups the table shows to be clearly under or over everyone outside, and on what."""
    found = []
    for column in columns:
        of_verdict = [(one, [row for row in rows if column.verdict(row.theme) is one]) for one in CLEAR]
        said = [f"{lower_first(one)} på {_names(those)}" for one, those in of_verdict if those]
        by_mix = readings.of_counted(column.judgement(row.theme) for row in rows)
        found += [f"{column.unit.name} er {listed(said)}{by_mix}"] if said else []
    return "; ".join(found) or "Ingen af regionerne skiller sig klart ud på noget tema"


def rule(report: Overview) -> str:
    """How the findings were chosen; nothing where there is neither anybody else nor a year before."""
    if is_joined(report.selection.unit.key):
        return ""
    others = lower_first(everyone_else_of(report.selection).name)
    order = [f"klart under {others}", "klart over"] if subject(report.selection) else []
    order += [f"gået sikkert tilbage siden {report.earlier_year}"] if report.earlier_year else []
    chosen = ", så ".join(order)
    return f"Højst tre spørgsmål: {chosen}. Størst forskel ud over usikkerheden først." if order else ""


def nothing_to_talk_about(report: Overview) -> str:
    """That nothing stands out, which is the normal answer."""
    about = subject(report.selection)
    if about and not report.is_judged:
        whose = readings.too_few(row.figure for row in report.rows)
        return f"Der er {whose} til at vurdere, om noget skiller sig ud."
    none = readings.none_judged([verdict_on(row) for row in report.rows], QUESTIONS[0])
    nothing = [f"{none} skiller sig klart ud"] if about else []
    nothing += [f"intet er gået sikkert tilbage siden {report.earlier_year}"] if report.earlier_year else []
    normal = "Det er det normale svar: de fleste forskelle kan skyldes, hvem der tilfældigvis svarede."
    return f"{upper_first(', og '.join(nothing))}. {normal}"


def _verdicts(judgements: Sequence[Judgement | None]) -> list[Verdict | None]:
    return [judgement and judgement.verdict for judgement in judgements]


def _counted(judgements: Sequence[Judgement | None], one: str, many: str) -> str:
    said, by_mix = _verdicts(judgements), readings.of_counted(judgements)
    clear = [verdict for verdict in CLEAR if verdict in said]
    if clear and readings.judged(said) == 1 < len(said):
        return f"{lower_first(clear[0])} på {_any(said, one, many)}{by_mix}"
    counts = " og ".join(f"{lower_first(verdict)} på {said.count(verdict)}" for verdict in clear)
    return counts and f"{counts} af {readings.of_judged(said, many)}{by_mix}"


def _any(said: Sequence[Verdict | None], one: str, many: str) -> str:
    """Any theme, or those that there is a verdict on."""
    count = readings.judged(said)
    if count == len(said):
        return f"noget {one}"
    return f"det ene vurderede {one}" if count == 1 else f"de {count} vurderede {many}"


def _highest_and_lowest(selection: Selection, themes: Sequence[ThemeRow]) -> str:
    unit, scored = selection.unit.name, [row for row in themes if row.score.share is not None]
    if not scored:
        return f"{unit}: {lower_first(Verdict.TOO_FEW)}"
    low, high = (pick(row.score.share for row in scored) for pick in (min, max))
    if whole_percent(low) == whole_percent(high):
        every = "det ene tema" if len(scored) == 1 else f"alle {len(scored)} temaer"
        return f"{unit}: {percent(high)} på {every}"
    said = f"højest på {_at(high, scored)}, lavest på {_at(low, scored)}"
    return readings.fitting(f"{unit}: {said}", upper_first(said))


def _at(share: float, themes: Sequence[ThemeRow]) -> str:
    """Every theme that shows this share: of two that look alike neither is said to be the highest."""
    there = [row for row in themes if whole_percent(row.score.share) == whole_percent(share)]
    return f"{_names(there) if len(there) < 3 else f'{len(there)} temaer'} ({percent(share)})"


def _names(rows: Sequence[ThemeRow]) -> str:
    return listed([lower_first(row.theme.name) for row in rows])
