"""What is shown in per cent is a share, and a fraction that is none is shown as the number it is."""

from typing import get_args

import pandas as pd
import pytest

from data_access.dashboard.partnership_tables.agreements import CriterionForm
from data_access.partnerships.records.kinds import CRITERION
from data_access.partnerships.records.readable_values import in_words
from data_access.texts import Share as TypedShare
from indicators.danish import NO_BREAK
from indicators.figure import Share
from views.documents import sheets
from views.documents.files.slide_parts import cells
from views.foundation import blocks, frames, frozen_figure

PERCENT = f"62{NO_BREAK}%"


@pytest.fixture
def budgets() -> pd.DataFrame:
    return frames.frame(
        [("Enhed", ["Køge", "Greve"]), ("Andel", frames.Shares([0.617, None])), ("Budget", [1250.5, 0.5])]
    )


def test_a_workbook_shows_a_budget_as_a_number(budgets):
    sheet = sheets.new_book("Afprøvning").active
    sheets.table_sheet(sheet, "Budget", budgets.columns, frames.rows(budgets), ["Budgetter"])

    assert [[cell.value for cell in row] for row in sheet["B3:C4"]] == [[0.617, 1250.5], [None, 0.5]]
    assert [cell.number_format for cell in sheet[3][1:]] == [sheets.SHARE, sheets.FRACTION]


def test_a_slide_shows_a_budget_as_a_number(budgets):
    assert cells(budgets)[1:] == [["Køge", PERCENT, "1.250,5"], ["Greve", "", "0,5"]]


def test_a_table_on_the_page_shows_a_budget_as_a_number(budgets, monkeypatch):
    drawn = []
    monkeypatch.setattr(blocks.st, "dataframe", lambda styled, **_: drawn.append(styled))
    blocks.plain_table(budgets)

    html = drawn[0].to_html()
    assert PERCENT in html.replace("&nbsp;", NO_BREAK)
    assert "1.250,5" in html
    assert "125050" not in html


def test_a_figure_that_is_kept_knows_which_columns_are_shares(budgets, report):
    kept = frozen_figure.freeze(report, budgets)

    assert frozen_figure.words(kept) == [["Køge", PERCENT, "1.250,5"], ["Greve", "", "0,5"]]
    assert [type(value) for value in frozen_figure.numbers(kept)[0]] == [str, Share, float]


def test_a_figure_from_before_columns_said_so_has_no_fractions_but_shares():
    assert frozen_figure.words({"columns": ["Enhed", "Andel"], "rows": [["Køge", 0.617]]}) == [
        ["Køge", PERCENT]
    ]


def test_only_a_share_is_written_in_per_cent_in_the_log():
    assert in_words(None, CRITERION, "target", 0.617) == PERCENT
    assert in_words(None, CRITERION, "text", 1250.5) == "1.250,5"


def test_a_share_is_from_none_to_all():
    limits = get_args(TypedShare)[1]

    assert (limits.ge, limits.le) == (0, 1)
    with pytest.raises(ValueError, match="target"):
        CriterionForm(partnership_id=1, text="Mål", survey="student", question="S01", target=1.5)


@pytest.fixture
def report():
    from datetime import date
    from types import SimpleNamespace

    origin = SimpleNamespace(source="Afprøvning", release=1, released_on=date(2026, 1, 1))
    return SimpleNamespace(title="Budget", selection=SimpleNamespace(describe=lambda: "Køge"), origin=origin)
