"""Whether the dashboard may be started as the environment says: what is half set up is not served."""

import re
from ipaddress import ip_address

from data_access import mode
from data_access.access import invitations
from data_access.dashboard import admission, store
from data_access.mode import Mode
from data_access.problems import MissingStoreProblem, Problem, SettingsProblem
from indicators.rights import OPERATOR

NOT_STARTED = "Dashboardet er ikke startet. "
NOT_WITHOUT_SIGN_IN = (
    "Det ville lytte på {address}, og uden login kunne enhver på nettet læse og rette her. Der er tre veje: "
    "Slå login til med DASHBOARD_MODE=oidc. Vis eksempeldata med DASHBOARD_MODE=demo. Eller vis en kopi til "
    "læsning med DASHBOARD_READ_ONLY=1; den afviser enhver ændring og bruger ikke det fortrolige lager. "
    "På denne maskine alene startes det med --server.address 127.0.0.1."
)
NOT_BEHIND_A_PROXY = (
    "Dashboardet kører uden login og svarer derfor kun på denne maskine, ikke bag en proxy. "
    "Slå login til med DASHBOARD_MODE=oidc."
)
PROXY_HEADER = re.compile(rb"forwarded|via|x-real-ip|x-forwarded-.*|cf-.*|.*-client-ip")
"""What proxies add to what they pass on."""
NO_COPY_WITH_SIGN_IN = (
    "Login skal kunne gemme sessioner, og DASHBOARD_READ_ONLY=1 lader intet gemme. Brug kun den ene af dem."
)
HOSTS = (
    "STREAMLIT_SERVER_ALLOWED_HOSTS skal nævne {host} og må ikke være *: ellers kan en fremmed side få "
    "browsere til at tale med dashboardet under sit eget navn"
)
NO_STORE = "Der er intet dashboardlager at logge ind i. Udgiv først, eller kør «python manage.py sample»."
NO_ADMINISTRATOR = (
    "Ingen er administrator, så ingen kunne give nogen adgang. "
    "Kør «python manage.py invite MAILADRESSE --role administrator»."
)


def refusal(address: str | None, hosts: list[str] | None = None) -> str | None:
    """Why the dashboard may not be served on the address to those names, in Danish; None where it may.

    No address stands for all of them.
    """
    try:
        reason = _reason(address or "", hosts or [])
    except Problem as problem:
        reason = str(problem)
    return reason and NOT_STARTED + reason


def _reason(address: str, hosts: list[str]) -> str | None:
    mode.is_read_only(), mode.are_results_open()  # settings that say neither yes nor no are told first
    match mode.mode():
        case Mode.OIDC:
            return _without_sign_in_set_up(hosts)
        case Mode.DEMO:
            return _with_real_rounds()
        case Mode.LOCAL:
            return refusal_of_line(address)


def refusal_of_line(address: str) -> str | None:
    """Why nobody is answered on a line that ends at this address; None where they are."""
    if is_local() and not is_this_machine_alone(address):
        return NOT_WITHOUT_SIGN_IN.format(address=address or "alle maskinens adresser")
    return None


def is_local() -> bool:
    """Whether whoever is answered may write without signing in."""
    return mode.mode() is Mode.LOCAL and not mode.is_read_only()


def _without_sign_in_set_up(hosts: list[str]) -> str | None:
    settings = mode.sign_in_settings()
    if mode.is_read_only():
        return NO_COPY_WITH_SIGN_IN
    if settings.host not in hosts or "*" in hosts:
        raise SettingsProblem(f"{HOSTS.format(host=settings.host)}.")
    try:
        with store.reading(OPERATOR) as session:
            return None if invitations.has_administrator(session) else NO_ADMINISTRATOR
    except MissingStoreProblem:
        return NO_STORE


def _with_real_rounds() -> None:
    """AccessProblem where there is one; a store that is not there yet has none."""
    try:
        with store.reading(OPERATOR) as session:
            admission.refuse_real_rounds(session)
    except MissingStoreProblem:
        return


def is_this_machine_alone(address: str) -> bool:
    """A name could lead anywhere; the one that never does is known."""
    try:
        return ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return address == "localhost"
