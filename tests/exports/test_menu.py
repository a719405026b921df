"""What can be taken home from which page."""

import pytest

from indicators.selection import ALL_EDUCATIONS, Option, Selection
from tests.app import opened
from views.all_subjects import unit_file
from views.foundation import places

pytestmark = pytest.mark.usefixtures("sample_environment")

UNDER_FIGURE = {"Hent Excel", "CSV (semikolon)"}
PICTURES = {"Billede (PNG)", "Tegning (SVG)"}
OF_PAGE = {"Hent denne visning", "Hent min enhed", "PowerPoint"}


def labels(app, *sheets: str) -> list[str]:
    """The files on offer once the menu of the page, and those under these figures, are opened."""
    for menu in ("hent filer", *(f"formater {sheet}" for sheet in sheets)):
        app.session_state[menu] = True
    app.run()
    return [button.proto.label for button in app.get("download_button")]


@pytest.mark.parametrize("tab", ["fordeling", "sammenlign", "udvikling"])
def test_a_figure_can_be_taken_home_in_every_format_and_so_can_the_unit(tab):
    app = opened(places.RESULTS, enhed="kommune:0265", fane=tab)

    assert set(labels(app, tab.capitalize())) == UNDER_FIGURE | PICTURES | OF_PAGE
    assert {button.label for button in app.button} >= {"Hent alt (Excel)", "Hent alt (CSV)"}


def test_a_page_of_several_figures_has_one_file_of_them_all():
    app = opened(places.UNIT, enhed="kommune:0265")

    files = labels(app, "Min enhed", "Fordelt", "Side om side")
    assert files.count("Hent Excel") == files.count("CSV (semikolon)") == 3
    assert files.count("Hent denne visning") == 1
    assert all(files.count(picture) == 3 for picture in PICTURES), "also of what is HTML on the screen"


def test_a_table_of_few_answers_is_a_picture_too():
    app = opened(places.RESULTS, fane="fordeling", spoergeskema="supervisor", enhed="kommune:0269")

    assert set(labels(app, "Fordeling")) >= PICTURES
    solroed = Selection(
        Option("supervisor", "Vejleder"), 2025, Option("kommune:0269", "Solrød"), ALL_EDUCATIONS
    )
    answers = next(one for one in unit_file.sections(solroed) if one.sheet == "Fordeling")
    assert ["Tid nok til at vejlede" in picture.drawn() for picture in answers.pictures] == [True]


def test_without_a_unit_there_is_a_word_on_how_to_get_one():
    app = opened(places.RESULTS)

    assert "Hent min enhed" not in labels(app)
    assert any("Vælg en enhed" in caption.value for caption in app.caption)


def test_where_no_figure_is_shown_there_is_nothing_to_take_home():
    app = opened(places.INITIATIVES)

    assert not OF_PAGE & set(labels(app))
