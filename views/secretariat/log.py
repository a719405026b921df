"""The log: who did what when, in pages, narrowed down, and as a workbook."""

from collections.abc import Sequence
from functools import partial
from html import escape
from textwrap import shorten

import streamlit as st

from data_access.dashboard.partnership_tables.changes import NO_RECORD, Action
from data_access.partnerships.records import change_log
from data_access.partnerships.records.change_log import KIND_WORDS, LINES_A_PAGE, LogFilter, RecordChange
from indicators.danish import alphabetical, clock, day, local_day, number, upper_first
from indicators.selection import ALL, Option
from views.documents.files.listings import workbook_of
from views.documents.files.page_figures import XLSX, download
from views.foundation import filter_bar, tables
from views.foundation.figures import query, today
from views.foundation.page_parts import literal
from views.partnership import markup
from views.partnership.records.forms import DAY

ACTION, KIND, WRITER = "handling", "slags", "af"
MOST_SIGNS = 160
"""Of a field's change on the page; the workbook has all of it."""
STYLE = """<style>@media screen and (min-width: 641px) {
  .log .tal th:first-child { min-width: 160px; }
  .log .tal td:last-child { width: 40%; }
}</style>"""
ABOUT_THE_CHAIN = (
    "Der kan kun føjes til loggen, og hver linje er kædet til linjen før. Den, der driver systemet, efterser "
    "kæden med «python manage.py check»."
)


def tab() -> None:
    """The lines that are wanted, the newest first."""
    markup.style()
    wanted = _wanted()
    count = query(change_log.count_lines, wanted)
    st.title(f"Loggen: {number(count)} {'linje' if count == 1 else 'linjer'}", anchor=False)
    st.caption(literal(f"{wanted.describe()}. {ABOUT_THE_CHAIN}"))
    if not count:
        st.info("Ingen linjer passer til valget.")
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="logside"):
        page = _page(wanted, count)
        download("Hent log", partial(_workbook, wanted), f"log-{today().isoformat()}.xlsx", XLSX)
    st.html(
        f'{STYLE}<div class="log">{tables.table(_columns(query(change_log.log_lines, wanted, page)))}</div>'
    )


def _wanted() -> LogFilter:
    with st.container(horizontal=True, vertical_alignment="bottom", key="indsatsfiltre log"):
        first = st.date_input("Fra", None, format=DAY, key="log fra")
        last = st.date_input("Til og med", None, format=DAY, key="log til")
        action = _box("Handling", ACTION, "Alle handlinger", [(one.value, one.value) for one in Action])
        kind = _box("Om", KIND, "Alt", list(KIND_WORDS.items()))
        who = _box("Hvem", WRITER, "Alle", [(who, who) for who in query(change_log.writers)])
    return LogFilter(first, last, action, kind, who)


def _box(label: str, key: str, everything: str, words: Sequence[tuple[str, str]]) -> str:
    """What is chosen, nothing for everything."""
    options = [Option(value, upper_first(word)) for value, word in words]
    options.sort(key=lambda option: alphabetical(option.name))
    chosen = filter_bar.select(label, key, (Option(ALL, everything), *options))
    return "" if chosen.key == ALL else chosen.key


def _page(wanted: LogFilter, count: int) -> int:
    """Which page; of other lines it begins with the first one again."""
    pages = -(-count // LINES_A_PAGE)
    if pages == 1:
        return 1
    return st.number_input(
        f"Side (af {number(pages)})", 1, pages, key=f"logside {wanted.describe()}", width=160
    )


def _workbook(wanted: LogFilter) -> bytes:
    return workbook_of(query(change_log.log_listing, wanted))


def _columns(lines: Sequence[RecordChange]) -> tuple[tables.Column, ...]:
    return (
        tables.Column(
            "Hvornår", [f"{day(local_day(line.at))}<small>kl. {clock(line.at)}</small>" for line in lines]
        ),
        tables.Column("Hvem", [escape(_who(line)) for line in lines]),
        tables.Column("Handling", [escape(line.action) for line in lines]),
        tables.Column("Hvad", [escape(_what(line)) for line in lines]),
        tables.Column("Ændringer", [_changes(line) for line in lines]),
    )


def _who(line: RecordChange) -> str:
    return line.who if line.account_id is None else f"{line.who} (konto {line.account_id})"


def _what(line: RecordChange) -> str:
    if line.record_id == NO_RECORD:
        return line.name
    return f"{KIND_WORDS.get(line.kind, line.kind)} «{line.name}»"


def _changes(line: RecordChange) -> str:
    told = (shorten(field.in_a_line, MOST_SIGNS, placeholder=" …") for field in line.fields)
    return "".join(f"<small>{escape(one)}</small>" for one in told)
