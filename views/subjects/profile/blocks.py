"""The page Min enhed. What it prints to one A4 is what it shows; the theme leaves the controls out."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from data_access.dashboard.queries import Choices
from indicators.danish import listed, lower_first, number, percent, upper_first
from indicators.figure import QuestionRow, State
from indicators.groups import KINDS, MUNICIPALITY_KIND, kind_key
from indicators.overview import verdict_on
from indicators.profile import Profile, everyone_else_of, theme_of_parts
from indicators.selection import ALL, Option
from views.documents.excel_charts import bars
from views.foundation import blocks, filter_bar, headlines, judged, places, readings
from views.foundation.literal import literal
from views.subjects.profile import markup, table, words

SHEET, PARTS_SHEET, PAIRS_SHEET = "Min enhed", "Fordelt", "Side om side"
YEARS = (
    "Den lille linje er temaets år. Alle linjerne har samme skala, men hver sin midte: hvor stejl den er, "
    "kan sammenlignes med de andre, hvor højt den ligger, kan ikke."
)
PRINTING = "Siden er lavet til ét A4-ark. Ctrl + P gør det samme."


def ask(choices: Choices) -> None:
    """Which unit the page should be about."""
    st.title("Vælg jeres enhed", anchor=False)
    st.markdown(
        "Vælg her, eller søg i feltet «Enhed» ovenfor. Valget står i adressen: gem siden som bogmærke, "
        "så åbner den på jeres egen enhed næste gang, og send linket til dem, der skal se det samme."
    )
    kinds: dict[str, list[Option]] = {}
    for unit in choices.units:
        kinds.setdefault(kind_key(unit.key), []).append(unit)
    for kind, units in kinds.items():
        if kind != ALL:
            _offer(KINDS[kind], units, filter_bar.UNIT)
    _offer("Uddannelse", choices.educations, filter_bar.EDUCATION)


def _offer(kind: str, options: Sequence[Option], chooses: str) -> None:
    unfolded = kind == KINDS[MUNICIPALITY_KIND]
    unfolding = st.expander(f"{kind} ({len(options)})", expanded=unfolded)
    with unfolding, st.container(key=f"valg {kind}", gap=None):
        for one in options:
            filter_bar.link(one.name, "", f"vælg {one.key}", **{chooses: one.key})


def heading(report: Profile) -> None:
    """The headline, with a button that prints the page."""
    with st.container(horizontal=True, key="enhedens hoved"):
        with st.container():
            blocks.heading(report)
        # What it does is in views/chrome/da.js: the page's safety rules let no script into the page itself.
        st.button("Udskriv", key="udskriv", icon=":material/print:", help=PRINTING)


def response(report: Profile) -> None:
    """How many answered, this year and the year before."""
    with st.container(horizontal=True, vertical_alignment="center", key="enhedens svar"):
        blocks.response(report)
        if report.earlier:
            st.markdown(f"I {report.earlier_year}: {lower_first(readings.answered(report.earlier))}.")


def themes(report: Profile) -> None:
    """The themes beside everyone else; where all is hidden, the larger groups that are not."""
    if blocks.nothing_shown(report.states):
        _offer_larger(report.larger)
        return
    st.header("Temaerne", anchor=False)
    st.markdown(literal(words.about_themes(report)))
    blocks.html(markup.themes, report, says=words.about_themes(report))
    blocks.to_answers(line.row.theme for line in report.themes)
    blocks.under(report, partial(table.themes, report), SHEET, _reading(report), excel_chart=bars.shares)


def _reading(report: Profile) -> str:
    parts = (
        readings.THEME,
        readings.OTHERS if report.selection.unit.key != ALL else readings.OTHER_EDUCATIONS,
        readings.EXPECTED if report.has_expected else "",
        YEARS if report.earlier else "",
        *dict.fromkeys(readings.VERDICTS[line.verdict] for line in report.themes if line.verdict),
        readings.HIGH_IS_BAD if any(row.question.high_is_bad for row in report.rows) else "",
    )
    return "\n\n".join(part for part in parts if part)


def _offer_larger(larger: Sequence[Option]) -> None:
    if not larger:
        return
    st.markdown("Der er tal for de større enheder, som den hører til:")
    with st.container(horizontal=True, key="større enheder"):
        for one in larger:
            filter_bar.link(one.name, "", f"større {one.key}", **{filter_bar.UNIT: one.key})


def standing_out(report: Profile) -> None:
    """Up to three questions clearly over everyone else, and up to three clearly under."""
    if State.SHOWN not in report.states:
        return
    others = lower_first(everyone_else_of(report.selection).name)
    with st.container(key="punkter"):
        strengths, attention = st.columns(2, gap="large")
    with strengths:
        st.header("Styrker", anchor=False)
        _points(report, report.strengths, f"over {others}")
    with attention:
        st.header("Opmærksomhedspunkter", anchor=False)
        _points(report, report.attention, f"under {others}")


def _points(report: Profile, rows: Sequence[QuestionRow], side: str) -> None:
    st.markdown(literal(f"Klart {side}, de sikreste forskelle først." if rows else _nothing(report, side)))
    for row in rows:
        with st.container(gap=None):
            about = {filter_bar.THEME: row.theme.id, filter_bar.QUESTION: row.question.id}
            keys = about | {filter_bar.TAB: places.COMPARED}
            filter_bar.link(row.question.short, places.RESULTS, f"til {row.question.id}", **keys)
            st.markdown(_finding(row))


def _nothing(report: Profile, side: str) -> str:
    """That no question is there, of those that there were answers enough to say it of."""
    verdicts = [verdict_on(row) for row in report.rows]
    if not headlines.judged(verdicts):
        whose = headlines.too_few(row.figure for row in report.rows)
        return f"Der er {whose} til at vurdere, om noget ligger klart {side}."
    return f"{upper_first(headlines.none_judged(verdicts, 'spørgsmål'))} ligger klart {side}."


def _finding(row: QuestionRow) -> str:
    shares = f"{percent(row.figure.share)} mod {percent(row.benchmark.share)}"
    by_mix = f" · {judged.BY_MIX}" if judged.star(row.figure.judgement) else ""
    apart = readings.difference(row.figure.share, row.benchmark.share)
    return f"{shares} ({apart}) · {number(row.figure.n)} svar{by_mix}"


def closer(report: Profile) -> None:
    """Beside each other: the unit's parts, and both groups of respondents."""
    drawn = [_parts] if report.parts and State.SHOWN in report.states else []
    if report.pairs:
        drawn.append(_pairs)
    for column, draw in zip(st.columns(len(drawn) or 1, gap="large"), drawn, strict=False):
        with column:
            draw(report)


