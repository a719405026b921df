"""The tab Adgang: who has which role where, who has been promised one, and inviting somebody."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from data_access.access import invitations, sessions
from data_access.access.invitations import EVERY_PARTNERSHIP, OPEN_FOR, Held, Invitation
from data_access.mode import Mode, mode
from data_access.partnerships.records.kinds import PARTY
from data_access.partnerships.records.records import listed
from data_access.problems import EditProblem
from indicators.danish import day, moment, number
from indicators.rights import OF_A_PARTNERSHIP, OF_AN_ORGANISATION, Grant, Right, Role
from indicators.selection import ALL
from views.foundation import figures, page_parts, problems, tables
from views.foundation.figures import query
from views.partnership.records import commands, forms
from views.secretariat import changes
from views.secretariat.changes import Ending

NOBODY_SIGNS_IN = (
    "Her er intet login: roller og invitationer gælder først, når driften har slået login til "
    "(DASHBOARD_MODE=oidc)."
)
MAY = {
    Role.RESULTS_READER: "Læser de udgivne tal og intet om partnerskaberne.",
    Role.READER: "Læser tallene og det, partnerskabet har aftalt, gør og beslutter.",
    Role.PARTY_EDITOR: "Det samme som en læser; opretter indsatser og retter organisationens egne.",
    Role.STEERING_GROUP: "Det samme som en læser; holder møder, skriver beslutninger og opretter indsatser.",
    Role.SECRETARIAT: "Retter alt i partnerskabet, giver roller og læselinks og ser loggen.",
    Role.ADMINISTRATOR: "Giver og afslutter alle roller og ser loggen. Læser tallene.",
}
"""What each role is for, in the words of those who give it."""
HOW_TO_TELL = (
    f"Dashboardet sender ingen mail og gemmer ikke adressen. Skriv selv til modtageren, at de skal logge ind "
    f"med kontoen med den adresse inden {OPEN_FOR.days} dage."
)


def tab() -> None:
    """Those with a role, those who have been promised one, and the ways to change that."""
    held, promised = query(invitations.roles), query(invitations.open_invitations)
    st.title(_headline(held, promised), anchor=False)
    if mode() is not Mode.OIDC:
        st.info(NOBODY_SIGNS_IN)
    page_parts.expander("Ny invitation", f"ny invitation {changes.times()}", _invite)
    if held:
        st.header("Roller", anchor=False)
        st.html(_table(held, "Til og med"))
        with st.container(horizontal=True):
            changes.offer(_of_roles(held))
            if mode() is Mode.OIDC:
                changes.offer(_of_sessions(held))
    if promised:
        st.header("Åbne invitationer", anchor=False)
        st.html(_table(promised, "Kan bruges til og med"))
        changes.offer(_of_invitations(promised))


def _headline(held: Sequence[Held], promised: Sequence[Held]) -> str:
    people = len({one.account_id for one in held})
    users = f"{number(people)} {'bruger' if people == 1 else 'brugere'} med adgang"
    count = number(len(promised)) if promised else "ingen"
    waiting = f"{count} {'åben invitation' if len(promised) == 1 else 'åbne invitationer'}"
    return f"{users} og {waiting}"


def _table(several: Sequence[Held], until: str) -> str:
    seen = [moment(one.seen_at) if one.seen_at else "" for one in several]
    columns = (
        tables.Column("Hvem", [escape(one.who) for one in several]),
        tables.Column("Rolle", [one.grant.role.value for one in several]),
        tables.Column("Partnerskab", [escape(one.place) for one in several]),
        tables.Column("Organisation", [escape(one.organisation) for one in several]),
        tables.Column("Sidst set", seen),
        tables.Column(until, [day(one.last_day) if one.last_day else "Uden slutdato" for one in several]),
    )
    return tables.table([column for column in columns if any(column.cells)])


def _named(several: Sequence[Held]) -> dict[int, str]:
    return {one.id: f"{one.who} · {one.describe()}" for one in several}


def _of_roles(held: Sequence[Held]) -> Ending:
    return Ending(
        "Afslut en rolle",
        "Rolle",
        _named(held),
        "afslut rollen",
        "Rollen ophører med det samme, også på sider, der er åbne. Den kan kun gives igen med en invitation.",
        _end_role,
    )


def _of_sessions(held: Sequence[Held]) -> Ending:
    return Ending(
        "Log en bruger ud overalt",
        "Bruger",
        {one.account_id: one.who for one in held},
        "log ud overalt",
        "Brugeren logges ud på alle sine enheder og beholder sine roller.",
        _sign_out,
    )


def _of_invitations(promised: Sequence[Held]) -> Ending:
    return Ending(
        "Tag en invitation tilbage",
        "Invitation",
        _named(promised),
        "tag invitationen tilbage",
        "Invitationen kan ikke bruges mere.",
        _take_back,
    )


@commands.needs(Right.INVITE)
def _end_role(grant_id: int) -> None:
    changes.make("Rollen er afsluttet", invitations.end_role, grant_id)


@commands.needs(Right.INVITE)
def _sign_out(account_id: int) -> None:
    changes.make("Brugeren er logget ud overalt", sessions.end_all, account_id)


@commands.needs(Right.INVITE)
def _take_back(invitation_id: int) -> None:
    changes.make("Invitationen er taget tilbage", invitations.take_back, invitation_id)


def _invite() -> None:
    """The role first, for it says what else there is to choose."""
    places = {role: _places(role) for role in Role}
    roles = {role: role.value for role, where in places.items() if where}
    role = forms.one_of("Rolle", roles, None, f"rolle {changes.times()}")
    if role is not None:
        st.caption(MAY[role])
        _form(role, places[role], f"invitation {changes.times()} {role}")


def _places(role: Role) -> dict[int | str, str]:
    """Where the reader may give the role, by the numbers of partnerships."""
    may_give = figures.principal().may_give
    everywhere = {ALL: EVERY_PARTNERSHIP} if may_give(Grant(role)) else {}
    if role not in OF_A_PARTNERSHIP:
        return everywhere
    return everywhere | query(invitations.partnerships)


@commands.needs(Right.INVITE)
def _form(role: Role, places: Mapping[int | str, str], key: str) -> None:
    parties = {one.id: one.name for one in query(listed, PARTY, {}).there}
    with st.form(key, border=False):
        place, needs_party = ALL, role in OF_AN_ORGANISATION
        with st.container(horizontal=True, vertical_alignment="bottom", key=f"felter {key} hvor"):
            if role in OF_A_PARTNERSHIP:
                only = next(iter(places)) if len(places) == 1 else None
                place = forms.one_of("Partnerskab", places, only, f"{key} partnerskab")
            party = forms.one_of("Organisation", parties, None, f"{key} organisation", not needs_party)
        with st.container(horizontal=True, vertical_alignment="bottom", key=f"felter {key} hvem"):
            address = st.text_input("Mailadresse", key=f"{key} adresse", placeholder="Fx navn@kommune.dk")
            last_day = st.date_input(
                "Rollens sidste dag (tom: uden slutdato)", None, format=forms.DAY, key=f"{key} til"
            )
        st.caption(HOW_TO_TELL)
        if st.form_submit_button("Inviter", type="primary"):
            with problems.told_to_the_reader():
                if place is None:
                    raise EditProblem("Vælg det partnerskab, som rollen gælder i.")
                grant = Grant(role, None if place == ALL else place, party)
                invitation = Invitation(address, grant, last_day)
                changes.make("Invitationen er gemt", invitations.invite, invitation)
