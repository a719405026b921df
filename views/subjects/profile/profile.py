"""The page Min enhed. What it prints to one A4 is what it shows; the theme leaves the controls out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from typing import ClassVar

import streamlit as st

from data_access.dashboard.queries import Choices
from indicators.danish import listed, lower_first, number, percent, upper_first
from indicators.figure import QuestionRow, State
from indicators.groups import kind_key, kind_of
from indicators.overview import verdict_on
from indicators.profile import Profile, everyone_else_of, subject, theme_of_parts
from indicators.questionnaire import Theme
from indicators.selection import ALL, ALL_THEMES, Option, Selection, is_joined
from indicators.unit_kinds import MUNICIPALITY
from views.documents.excel_charts import bars
from views.documents.files import page_figures
from views.documents.sections import Picture, Section, of_report
from views.foundation import blocks, controls, figures, filter_bar, page_parts, places, readings
from views.foundation.controls import Control
from views.foundation.page_parts import literal
from views.partnership.board import linked_initiatives
from views.subjects.overview.overview import difference, is_clear
from views.subjects.profile import markup, report, table
from views.subjects.view import NOT_CHOSEN, View, choice
from views.subjects.wall import Wall, empty, left_out, those_that_stand_out

PARTS_SHEET = "Fordelt"
PAIRS_SHEET = "Side om side"
MEMBERS_SHEET = "Medlemmer"
NO_UNIT = "Visningen er ikke om nogen enhed. Vælg en enhed i linjen ovenfor."
YEARS = (
    "Den lille linje er temaets år. Alle linjerne har samme skala, men hver sin midte: hvor stejl den er, "
    "kan sammenlignes med de andre, hvor højt den ligger, kan ikke."
)
PRINTING = "Siden er lavet til ét A4-ark. Ctrl + P gør det samme."


def _themes_of_parts(view: "UnitProfile") -> Sequence[Option]:
    """The unit's parts are compared by one theme."""
    profile = view.report()
    if profile is None or not profile.parts or State.SHOWN not in profile.states:
        return ()
    return (ALL_THEMES, *figures.choices(view.selection.survey.key).themes)


@dataclass(frozen=True)
class UnitProfile(View):
    """One unit, or one education of all units, on one page."""

    place = places.UNIT
    sheet: ClassVar[str] = "Min enhed"

    theme: Option = choice(Control(controls.THEME, "Tema", width=260), _themes_of_parts)

    def report(self) -> Profile | None:
        """None where neither a unit nor an education is chosen."""
        return None if subject(self.selection) is None else figures.report(report.profile, self.selection)

    def sections(self) -> Sequence[Section]:
        """The themes, the unit's parts, and what both groups of respondents say of the same."""
        profile = self.report()
        return () if profile is None else tuple(sections(profile, self.theme))

    @classmethod
    def page(cls, selection: Selection) -> None:
        """One page that prints to one A4."""
        profile = cls(selection).report()
        if profile is None:
            _ask(figures.choices(selection.survey.key))
            return
        with st.container(horizontal=True, key="enhedens hoved"):
            with st.container():
                blocks.heading(profile)
            # What it does is in views/chrome/da.js: the page's safety rules let no script into the page.
            st.button("Udskriv", key="udskriv", icon=":material/print:", help=PRINTING)
        with st.container(horizontal=True, vertical_alignment="center", key="enhedens svar"):
            blocks.response(profile)
            if profile.earlier:
                answered = lower_first(readings.answered(profile.earlier))
                st.markdown(f"I {profile.earlier_year}: {answered}.")
        _themes(profile)
        _standing_out(profile)
        _closer(profile)
        if profile.members:
            with st.container(key="enhedens-medlemmer"):  # on the screen: on paper all is one sheet
                _members(profile)

    def wall(self) -> Wall:
        """The themes that stand out most."""
        profile = self.report()
        if profile is None:
            return Wall("Min enhed", html=f'<p class="stor">{escape(NO_UNIT)}</p>')
        if State.SHOWN not in profile.states:
            return empty(profile, profile.states)
        rows = those_that_stand_out(
            profile.themes, lambda line: is_clear(line.row), lambda line: difference(line.row)
        )
        few = replace(profile, themes=tuple(rows))
        return Wall(
            profile.title,
            about=f"Andel {readings.share_label(profile.rows)}, i gennemsnit over temaets spørgsmål.",
            html=markup.themes(few),
            frame=table.themes(few).drop(columns=["Færrest svar", "Flest svar"]),
            left_out=left_out(len(rows), len(profile.themes), "temaer", places.NAMES[self.place]),
            report=profile,
        )