def _parts(report: Profile) -> None:
    st.header(f"Fordelt på {markup.parts_are_called(report).lower()}", anchor=False)
    chosen = filter_bar.chosen_with_theme().theme
    theme = theme_of_parts(report, chosen)
    why = "" if theme.id == chosen.key else " (intet tema er valgt)"
    st.markdown(f"{literal(theme.name)}{why}: andel {literal(headlines.share_label(report.rows))}.")
    names: dict[State, list[str]] = {}
    for part in report.parts:
        names.setdefault(part.scores[theme.id].state, []).append(part.about.name)
    if names.pop(State.SHOWN, []):
        blocks.html(markup.parts, report, theme.id, says=words.about_parts(report, theme))
    for state, of_parts in names.items():
        st.markdown(f"{state}: {literal(listed(of_parts))}.")
    about = words.title_of_parts(report, theme)
    of_parts = partial(table.parts, report, theme)
    blocks.under(report, of_parts, PARTS_SHEET, title=about, excel_chart=bars.shares)


def _pairs(report: Profile) -> None:
    first, second = (side.respondents for side in report.pairs[0].sides)
    st.header(f"{first.capitalize()} og {second} om det samme", anchor=False)
    blocks.html(markup.pairs, report, says=readings.TWO_GROUPS)
    st.markdown(readings.TWO_GROUPS)
    title = words.title_of_pairs(report)
    blocks.under(report, partial(table.pairs, report), PAIRS_SHEET, title=title, excel_chart=bars.shares)
