"""How the dashboard is run: for one person, to be tried out, or with sign-in. One setting, and no guess."""

import os
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from data_access.problems import SettingsProblem

MODE = "DASHBOARD_MODE"
READ_ONLY = "DASHBOARD_READ_ONLY"
OPEN_RESULTS = "DASHBOARD_OPEN_RESULTS"
ADDRESS = "DASHBOARD_ADDRESS"
ISSUER = "OIDC_ISSUER"
METADATA = "OIDC_METADATA_URL"
CLIENT_ID = "OIDC_CLIENT_ID"
CLIENT_SECRET = "OIDC_CLIENT_SECRET"  # noqa: S105 - the name of the setting
COOKIE_SECRET = "DASHBOARD_COOKIE_SECRET"  # noqa: S105
LEAST_SECRET, LEAST_SIGNS = 32, 12
"""So many characters, and so many different ones: a sentence or a row of zeroes is no secret."""
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Mode(StrEnum):
    """The three ways; the values are what the setting says."""

    LOCAL = "local"
    DEMO = "demo"
    OIDC = "oidc"


def mode() -> Mode:
    """What the environment says; SettingsProblem for a word that is none of the three."""
    said = os.environ.get(MODE, Mode.LOCAL)
    try:
        return Mode(said)
    except ValueError as error:
        raise SettingsProblem(
            f"{MODE} er «{said}». Skriv local (kun denne maskine), demo (eksempeldata til læsning) "
            "eller oidc (med login)."
        ) from error


def is_read_only() -> bool:
    """Whether nothing may be written here: in a copy to be read, and in a demonstration."""
    return _is_on(READ_ONLY) or mode() is Mode.DEMO


def are_results_open() -> bool:
    """Whether the published results may be read without signing in and without a link."""
    return _is_on(OPEN_RESULTS)


def is_secure() -> bool:
    """Whether browsers reach the dashboard over https."""
    return os.environ.get(ADDRESS, "").startswith("https://")


def _is_on(name: str) -> bool:
    """SettingsProblem for what is neither yes nor no: «false» must not switch anything on."""
    said = os.environ.get(name, "").strip()
    if said not in ("", "0", "1"):
        raise SettingsProblem(f"{name} er «{said}». Skriv 1 for ja, eller 0 for nej.")
    return said == "1"


@dataclass(frozen=True)
class SignInSettings:
    """How to sign in: the provider, what the dashboard is called there, and where it is itself."""

    address: str
    issuer: str
    metadata: str
    client_id: str
    client_secret: str
    cookie_secret: str

    @property
    def host(self) -> str:
        """The dashboard's own name."""
        return urlsplit(self.address).hostname or ""


def sign_in_settings() -> SignInSettings:
    """What the environment says; SettingsProblem names everything that is missing or weak."""
    said = {
        name: os.environ.get(name, "").strip()
        for name in (ADDRESS, ISSUER, CLIENT_ID, CLIENT_SECRET, COOKIE_SECRET)
    }
    if faults := [*_missing(said), *_weak(said), *_insecure(said)]:
        raise SettingsProblem(f"Login er ikke sat helt op: {'; '.join(faults)}.")
    issuer = said[ISSUER]
    metadata = os.environ.get(METADATA) or f"{issuer.rstrip('/')}/.well-known/openid-configuration"
    return SignInSettings(
        address=said[ADDRESS].rstrip("/"),
        issuer=issuer,
        metadata=metadata,
        client_id=said[CLIENT_ID],
        client_secret=said[CLIENT_SECRET],
        cookie_secret=said[COOKIE_SECRET],
    )


def _missing(said: dict[str, str]) -> list[str]:
    return [f"{name} mangler" for name, value in said.items() if not value]


def _weak(said: dict[str, str]) -> list[str]:
    """A secret that is short, of few different signs, or the other one again."""
    faults = []
    secret = said[COOKIE_SECRET]
    if secret and (len(secret) < LEAST_SECRET or len(set(secret)) < LEAST_SIGNS):
        faults.append(
            f"{COOKIE_SECRET} er for svag: lav en med "
            '«python -c "import secrets; print(secrets.token_urlsafe(48))"»'
        )
    if secret and secret == said[CLIENT_SECRET]:
        faults.append(f"{COOKIE_SECRET} må ikke være den samme som {CLIENT_SECRET}")
    return faults


def _insecure(said: dict[str, str]) -> list[str]:
    """Plain http is for this machine alone."""
    faults = []
    for name in (ADDRESS, ISSUER):
        address = urlsplit(said[name])
        if said[name] and not (
            address.scheme == "https" or (address.scheme == "http" and address.hostname in LOOPBACK)
        ):
            faults.append(f"{name} skal begynde med https://")
    if urlsplit(said[ADDRESS]).path.strip("/"):
        faults.append(f"{ADDRESS} skal være uden sti, fx https://praktik.example.dk")
    return faults
