"""The sheets for work, pivoted in every way there is: a sum is right, or the lines say that there is none."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import combinations

import pandas as pd
import pytest

from data_access.dashboard import queries
from data_access.publishing import releases
from indicators.figure import Bound, share_only
from tests.conftest import MadeStores
from tests.exports.conftest import STUDENTS, Taken
from tests.made_up import LITTLE, SOCIAL_WORK, VERY_MUCH, add_round, add_sheets
from views.documents import data_columns, response_rows
from views.documents.everything import everything
from views.documents.files import workbook

SUM_GROUP, ANSWERS = "Sumgruppe", "Svar, viste steder"
AT_LEAST, AT_MOST = "Enige, viste steder (mindst)", "Enige, viste steder (højst)"
FIELDS = (
    *("År", "Enhedstype", "Enhed", "Uddannelse", "Institution", "Tema", "Spørgsmål"),
    *("Vurdering mod alle andre", "Vurdering mod forventet andel", "Status"),
)
"""What somebody may drag to the filters, rows and columns of a pivot table."""
LARGE, UNANIMOUS = "kommune:0101", [f"kommune:{code}" for code in ("0201", "0210", "0217", "0219", "0223")]


def read(content: bytes, sheet: str = "") -> pd.DataFrame:
    if sheet:
        return pd.read_excel(BytesIO(content), sheet_name=sheet)
    return pd.read_csv(BytesIO(content), sep=";", decimal=",", encoding="utf-8-sig")


def pivots(lines: pd.DataFrame, sums: Sequence[str]) -> Iterator[pd.DataFrame]:
    """Every pivot table: its cells with their sums, and the first and last Sumgruppe of what they add up.

    A filter is a field of which one value is looked at; a field of one value divides nothing. Lines without
    a Sumgruppe add nothing.
    """
    added = lines[lines[SUM_GROUP].notna()]
    divide = [field for field in FIELDS if field in added and added[field].nunique(dropna=False) > 1]
    fields = {field: pd.factorize(added[field])[0] for field in divide}
    groups, names = pd.factorize(added[SUM_GROUP])
    coded = added[list(sums)].assign(**fields, first=groups, last=groups)
    how = {**dict.fromkeys(sums, "sum"), "first": "min", "last": "max"}
    for many in range(1, len(fields) + 1):
        for chosen in combinations(fields, many):
            cells = coded.groupby(list(chosen)).agg(how)
            yield cells.assign(group=names[cells["first"]], can_be_added=cells["first"] == cells["last"])


def published_totals(lines: pd.DataFrame, *shown: str, unit: str = "alle") -> pd.DataFrame:
    """What is published of the whole country, or of a unit, as one line for each Sumgruppe."""
    everything = lines[["Uddannelse-id", "Institution-id"]].eq("alle").all(axis=1)
    every = lines[everything & lines["Enhed-id"].eq(unit)]
    of_question = "|" + every["Spørgsmål-id"] if "Spørgsmål-id" in every else ""
    group = every["Spørgeskema-id"] + "|" + every["År"].astype(str) + of_question
    return every.set_index(group)[list(shown)]


def whole(taken: Taken) -> pd.DataFrame:
    return read(taken.files["alt.csv"])


def test_whatever_a_pivot_table_adds_up_agrees_with_the_published_total_or_is_marked(taken):
    lines = whole(taken)
    total = published_totals(lines, "Antal svar", "Antal enige")
    marked = right = 0
    for cells in pivots(lines, (ANSWERS, AT_LEAST, AT_MOST)):
        marked += (~cells["can_be_added"]).sum()
        added = cells[cells["can_be_added"]]
        beside = total.loc[added["group"]].set_axis(added.index)
        others = beside["Antal svar"] - added[ANSWERS]
        assert (others >= 0).all(), "an answer is counted twice"
        assert (added[AT_LEAST] <= beside["Antal enige"]).all()
        assert (beside["Antal enige"] <= added[AT_MOST] + others).all()
        right += len(added)

    assert min(marked, right) > 1_000


def test_all_the_places_of_a_question_give_the_country_s_share(taken):
    lines = whole(taken)
    total = published_totals(lines, "Antal svar", "Antal enige", "Andel enige")
    private = published_totals(lines, "Antal svar", "Antal enige", unit="privat:alle")
    sums = lines.groupby(SUM_GROUP)[[ANSWERS, AT_LEAST, AT_MOST]].sum()

    assert set(sums.index) == set(total.index)
    answers = sums[ANSWERS] + private["Antal svar"]
    assert (answers / total["Antal svar"]).min() > 0.97  # the others are hidden
    for bound, apart in ((AT_LEAST, -0.005), (AT_MOST, 0.005)):
        share = (sums[bound] + private["Antal enige"]) / answers
        assert ((total["Andel enige"] - share) * apart <= apart**2).all()


def test_each_place_is_in_a_sum_once_and_nothing_that_overlaps_with_places_is(taken):
    lines = whole(taken)
    added = lines[lines[SUM_GROUP].notna()]

    assert set(added["Enhedstype"]) == {"Kommune", "Hospital"}
    assert set(added["Uddannelse-id"]) == set(added["Institution-id"]) == {"alle"}
    assert not added.duplicated([SUM_GROUP, "Enhed-id"]).any()
    rest = lines[lines[SUM_GROUP].isna()]
    assert rest[[ANSWERS, AT_LEAST, AT_MOST]].isna().all(axis=None)


def test_the_response_rate_of_places_that_are_added_up_is_of_those_whose_invited_are_known(taken):
    lines = read(taken.files["alt.xlsx"], everything.RESPONSES)
    assert lines[SUM_GROUP].isna().all()  # of one education, whose places are a part of all educations'
    lines = read(taken.files["Svarprocent.xlsx"], "Data")
    sums = "Besvarelser, viste steder", "Inviterede, viste steder"
    added = lines[lines[SUM_GROUP].notna()]

    assert len(added) > 10
    assert (added[list(sums)].to_numpy() == added[["Besvarelser", "Inviterede"]].to_numpy()).all()
    for cells in pivots(lines, sums):
        assert (cells[sums[0]] <= cells[sums[1]]).all()


@pytest.fixture(scope="module")
def once_published(own_stores: MadeStores) -> MadeStores:
    """København with 40 answers of which 24 agree, and five towns with nine of each education, who all agree."""
    with own_stores.filling() as (confidential, dashboard):
        a_round = add_round(confidential)
        for education in ({}, {"education": SOCIAL_WORK}):
            add_sheets(confidential, a_round, LARGE, {"S01": VERY_MUCH}, times=12, **education)
            add_sheets(confidential, a_round, LARGE, {"S01": LITTLE}, times=8, **education)
        for town in UNANIMOUS:
            add_sheets(confidential, a_round, town, {"S01": VERY_MUCH}, times=9)
        releases.publish(confidential, dashboard)
    return own_stores


def test_places_whose_share_is_a_bound_are_in_the_sum_and_do_not_bend_it(published, tmp_path):
    everything.csv(
        tmp_path / "alt.csv",
        everything.Published(published, queries.release_in_force(published), STUDENTS),
    )
    lines = read((tmp_path / "alt.csv").read_bytes())
    places = lines[lines[SUM_GROUP].notna() & (lines["Spørgsmål-id"] == "S01")]
    sums = places[[ANSWERS, AT_LEAST, AT_MOST]].sum()
    shown = published_totals(lines, "Antal enige", "Antal svar").loc["student|2025|S01"]

    assert set(places["Status"]) == {"Vist", "mindst 88 %".replace(" %", "\N{NO-BREAK SPACE}%")}
    assert sums.tolist() == [85, 24 + 5 * 8, 24 + 5 * 9]
    assert shown.tolist() == [69, 85]
    shares_alone = places["Antal enige"].sum() / places["Antal svar"].sum()
    assert shares_alone < sums[AT_LEAST] / sums[ANSWERS] <= 69 / 85 <= sums[AT_MOST] / sums[ANSWERS]


@pytest.mark.parametrize(
    ("favourable", "bound", "limits"),
    [(9, Bound.AT_LEAST, (8, 9)), (1, Bound.AT_MOST, (0, 1)), (5, None, (5, 5))],
)
def test_what_a_figure_adds_to_a_sum_is_what_is_shown_of_it(favourable, bound, limits):
    figure = share_only(9, favourable, 9)

    assert (figure.bound, figure.favourable_range) == (bound, limits)


def test_the_cover_names_the_columns_of_its_recipe():
    for heading in (SUM_GROUP, ANSWERS, AT_LEAST, AT_MOST):
        assert heading in workbook.ADDING_UP
        assert heading in data_columns.HEADINGS
    assert SUM_GROUP in response_rows.HEADINGS
