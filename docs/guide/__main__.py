"""Takes the pictures of the guide anew, from the sample: `make guide`."""

import os
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch
from urllib.parse import urlencode

from PIL import Image, ImageChops
from playwright.sync_api import Page
from sqlmodel import Session, select, update

from data_access.access import invitations, sessions
from data_access.access.invitations import Invitation
from data_access.access.sessions import Identity
from data_access.dashboard import queries, store
from data_access.dashboard.access_tables import SignInRecord
from data_access.dashboard.partnership_tables.agreements import PartyRecord
from data_access.operations import sample
from indicators.rights import OPERATOR, Grant, Role
from tests.chromium import FINISHED, chromium
from tests.running_server import running_server

FOLDER = Path(__file__).parent
WINDOW = {"width": 1280, "height": 720}
COLOURS, FAINT, CORNERS = 96, 16, 20
RELEASED = datetime(2025, 12, 8, 12, 0, tzinfo=UTC)

UNIT = {"spoergeskema": "student", "aar": "2025", "enhed": "kommune:0159"}
QUESTION = UNIT | {"spoergsmaal": "S05"}
PICTURES = {
    "overblik": ("/", UNIT, "header"),
    "overblik-temaer": ("/", UNIT, "h2"),
    "fordeling": ("/resultater", QUESTION | {"fane": "fordeling"}, "h1"),
    "sammenlign": ("/resultater", QUESTION | {"fane": "sammenlign"}, "h1"),
    "tragt": ("/resultater", QUESTION | {"fane": "sammenlign", "form": "tragt"}, "h1"),
    "udvikling": ("/resultater", QUESTION | {"fane": "udvikling"}, "h1"),
    "min-enhed": ("/min-enhed", UNIT, "h1"),
    "indsatser": ("/indsatser", UNIT | {"del": "indsatser"}, "h1"),
    "aftaler": ("/indsatser", UNIT | {"del": "aftaler"}, "h1"),
    "aarshjul": ("/indsatser", UNIT | {"del": "aarshjul"}, "h1"),
    "dagsorden": ("/moede", UNIT | {"moede": "5", "moededel": "dagsorden"}, "h1"),
    "paa-skaermen": ("/moede", UNIT | {"moede": "5", "moededel": "skaerm", "punkt": "3"}, "h1"),
    "referat": ("/moede", UNIT | {"moede": "3", "moededel": "referat"}, "h1"),
    "svarprocent": ("/datagrundlag", UNIT | {"grundlag": "svarprocent"}, "h1"),
    "daekning": ("/datagrundlag", UNIT | {"grundlag": "daekning"}, "h1"),
    "danmarkskort": ("/datagrundlag", UNIT | {"grundlag": "daekning"}, "h2"),
    "metode": ("/datagrundlag", UNIT | {"grundlag": "metode"}, "h1"),
    "sekretariat": ("/sekretariat", {"sekretariatdel": "adgang"}, "h1"),
}
"""By file name: the address, and what the top of the picture is to show."""

TO_THE_TOP = """(one) => {
  const [main, header] = ["main", "header"].map((part) => document.querySelector(part));
  main.scrollBy(0, one.getBoundingClientRect().top - header.clientHeight - 12);
}"""


def main() -> None:
    """Every picture, from stores that are made for it and thrown away."""
    with TemporaryDirectory() as folder:
        urls = {
            "DATABASE_URL": f"sqlite:///{folder}/dashboard.sqlite",
            "CONFIDENTIAL_DATABASE_URL": f"sqlite:///{folder}/confidential.sqlite",
        }
        with patch.dict(os.environ, urls):
            build_sample()
        with running_server(urls) as address, chromium() as browser:
            page = browser.new_page(locale="da-DK", viewport=WINDOW, reduced_motion="reduce")
            page.goto(address)  # before the first picture, for the fonts to be at hand in all
            page.wait_for_load_state("networkidle")
            for name, (path, link, top) in PICTURES.items():
                picture = taken(page, f"{address}{path}?{urlencode(link)}", top)
                keep(small(picture), FOLDER / f"{name}.png")


def build_sample() -> None:
    """Released on a day that is always the same, for the pages say which."""
    sample.build()
    with store.writing(OPERATOR) as session:
        queries.release_in_force(session).made_at = RELEASED
        give_roles(session)


def give_roles(session: Session) -> None:
    """Somebody in each of some roles, seen on that day."""
    party = session.exec(select(PartyRecord.id).where(PartyRecord.name == "Roskilde Kommune")).one()
    grants = (
        Grant(Role.SECRETARIAT),
        Grant(Role.STEERING_GROUP, partnership=1),
        Grant(Role.PARTY_EDITOR, partnership=1, party=party),
    )
    for number, grant in enumerate(grants):
        address = f"{number}@kommune.example"
        invitations.invite(session, Invitation(address, grant))
        sessions.sign_in(session, Identity("https://login.example", str(number), address))
    session.exec(update(SignInRecord).values(seen_at=RELEASED))


def taken(page: Page, address: str, top: str) -> bytes:
    """What the window shows when this has been scrolled to, and everything has come and is at rest."""
    page.goto(address)
    page.wait_for_selector(FINISHED)
    page.wait_for_load_state("networkidle")
    page.locator("main h1").wait_for()
    if page.get_by_text("findes ikke her").count():
        raise ValueError(f"{address} is stale.")
    page.locator(top).first.evaluate(TO_THE_TOP)
    picture = b""
    while (newer := page.screenshot(animations="disabled")) != picture:
        picture = newer
    return picture


def small(picture: bytes) -> Image.Image:
    """The same picture with few colours, which is a third of the bytes."""
    full = Image.open(BytesIO(picture)).convert("RGB")
    return full.quantize(COLOURS, dither=Image.Dither.NONE)


def keep(picture: Image.Image, file: Path) -> None:
    """Writes it, unless the file shows the same: the browser draws a rounded corner now so, now so."""
    if file.exists():
        before, now = Image.open(file).convert("RGB"), picture.convert("RGB")
        changed = ImageChops.difference(before, now).convert("L").point(lambda change: change > FAINT)
        if before.size == now.size and sum(changed.histogram()[1:]) < CORNERS:
            return
    picture.save(file, optimize=True)


if __name__ == "__main__":
    main()
