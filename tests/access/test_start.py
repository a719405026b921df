"""What is half set up is not served: every mode refuses to start, and says what to do."""

import subprocess

import pytest
from sqlmodel import select

from data_access import mode
from data_access.access import invitations
from data_access.access.invitations import Invitation
from data_access.dashboard import store
from data_access.dashboard.admission import Credential
from data_access.dashboard.models import PublishedRound
from data_access.mode import Mode, sign_in_settings
from data_access.problems import AccessProblem, ReadOnlyProblem, SettingsProblem
from indicators.rights import OPERATOR, Grant, Role
from tests.app import opened
from tests.conftest import writing
from tests.signed_in import settings_of
from tests.test_door import EVERY_NETWORK, started
from views.chrome import door

HOSTS = ["praktik.example.dk", "localhost"]


@pytest.fixture
def set_up(monkeypatch: pytest.MonkeyPatch, store_of_own: str) -> str:
    """An environment in which everything for signing in has been set up; the address of its store."""
    settings = settings_of("https://login.example.dk", "https://praktik.example.dk", store_of_own)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    with writing(store_of_own) as session:
        invitations.invite(session, Invitation("a@kommune.example", Grant(Role.ADMINISTRATOR)))
    return store_of_own


@pytest.mark.usefixtures("set_up")
def test_what_is_set_up_is_served_on_every_network():
    assert door.refusal(EVERY_NETWORK, HOSTS) is None


@pytest.mark.usefixtures("set_up")
@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        (mode.ADDRESS, "", "DASHBOARD_ADDRESS mangler"),
        (mode.ADDRESS, "http://praktik.example.dk", "DASHBOARD_ADDRESS skal begynde med https://"),
        (mode.ADDRESS, "https://praktik.example.dk/sti", "uden sti"),
        (mode.ISSUER, "", "OIDC_ISSUER mangler"),
        (mode.ISSUER, "http://login.example.dk", "OIDC_ISSUER skal begynde med https://"),
        (mode.CLIENT_ID, " ", "OIDC_CLIENT_ID mangler"),
        (mode.CLIENT_SECRET, "", "OIDC_CLIENT_SECRET mangler"),
        (mode.COOKIE_SECRET, "", "DASHBOARD_COOKIE_SECRET mangler"),
        (mode.COOKIE_SECRET, "change-me", "DASHBOARD_COOKIE_SECRET er for svag"),
        (mode.COOKIE_SECRET, "0123456789" * 5, "DASHBOARD_COOKIE_SECRET er for svag"),
        (mode.READ_ONLY, "1", "Brug kun den ene"),
        (mode.READ_ONLY, "false", "Skriv 1 for ja, eller 0 for nej"),
        (mode.OPEN_RESULTS, "nej", "Skriv 1 for ja, eller 0 for nej"),
        (mode.MODE, "OIDC", "DASHBOARD_MODE er «OIDC»"),
        (mode.MODE, "", "DASHBOARD_MODE er «»"),
    ],
)
def test_what_is_missing_or_weak_is_named(monkeypatch, name, value, reason):
    monkeypatch.setenv(name, value)

    assert reason in door.refusal("127.0.0.1", HOSTS)


@pytest.mark.usefixtures("set_up")
def test_the_two_secrets_may_not_be_one(monkeypatch):
    monkeypatch.setenv(mode.CLIENT_SECRET, sign_in_settings().cookie_secret)

    with pytest.raises(SettingsProblem, match="må ikke være den samme"):
        sign_in_settings()


@pytest.mark.usefixtures("set_up")
@pytest.mark.parametrize("hosts", [[], ["localhost"], ["*"], ["praktik.example.dk", "*"]])
def test_a_name_that_anybody_may_point_at_the_server_is_refused(hosts):
    assert "STREAMLIT_SERVER_ALLOWED_HOSTS" in door.refusal(EVERY_NETWORK, hosts)


@pytest.mark.usefixtures("set_up")
def test_nobody_can_let_others_in_where_there_is_no_administrator(monkeypatch, sample_stores):
    monkeypatch.setenv("DATABASE_URL", sample_stores.dashboard_url)

    assert "manage.py invite" in door.refusal(EVERY_NETWORK, HOSTS)


@pytest.mark.usefixtures("set_up")
def test_there_must_be_a_store_to_sign_in_to(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/none.sqlite")

    assert "intet dashboardlager" in door.refusal(EVERY_NETWORK, HOSTS)


@pytest.mark.usefixtures("sample_environment")
def test_a_demonstration_of_sample_data_is_served_on_every_network(monkeypatch):
    monkeypatch.setenv(mode.MODE, Mode.DEMO)

    assert door.refusal(EVERY_NETWORK) is None


def test_a_demonstration_refuses_a_store_with_a_real_round(store_of_own, monkeypatch):
    with writing(store_of_own) as session:
        real = session.exec(select(PublishedRound)).first()
        real.is_sample = False
        session.add(real)
    monkeypatch.setenv("DATABASE_URL", store_of_own)
    monkeypatch.setenv(mode.MODE, Mode.DEMO)

    assert "rigtige runder" in door.refusal("127.0.0.1")
    with pytest.raises(AccessProblem, match="rigtige runder"), store.reading(Credential()):
        pass


@pytest.mark.usefixtures("sample_environment")
def test_nothing_can_be_saved_in_a_demonstration_and_every_page_says_what_it_is(monkeypatch):
    monkeypatch.setenv(mode.MODE, Mode.DEMO)

    with pytest.raises(ReadOnlyProblem, match="demonstration"), store.writing(OPERATOR):
        pass
    for page in (None, "pages/partnership/initiatives.py", "pages/partnership/meeting.py"):
        app = opened(page)
        assert any("Demonstration" in info.value for info in app.info)
        assert not app.get("file_uploader")


@pytest.mark.slow
def test_a_server_that_is_half_set_up_ends_with_the_reason_and_no_traceback(provider, store_of_own):
    settings = settings_of(provider, "http://127.0.0.1:8501", store_of_own) | {mode.COOKIE_SECRET: ""}

    ended: subprocess.CompletedProcess = started("server.py", **settings)

    assert ended.returncode != 0
    assert "Traceback" not in ended.stdout + ended.stderr
    assert "DASHBOARD_COOKIE_SECRET mangler" in ended.stderr