def sections(profile: Profile, theme: Option = NOT_CHOSEN) -> Iterator[Section]:
    """The themes; the parts by one theme; the pairs. Each only where there is something of it."""
    is_shown = State.SHOWN in profile.states
    says = markup.about_themes(profile)
    picture = Picture(markup.themes, profile, is_html=True, says=says)
    table_of = partial(table.themes, profile)
    yield of_report(
        profile,
        UnitProfile.sheet,
        table_of,
        [picture] if is_shown else [],
        reading=_reading(profile),
        excel_chart=bars.shares,
    )
    if profile.parts:
        yield parts_section(profile, theme_of_parts(profile, theme))
    if profile.pairs:
        yield pairs_section(profile)
    if profile.members:
        yield members_section(profile)


def parts_section(profile: Profile, theme: Theme) -> Section:
    """The educations or institutions of the unit on one theme."""
    is_shown = any(part.scores[theme.id].state is State.SHOWN for part in profile.parts)
    says = markup.about_parts(profile, theme)
    picture = Picture(markup.parts, profile, (theme.id,), is_html=True, says=says)
    table_of, title = partial(table.parts, profile, theme), markup.title_of_parts(profile, theme)
    pictures = [picture] if is_shown else []
    return of_report(profile, PARTS_SHEET, table_of, pictures, title=title, excel_chart=bars.shares)


def pairs_section(profile: Profile) -> Section:
    """What both groups of respondents say of the same."""
    picture = Picture(markup.pairs, profile, is_html=True, says=markup.about_pairs(profile))
    table_of, title = partial(table.pairs, profile), markup.title_of_pairs(profile)
    return of_report(profile, PAIRS_SHEET, table_of, [picture], title=title, excel_chart=bars.shares)


def members_section(profile: Profile) -> Section:
    """The places of a group on every theme."""
    is_shown = any(member.is_shown for member in profile.members)
    picture = Picture(markup.members, profile, is_html=True, says=markup.about_members(profile))
    table_of, title = partial(table.members, profile), markup.title_of_members(profile)
    return of_report(profile, MEMBERS_SHEET, table_of, [picture] if is_shown else [], title=title)


def _ask(choices: Choices) -> None:
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
            _offer(kind_of(kind), units, controls.UNIT)
    _offer("Uddannelse", choices.educations, controls.EDUCATION)


def _offer(kind: str, options: Sequence[Option], chooses: str) -> None:
    unfolded = kind == MUNICIPALITY.singular
    unfolding = st.expander(f"{kind} ({len(options)})", expanded=unfolded)
    with unfolding, st.container(key=f"valg {kind}", gap=None):
        for one in options:
            filter_bar.link(one.name, "", f"vælg {one.key}", **{chooses: one.key})


def _themes(profile: Profile) -> None:
    """The themes beside everyone else; where all is hidden, the larger groups that are not."""
    if blocks.nothing_shown(profile.states):
        _offer_larger(profile.larger)
        return
    figure = next(sections(profile))
    st.header("Temaerne", anchor=False)
    st.markdown(literal(markup.about_themes(profile)))
    page_figures.pictures(figure)
    blocks.to_answers(line.row.theme for line in profile.themes)
    page_figures.under(figure)


