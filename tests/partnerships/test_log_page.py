"""The log as the secretariat sees it: narrowed down, in pages, every word of it harmless."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from data_access.dashboard import store
from data_access.dashboard.partnership_tables.changes import Action, Author, Event, note
from data_access.partnerships.records import editing
from data_access.partnerships.records.change_log import count_lines
from data_access.partnerships.records.kinds import INITIATIVE
from data_access.partnerships.records.records import open_record
from indicators.rights import OPERATOR
from tests.app import grounds
from tests.partnerships.written import field, rerun
from views.foundation.figures import today

HOSTILE = "![x](https://evil.example/x.png) <script>alert(1)</script> =1+1"

pytestmark = pytest.mark.usefixtures("own_copy")

PAGE = """
from views.foundation import figures, filter_bar, problems, theme
from views.secretariat import log

theme.apply()
with problems.told_to_the_reader():
    figures.pin_release()
    filter_bar.strip()
    log.tab()
"""


def opened(**link: str) -> AppTest:
    """The page as a session of its own draws it, for no page of the app has it yet."""
    app = AppTest.from_string(PAGE, default_timeout=20)
    for name, value in link.items():
        app.query_params[name] = value
    return rerun(app)


def edited(goal: str) -> None:
    with store.writing(OPERATOR) as session:
        base = open_record(session, INITIATIVE, 1)
        editing.edit(session, "Skolen", base, base.form.model_copy(update={"goal": goal}))


def test_the_newest_line_comes_first_with_what_was_changed():
    edited("Mere tid til vejledning")

    app = opened()

    with store.reading(OPERATOR) as session:
        count = count_lines(session)
    assert app.title[0].value.startswith("Loggen: ")
    assert app.title[0].value.replace(".", "").split()[1] == str(count)
    assert "Mere tid til vejledning" in grounds(app)[:2_000]
    assert "Skolen" in grounds(app)


def test_words_that_look_like_markup_are_only_words():
    edited(HOSTILE)

    html = " ".join(one.proto.body for one in opened().get("html"))

    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_the_boxes_narrow_the_lines_down_and_are_in_the_address():
    with store.writing(OPERATOR) as session:
        note(session, Author("Sekretariatet", 7), Action.SIGNED_IN, Event.SIGN_IN, "Login")

    app = opened(handling="logget ind")
    assert app.title[0].value == "Loggen: 1 linje"
    assert "Sekretariatet (konto 7)" in grounds(app)
    of_kind = opened(slags="sign_in", af="Sekretariatet")
    assert of_kind.title[0].value == "Loggen: 1 linje"
    assert "Om: login, af: Sekretariatet" in of_kind.caption[0].value.replace("\\", "")


def test_days_can_be_chosen_and_where_there_is_nothing_it_says_so():
    app = opened()
    field(app, "date_input", "Fra").set_value(today() + timedelta(days=1))
    rerun(app)

    assert app.title[0].value == "Loggen: 0 linjer"
    assert [one.value for one in app.info] == ["Ingen linjer passer til valget."]


def test_there_is_a_page_for_every_hundred_lines():
    app = opened()
    [box] = app.number_input
    first = grounds(app)
    box.set_value(2)
    rerun(app)

    assert grounds(app) != first
    assert box.label.startswith("Side (af ")


def test_a_choice_that_is_none_is_told_and_leaves_nothing_out():
    app = opened(handling="findes ikke", af="<b>")

    assert not app.exception
    assert "linjer" in app.title[0].value
