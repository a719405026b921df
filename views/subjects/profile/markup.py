"""The page's tables as HTML: a dataframe prints only what is on the screen. Every text is escaped here."""

from html import escape

from indicators.danish import lower_first, number, percent, signed_points
from indicators.figure import Score, State, ThemeRow
from indicators.judgement import Change
from indicators.profile import Profile, Side, SideBySide, ThemeLine, everyone_else_of, subject
from indicators.questionnaire import Theme
from indicators.selection import is_joined
from views.foundation import marks, readings
from views.foundation.marks import TRIANGLES
from views.foundation.tables import NUMBERS, Column, table
from views.subjects.trend.chart import reach, spark

FEW = "få svar"
NO_NUMBER = {State.HIDDEN: "skjult", State.NO_ANSWERS: "ingen svar"}
"""In a cell that has no room for more."""


def themes(report: Profile) -> str:
    """A theme a row: own share beside everyone else's and the expected one, the verdict and the years."""
    lines, chosen = report.themes, report.selection
    columns = [
        Column("Tema", [escape(line.row.theme.name) for line in lines]),
        Column("Egen", [f"<b>{_share(line.row.score)}</b>" for line in lines], NUMBERS),
        Column(everyone_else_of(chosen).name, [_benchmark(line.row) for line in lines], NUMBERS),
        Column("Forskel, procentpoint", [_difference(line.row.score) for line in lines], NUMBERS),
        Column("Vurdering", [readings.as_html(line.row.score.judgement) for line in lines]),
    ]
    if report.is_compared_with_a_unit:
        beside = [_share(line.beside) for line in lines]
        columns.insert(3, Column(chosen.compared_with.name, beside, NUMBERS))
    if report.has_expected:
        columns.insert(-1, Column("Forventet", [_expected(line.row.score) for line in lines]))
    if report.earlier:
        widest = max(reach(line.years) for line in lines)
        columns.append(Column("Udvikling", [_years(line, widest) for line in lines]))
    return table([column for column in columns if any(column.cells)])


def parts(report: Profile, theme_id: str) -> str:
    """A shown education or institution a row, the largest first, with the verdict on an education."""
    shown = [part for part in report.parts if part.scores[theme_id].state is State.SHOWN]
    shown.sort(key=lambda part: part.scores[theme_id].most, reverse=True)
    scores = [part.scores[theme_id] for part in shown]
    columns = [
        Column(parts_are_called(report), [escape(part.about.name) for part in shown]),
        Column("Svar", [answers(score) for score in scores], NUMBERS),
        Column("Andel", [f"<b>{_share(score)}</b>" for score in scores], NUMBERS),
    ]
    if report.is_by_education and not is_joined(report.selection.unit.key):
        said = [(score.detailed and readings.as_html(score.judgement)) or FEW for score in scores]
        columns.append(Column("Vurdering", said))
    return table(columns)


def parts_are_called(report: Profile) -> str:
    """What one of the parts is."""
    return "Uddannelse" if report.is_by_education else "Uddannelsessted"


def members(report: Profile) -> str:
    """A member with any number a row: answers, and its share of each theme with the sign of its verdict."""
    shown = [member for member in report.members if member.is_shown]
    columns = [
        Column("Medlem", [escape(member.about.name) for member in shown]),
        Column("Svar", [number(member.response.answers) for member in shown], NUMBERS),
    ]
    for line in report.themes:
        theme = line.row.theme
        cells = [_of_member(member.scores[theme.id]) for member in shown]
        columns.append(Column(theme.name, cells, NUMBERS))
    return table(columns)


def _of_member(score: Score) -> str:
    if score.share is None:
        return f"<small>{NO_NUMBER[score.state]}</small>"
    verdict = score.judgement and score.judgement.verdict
    return f"<b>{percent(score.share)}</b>{TRIANGLES.get(verdict, '')}{readings.star(score.judgement)}"


