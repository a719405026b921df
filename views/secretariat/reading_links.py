"""The tab Læselinks: who reads the published results without an account, and until when."""

from collections.abc import Sequence
from datetime import timedelta
from html import escape

import streamlit as st

from data_access.access import reading_links
from data_access.access.reading_links import ReadingLink
from data_access.dashboard.access_tables import ReadingLinkForm
from data_access.mode import Mode, mode
from data_access.partnerships.records.records import checked
from data_access.texts import LINE
from indicators.danish import day, number
from indicators.rights import Right
from views.foundation import page_parts, problems, tables
from views.foundation.figures import query, today
from views.foundation.page_parts import literal
from views.partnership.records import commands, forms
from views.secretariat import changes
from views.secretariat.changes import Ending

TITLE = "Læselinks"
USUALLY = timedelta(days=60)
ONLY_WITH_SIGN_IN = (
    "Et læselink viser de udgivne tal til den, der ikke har en konto. Læselinks virker kun, når driften har "
    "slået login til (DASHBOARD_MODE=oidc)."
)
WHAT_IT_SHOWS = (
    "Den, der har linket, læser de udgivne tal uden konto, men ser intet om indsatser og møder. Linket kan "
    "sendes videre, så giv det til så få og så kort som muligt."
)
ONCE = "Kopiér adressen nu. Den gemmes ikke og kan ikke vises igen; mister du den, så lav et nyt link."


def tab() -> None:
    """The links that work, the ways to end them, and a new one."""
    if mode() is not Mode.OIDC:
        st.title(TITLE, anchor=False)
        st.info(ONLY_WITH_SIGN_IN)
        return
    title = st.empty()
    page_parts.expander("Nyt læselink", f"nyt læselink {changes.times()}", _lend)
    links = query(reading_links.links)  # with the one that has just been made
    what = "læselink virker" if len(links) == 1 else "læselinks virker"
    title.title(f"{number(len(links))} {what}" if links else "Ingen læselinks endnu", anchor=False)
    if links:
        _working(links)


def _working(links: Sequence[ReadingLink]) -> None:
    columns = (
        tables.Column("Hvem linket er til", [escape(link.name) for link in links]),
        tables.Column("Til og med", [day(link.ends_on) for link in links]),
    )
    st.html(tables.table(columns))
    changes.offer(
        Ending(
            "Tag et læselink tilbage",
            "Læselink",
            {link.id: f"{link.name} · til og med {day(link.ends_on)}" for link in links},
            "tag linket tilbage",
            "Linket virker ikke mere, heller ikke for den, der er ved at læse.",
            _take_back,
        )
    )


@commands.needs(Right.LEND_READING)
def _take_back(link_id: int) -> None:
    changes.make("Linket er taget tilbage", reading_links.take_back, link_id)


@commands.needs(Right.LEND_READING)
def _lend() -> None:
    """The form; and the address of what has just been made, in this run alone."""
    st.caption(WHAT_IT_SHOWS)
    key = f"læselink {changes.times()}"
    with st.form(key, border=False):
        with st.container(horizontal=True, vertical_alignment="bottom", key=f"felter {key}"):
            name = st.text_input(
                ReadingLinkForm.label("name"),
                max_chars=LINE,
                key=f"{key} navn",
                placeholder="Fx Direktørkredsen",
            )
            ends_on = st.date_input(
                ReadingLinkForm.label("ends_on"), today() + USUALLY, format=forms.DAY, key=f"{key} til"
            )
        is_wanted = st.form_submit_button("Lav læselink", type="primary")
    if is_wanted:
        with problems.told_to_the_reader():
            form = checked(ReadingLinkForm, {"name": name, "ends_on": ends_on})
            address = reading_links.address(changes.made(reading_links.lend, form))
            st.success(literal(f"Linket til «{form.name}» er lavet. {ONCE}"))
            st.code(address, language=None, wrap_lines=True)
