"""Who is let in: without sign-in, what can be written in listens on this machine alone."""

from ipaddress import ip_address

from data_access import engines

REFUSAL = (
    "Dashboardet er ikke startet. Det ville lytte på {address}, og uden login kunne enhver på nettet læse og "
    "rette i det. Der er to veje: Vis en kopi til læsning med DASHBOARD_READ_ONLY=1; den afviser enhver "
    "ændring og bruger ikke det fortrolige lager. Eller slå login til, når det er der. På denne maskine "
    "alene startes det med --server.address 127.0.0.1."
)


def refusal(address: str | None) -> str | None:
    """Why the dashboard may not be served on the address, in Danish; None where it may.

    No address stands for all of them.
    """
    if engines.is_read_only() or _is_this_machine_alone(address or ""):
        return None
    return REFUSAL.format(address=address or "alle maskinens adresser")


def _is_this_machine_alone(address: str) -> bool:
    """A name could lead anywhere; the one that never does is known."""
    try:
        return ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return address == "localhost"
