"""The titles of the overview. They count stored verdicts and claim nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from indicators.danish import listed, lower_first, percent, upper_first, whole_percent
from indicators.figure import QuestionRow, State, ThemeRow
from indicators.overview import Column, Overview, is_explained_by_mix, verdict_on
from indicators.profile import everyone_else_of, subject
from indicators.selection import Selection
from indicators.verdicts import Verdict
from views import headlines, readings
from views.headlines import CLEAR


def overview(selection: Selection, rows: Sequence[QuestionRow], themes: Sequence[ThemeRow]) -> str:
    """On how many themes, or else questions, the unit is clearly under or over everyone else."""
    about = subject(selection)
    if all(row.figure.state is not State.SHOWN for row in rows):
        return headlines.nothing(replace(selection, unit=about or selection.unit), rows)
    if about is None:
        return _highest_and_lowest(selection, themes)
    for judged, what in ((themes, _themes(len(themes))), (rows, f"{len(rows)} spørgsmål")):
        if found := _counted([verdict_on(row) for row in judged]):
            verdicts = f"{found} af {what}"
            return headlines.fitting(f"{about.name} er {verdicts}", verdicts.capitalize())
    if all(verdict_on(row) in (None, Verdict.TOO_FEW) for row in (*themes, *rows)):
        return f"{about.name}: {lower_first(Verdict.TOO_FEW)}"
    nothing = "skiller sig ikke klart ud på noget tema"
    return headlines.fitting(f"{about.name} {nothing}", "Intet tema skiller sig klart ud")


def themes(rows: Sequence[ThemeRow]) -> str:
    """Which themes the table shows to be clearly under or over everyone else."""
    verdicts = {verdict_on(row) for row in rows}
    if not verdicts & {*CLEAR, Verdict.ALIKE}:
        return Verdict.TOO_FEW.value
    found = [
        f"{lower_first(one)} på {_names([row for row in rows if verdict_on(row) is one])}"
        for one in CLEAR
        if one in verdicts
    ]
    return upper_first(" og ".join(found)) if found else "Intet tema er klart over eller klart under"


def groups(rows: Sequence[ThemeRow], columns: Sequence[Column]) -> str:
    """Which of the groups the table shows to be clearly under or over everyone outside, and on what."""
    found = []
    for column in columns:
        of_verdict = [(one, [row for row in rows if column.verdict(row.theme) is one]) for one in CLEAR]
        said = [f"{lower_first(one)} på {_names(those)}" for one, those in of_verdict if those]
        found += [f"{column.unit.name} er {listed(said)}"] if said else []
    return "; ".join(found) or "Ingen af regionerne skiller sig klart ud på noget tema"


def explained_by_mix(rows: Sequence[QuestionRow], themes: Sequence[ThemeRow]) -> Iterator[str]:
    """That the unit's educations explain clear differences, and which."""
    explained = [row for row in themes if is_explained_by_mix(row)]
    questions = sum(is_explained_by_mix(row) for row in rows)
    what = [_names(explained)] if explained else []
    what += [f"{questions} spørgsmål"] if questions else []
    if what:
        yield f"{upper_first(listed(what))}: {lower_first(readings.MIX_EXPLAINS)}"


def rule(report: Overview) -> str:
    """How the findings were chosen; nothing where there is neither anybody else nor a year before."""
    others = lower_first(everyone_else_of(report.selection).name)
    order = [f"klart under {others}", "klart over"] if subject(report.selection) else []
    order += [f"gået sikkert tilbage siden {report.earlier_year}"] if report.earlier_year else []
    chosen = ", så ".join(order)
    return f"Højst tre spørgsmål: {chosen}. Størst forskel ud over usikkerheden først." if order else ""


def nothing_to_talk_about(report: Overview) -> str:
    """That nothing stands out, which is the normal answer."""
    about = subject(report.selection)
    if about and not report.is_judged:
        return "Der er for få svar til at vurdere, om noget skiller sig ud."
    nothing = ["intet spørgsmål skiller sig klart ud"] if about else []
    nothing += [f"intet er gået sikkert tilbage siden {report.earlier_year}"] if report.earlier_year else []
    normal = "Det er det normale svar: de fleste forskelle kan skyldes, hvem der tilfældigvis svarede."
    return f"{upper_first(', og '.join(nothing))}. {normal}"


def _counted(verdicts: Sequence[Verdict | None]) -> str:
    found = [f"{lower_first(one)} på {verdicts.count(one)}" for one in CLEAR if one in verdicts]
    return " og ".join(found)


def _highest_and_lowest(selection: Selection, themes: Sequence[ThemeRow]) -> str:
    unit, scored = selection.unit.name, [row for row in themes if row.score.share is not None]
    if not scored:
        return f"{unit}: {lower_first(Verdict.TOO_FEW)}"
    low, high = (pick(scored, key=lambda row: row.score.share) for pick in (min, max))
    if whole_percent(low.score.share) == whole_percent(high.score.share):
        return f"{unit}: {percent(high.score.share)} på {_every(len(scored))}"
    most = f"øjest på {lower_first(high.theme.name)} ({percent(high.score.share)})"
    least = f"lavest på {lower_first(low.theme.name)} ({percent(low.score.share)})"
    return headlines.fitting(f"{unit}: h{most}, {least}", f"H{most}, {least}")


def _every(themes: int) -> str:
    return "det ene tema" if themes == 1 else f"alle {_themes(themes)}"


def _themes(count: int) -> str:
    return f"{count} tema{'' if count == 1 else 'er'}"


def _names(rows: Sequence[ThemeRow]) -> str:
    return listed([lower_first(row.theme.name) for row in rows])
