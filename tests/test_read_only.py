"""A copy to be read refuses every write, on every way to a store, and its pages offer none."""

from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import manage
from data_access import engines, mode
from data_access.confidential import store as confidential
from data_access.confidential.models import CONFIDENTIAL
from data_access.dashboard import store as dashboard
from data_access.dashboard.models import DASHBOARD
from data_access.problems import ReadOnlyProblem
from indicators.rights import OPERATOR
from tests.app import opened
from views.partnership.records.commands import A_COPY

INITIATIVES, MEETING = "pages/partnership/initiatives.py", "pages/partnership/meeting.py"
WAYS_TO_WRITE = (
    "Gem", "Opret", "Tilføj", "Slet", "Gendan", "Flyt", "Fortryd", "Genåbn", "Afslut ", "Indlæs", "Hent punkterne",
    "Føj til", "Ret", "Skriv", "Ny ", "Nyt ", "Beslutning", "Nået", "Følg op",
)  # fmt: skip


@pytest.fixture
def copy_to_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(mode.READ_ONLY, "1")


@pytest.mark.usefixtures("copy_to_be_read")
@pytest.mark.parametrize("tables", [DASHBOARD, CONFIDENTIAL], ids=["dashboard", "confidential"])
@pytest.mark.parametrize("way", [engines.writing, engines.as_it_is])
def test_no_store_is_opened_for_writing_and_none_is_made(tmp_path, tables, way):
    with (
        pytest.raises(ReadOnlyProblem, match="kopi til læsning"),
        way(f"sqlite:///{tmp_path}/ny/lager.sqlite", tables),
    ):
        pass

    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("copy_to_be_read")
@pytest.mark.parametrize("writing", [partial(dashboard.writing, OPERATOR), confidential.writing])
def test_the_stores_of_the_environment_are_closed_too(writing, tmp_path, monkeypatch):
    for variable in ("DATABASE_URL", "CONFIDENTIAL_DATABASE_URL"):
        monkeypatch.setenv(variable, f"sqlite:///{tmp_path}/{variable}.sqlite")

    with pytest.raises(ReadOnlyProblem), writing():
        pass


SUPERVISORS = "sample_data/rounds/supervisor-2025/answers.csv"
MAPPING = ["--mapping", "sample_data/mappings/supervisor.toml"]


@pytest.mark.usefixtures("copy_to_be_read", "sample_environment")
@pytest.mark.parametrize(
    "command",
    [
        ["sample"],
        ["import", SUPERVISORS, "--round", "supervisor-2030", *MAPPING],
        ["publish"],
        ["restore-release", "1"],
        ["partnerships", "sample_data/partnerships/spu.toml"],
        ["upgrade"],
    ],
    ids=lambda command: command[0],
)
def test_no_command_writes(command, sample_stores):
    before = contents(sample_stores.dashboard_url), contents(sample_stores.confidential_url)

    with pytest.raises(ReadOnlyProblem):
        manage.app(command, standalone_mode=False)

    assert (contents(sample_stores.dashboard_url), contents(sample_stores.confidential_url)) == before


def contents(url: str) -> str:
    return sha256(Path(url.removeprefix("sqlite:///")).read_bytes()).hexdigest()


def ways_to_write(app: AppTest) -> list[str]:
    """What the page offers under a name that says that something would be changed."""
    labels = [one.label for one in (*app.button, *app.expander)]
    labels += [one.proto.popover.label for one in app.get("popover")]
    labels += [option.content for group in app.get("button_group") for option in group.proto.options]
    return [label for label in labels if label.startswith(WAYS_TO_WRITE)]


PAGES = {
    "the list of initiatives": (INITIATIVES, {"del": "indsatser"}),
    "the form of a new initiative": (INITIATIVES, {"del": "indsatser", "indsats": "ny"}),
    "an initiative": (INITIATIVES, {"del": "indsatser", "indsats": "1"}),
    "the form of an initiative": (INITIATIVES, {"del": "indsatser", "indsats": "1", "kort": "ret"}),
    "the changes of an initiative": (INITIATIVES, {"del": "indsatser", "indsats": "1", "kort": "aendringer"}),
    "an agreement": (INITIATIVES, {"del": "aftaler", "partnerskab": "1"}),
    "the forms of an agreement": (INITIATIVES, {"del": "aftaler", "partnerskab": "1", "aftaledel": "ret"}),
    "the annual cycle": (INITIATIVES, {"del": "aarshjul", "partnerskab": "1", "fra": "ret"}),
    "an agenda": (MEETING, {"moededel": "dagsorden"}),
    "the wall": (MEETING, {"moededel": "skaerm", "rolle": "vis"}),
    "the minutes": (MEETING, {"moededel": "referat"}),
    "a unit": ("pages/results/unit.py", {"enhed": "kommune:0265"}),
    "a question": ("pages/results/results.py", {"enhed": "kommune:0265"}),
}


@pytest.mark.usefixtures("copy_to_be_read", "sample_environment")
@pytest.mark.parametrize("shown", PAGES.values(), ids=PAGES)
def test_no_page_of_a_copy_to_be_read_offers_to_write(shown):
    page, link = shown
    app = opened(page, **link)

    assert ways_to_write(app) == []
    assert [one.value for one in app.error] == []


@pytest.mark.usefixtures("sample_environment")
def test_the_same_pages_offer_it_elsewhere():
    without = {name for name, (page, link) in PAGES.items() if not ways_to_write(opened(page, **link))}

    assert without == set()


@pytest.mark.usefixtures("copy_to_be_read", "sample_environment")
@pytest.mark.parametrize("shown", ["the list of initiatives", "an initiative", "an agenda", "the minutes"])
def test_a_page_where_one_would_write_says_what_it_is(shown):
    page, link = PAGES[shown]

    assert A_COPY in [one.value for one in opened(page, **link).info]