def _reading(report: Profile) -> str:
    parts = (
        readings.THEME,
        readings.who_others_are(report.selection),
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
            filter_bar.link(one.name, "", f"større {one.key}", **{controls.UNIT: one.key})


def _standing_out(profile: Profile) -> None:
    """Up to three questions clearly over everyone else, and up to three clearly under."""
    if State.SHOWN not in profile.states:
        return
    others = lower_first(everyone_else_of(profile.selection).name)
    with st.container(key="punkter"):
        strengths, attention = st.columns(2, gap="large")
    with strengths:
        st.header("Styrker", anchor=False)
        _points(profile, profile.strengths, f"over {others}")
    with attention:
        st.header("Opmærksomhedspunkter", anchor=False)
        _points(profile, profile.attention, f"under {others}")


def _points(report: Profile, rows: Sequence[QuestionRow], side: str) -> None:
    st.markdown(literal(f"Klart {side}, de sikreste forskelle først." if rows else _nothing(report, side)))
    for row in rows:
        with st.container(gap=None):
            about = {controls.THEME: row.theme.id, controls.QUESTION: row.question.id}
            keys = about | {controls.TAB: places.COMPARED}
            filter_bar.link(row.question.short, places.RESULTS, f"til {row.question.id}", **keys)
            st.markdown(_finding(row))


def _nothing(report: Profile, side: str) -> str:
    """That no question is there, of those that there were answers enough to say it of."""
    verdicts = [verdict_on(row) for row in report.rows]
    if is_joined(report.selection.unit.key):
        return f"{upper_first(readings.ADDED_UP)}."
    if not readings.judged(verdicts):
        whose = readings.too_few(row.figure for row in report.rows)
        return f"Der er {whose} til at vurdere, om noget ligger klart {side}."
    return f"{upper_first(readings.none_judged(verdicts, 'spørgsmål'))} ligger klart {side}."


def _finding(row: QuestionRow) -> str:
    shares = f"{percent(row.figure.share)} mod {percent(row.benchmark.share)}"
    by_mix = f" · {readings.BY_MIX}" if readings.star(row.figure.judgement) else ""
    apart = readings.difference(row.figure.share, row.benchmark.share)
    return f"{shares} ({apart}) · {number(row.figure.n)} svar{by_mix}"


def _closer(profile: Profile) -> None:
    """Beside each other: the unit's parts, and both groups of respondents."""
    drawn = [_parts] if profile.parts and State.SHOWN in profile.states else []
    if profile.pairs:
        drawn.append(_pairs)
    for column, draw in zip(st.columns(len(drawn) or 1, gap="large"), drawn, strict=False):
        with column:
            draw(profile)


def _parts(profile: Profile) -> None:
    st.header(f"Fordelt på {markup.parts_are_called(profile).lower()}", anchor=False)
    chosen = UnitProfile.chosen(profile.selection, filter_bar.boxes()).theme
    theme = theme_of_parts(profile, chosen)
    why = "" if theme.id == chosen.key else " (intet tema er valgt)"
    st.markdown(f"{literal(theme.name)}{why}: andel {literal(readings.share_label(profile.rows))}.")
    figure = parts_section(profile, theme)
    page_figures.pictures(figure)
    names: dict[State, list[str]] = {}
    for part in profile.parts:
        names.setdefault(part.scores[theme.id].state, []).append(part.about.name)
    for state, without_number in names.items():
        if state is not State.SHOWN:
            st.markdown(f"{state}: {literal(listed(without_number))}.")
    page_figures.under(figure)


def _pairs(profile: Profile) -> None:
    first, second = (side.respondents for side in profile.pairs[0].sides)
    st.header(f"{first.capitalize()} og {second} om det samme", anchor=False)
    figure = pairs_section(profile)
    page_figures.pictures(figure)
    st.markdown(markup.about_pairs(profile))
    page_figures.under(figure)


def _members(profile: Profile) -> None:
    """The places of a group, each with its figures, its own page, and what is done there."""
    st.header("Medlemmer", anchor=False)
    figure = members_section(profile)
    if figure.pictures:
        st.markdown(markup.about_members(profile))
        page_figures.pictures(figure)
    if without := [member.about.name for member in profile.members if not member.is_shown]:
        st.markdown(literal(f"Uden tal for temaerne: {listed(without)}."))
    page_figures.under(figure)
    page_parts.expander("Åbn et medlem", "ind i medlemmer", partial(_to_members, profile))


def _to_members(profile: Profile) -> None:
    with st.container(key="valg medlemmer", gap=None):
        for member in profile.members:
            done = linked_initiatives.counted_in(member.about)
            key = f"medlem {member.about.key}"
            filter_bar.link(f"{member.about.name} ({done})", "", key, **{controls.UNIT: member.about.key})