def pairs(report: Profile) -> str:
    """A matched pair is three rows: what it is about with the gap, then what each side answered."""
    rows = [row for pair in report.pairs for row in (_about(pair), *map(_side, pair.sides))]
    about, shares, answered = zip(*rows, strict=True)
    return table(
        [Column("Om det samme", about), Column("Andel", shares, NUMBERS), Column("Svar", answered, NUMBERS)]
    )


def _about(pair: SideBySide) -> tuple[str, str, str]:
    found, gap = escape(pair.name), pair.gap
    if gap:
        found += f": {readings.difference(*(side.figure.share for side in pair.sides))}"
    between = f"({signed_points(gap.low)} til {signed_points(gap.high)})" if gap else _why_no_gap(pair)
    return f'<span class="par"><b>{found}</b> <small>{between}</small></span>', "", ""


def _why_no_gap(pair: SideBySide) -> str:
    """Where one side is hidden, its own row says so."""
    return f"({FEW})" if all(side.figure.state is State.SHOWN for side in pair.sides) else ""


def _side(side: Side) -> tuple[str, str, str]:
    asked = f"{side.respondents.capitalize()}: {lower_first(side.question.short)}"
    figure = side.figure
    share = f"<small>{figure.status}</small>" if figure.share is None else f"<b>{percent(figure.share)}</b>"
    return escape(asked), share, "" if figure.n is None else number(figure.n)


def answers(score: Score) -> str:
    """How many answered the questions of the theme: "83–85" where they differ."""
    if score.fewest == score.most:
        return number(score.most)
    return f"{number(score.fewest)}\N{EN DASH}{number(score.most)}"


def _share(score: Score) -> str:
    return percent(score.share) if score.share is not None else f"<small>{score.state}</small>"


def _benchmark(row: ThemeRow) -> str:
    """Nothing where the unit's own is hidden: that says it already."""
    return "" if row.score.share is None else _share(row.benchmark)


def _difference(score: Score) -> str:
    known = score.judgement and score.judgement.difference is not None
    return signed_points(score.judgement.difference) if known else ""


def _expected(score: Score) -> str:
    expected = score.judgement and score.judgement.expected
    return "" if expected is None else f"{marks.bar(score.share, expected)} {percent(expected)}"


def _years(line: ThemeLine, widest: float) -> str:
    told = ", ".join(f"{year}: {percent(share)}" for year, share in line.years if share is not None)
    changed = line.change.change if line.change else Change.SERIES_BREAK if line.is_broken else ""
    return f"{marks.picture(spark(line.years, line.breaks, widest), told)}<small>{changed.lower()}</small>"


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


def about_members(report: Profile) -> str:
    """What is measured, and what the signs are."""
    share = readings.share_label(report.rows)
    judgements = [score.judgement for member in report.members for score in member.scores.values()]
    explained = f" {readings.STAR} {readings.MIX_EXPLAINS}" if any(map(readings.star, judgements)) else ""
    return (
        f"Andel {share}, i gennemsnit over temaets spørgsmål. Trekanten er medlemmets egen vurdering mod "
        f"alle andre: op er klart over, ned er klart under.{explained}"
    )


def title_of_members(report: Profile) -> str:
    """How many of the group's members there is anything to show of."""
    shown = sum(member.is_shown for member in report.members)
    return f"{_who(report)}: {shown} af {len(report.members)} medlemmer har tal"


def about_pairs(report: Profile) -> str:
    """What a gap is, and what its parenthesis says where there is one."""
    has_gap = any(pair.gap for pair in report.pairs)
    return f"{readings.TWO_GROUPS} {readings.UNCERTAIN_GAP}" if has_gap else readings.TWO_GROUPS


def title_of_pairs(report: Profile) -> str:
    """Of two groups of respondents."""
    first, second = (side.respondents for side in report.pairs[0].sides)
    return f"{_who(report)}: {first} og {second} om det samme"


def _who(report: Profile) -> str:
    return (subject(report.selection) or report.selection.unit).name
