"""A page that is written on: what it says, its fields and buttons, and somebody else in the same store."""

from contextlib import contextmanager
from datetime import date

from streamlit.testing.v1 import AppTest

from data_access.dashboard import store
from data_access.partnerships.lists.initiatives import initiative_card, initiatives
from indicators.rights import OPERATOR

PAGE = "pages/partnership/initiatives.py"
ROLE = "Sekretariatet"
TODAY = date(2026, 11, 22)


@contextmanager
def somebody_else():
    with store.writing(OPERATOR) as session:
        yield session


def numbered(title: str) -> int:
    """The number of an initiative of the sample."""
    with store.reading(OPERATOR) as session:
        return next(one.id for one in initiatives(session, TODAY) if one.title == title)


def card(number: int):
    with store.reading(OPERATOR) as session:
        return initiative_card(session, TODAY, number)


def said(app: AppTest) -> str:
    """Everything on the page in words, with what is HTML as HTML and without markdown's escapes."""
    elements = [*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.get("html")]
    texts = [getattr(one, "value", None) or one.proto.body for one in elements]
    return " ".join(texts).replace("\\", "")


def press(app: AppTest, label: str, number: int = 0) -> AppTest:
    [one for one in app.button if one.label.replace("\\", "") == label][number].click()
    return rerun(app)


def rerun(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception, app.exception
    return app


def field(app: AppTest, kind: str, label: str):
    return next(one for one in getattr(app, kind) if one.label == label)


def as_role(app: AppTest) -> AppTest:
    app.text_input(key="hvem").set_value(ROLE)
    return app
