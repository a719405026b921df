"""The ministry's published table of percentages: a small one of the same shape, and the real one when it is there."""

import os
from pathlib import Path

import pytest

from data_access.imports.importing import import_round
from data_access.problems import ImportProblem
from tests.imports.made_files import workbook, written

MAPPING = Path(__file__).parents[2] / "sample_data" / "mappings" / "uddannelseszoom-2022.toml"
HEADINGS = [
    "Titel", "displaydocclass", "hovedinst", "hovedinsttx", "instkommune", "instkommunetx", "ensom_statusaar",
    "studbesvarelser_antal", "studbesvarelser_pct",
    "ensom_n", "ensom_altid", "ensom_ofte", "ensom_nogle", "ensom_sjaeldent", "ensom_aldrig",
    "stress_daglig_n", "stress_daglig_altid", "stress_daglig_ofte", "stress_daglig_nogle",
    "stress_daglig_sjaeldent", "stress_daglig_aldrig",
]  # fmt: skip
PB = "Professionsbacheloruddannelse"
VIA = [791413, "Professionshøjskolen VIA University College"]
ROWS = [
    [
        "Sygeplejerske",
        PB,
        *VIA,
        751,
        "Aarhus",
        "202110-202112",
        86,
        37,
        86,
        1,
        10,
        34,
        29,
        27,
        80,
        2,
        20,
        38,
        25,
        15,
    ],
    [
        "Bygningskonstruktør",
        PB,
        *VIA,
        615,
        "Horsens",
        "202110-202112",
        40,
        20,
        40,
        0,
        10,
        30,
        30,
        30,
        *[None] * 6,
    ],
    ["Pædagog", PB, *VIA, 707, "Norddjurs", "Ingen data", *[None] * 14],
    ["Sygeplejerske", PB, 999999, "Uddannelsen på landsplan", None, None, "202110-202112", *[86] * 14],
    [
        "Maskinmester",
        PB,
        101408,
        "Maskinmesterskolen København",
        970,
        "Uoplyst/ukendt",
        "Ingen data",
        *[None] * 14,
    ],
    [
        "Jura",
        "Bacheloruddannelse",
        101582,
        "Københavns Universitet",
        101,
        "København",
        "Ingen data",
        *[None] * 14,
    ],
]


def zoom(store, path):
    return import_round(store, [path], "zoom-2021", MAPPING)


def small(folder: Path, rows: list[list]) -> Path:
    sheets = {"UFM_samlet_23JUN2022": [HEADINGS, *rows], "Sheet1": [[], [], ["Row Labels"]]}
    return written(folder / "zoom.xlsx", workbook(sheets))


def test_professional_bachelors_are_read_and_all_other_rows_accounted_for(desk):
    report = zoom(desk.store, small(desk.folder, ROWS))
    assert report.rows_read == 6
    assert report.left_out == {
        "displaydocclass er ikke Professionsbacheloruddannelse": 1,
        "hovedinst er 999999": 1,
        "instkommunetx er Uoplyst/ukendt": 1,
        "ingen tal": 1,
    }
    nurses, builders = desk.groups()
    assert (nurses.place, nurses.education_id, nurses.institution_id) == (
        "kommune:0751",
        "sygeplejerske",
        "via",
    )
    assert (nurses.invited, nurses.answers) == (232, 86)
    assert [sum(tally.values()) for tally in nurses.tallies.values()] == [86, 80]
    assert list(builders.tallies) == ["ENSOM"]


def test_rows_for_the_same_group_with_other_figures_are_refused(desk):
    twice = [*ROWS[0][:7], 90, 37, *ROWS[0][9:]]
    with pytest.raises(ImportProblem, match="række 2, 8: Samme sted"):
        zoom(desk.store, small(desk.folder, [*ROWS, twice]))


@pytest.mark.skipif(
    "REAL_INPUT" not in os.environ, reason="REAL_INPUT does not point to the ministry's workbook"
)
def test_the_real_workbook_is_imported_with_every_row_accounted_for(desk):
    report = zoom(desk.store, Path(os.environ["REAL_INPUT"]))
    assert report.rows_read == 2215
    assert report.rows_read == report.groups + sum(report.left_out.values())
    assert (report.groups, report.left_out["ingen tal"]) == (235, 125)
    assert report.duplicates == ()
    by_name = {(group.place, group.education_id, group.institution_id): group for group in desk.groups()}
    assert len(by_name) == 235
    assert all(sum(t.values()) <= group.answers for group in desk.groups() for t in group.tallies.values())
    therapists = by_name["kommune:0219", "psykomotorik", "kp"]
    assert (therapists.invited, therapists.answers) == (232, 86)
    assert sum(therapists.tallies["ENSOM"].values()) == 86
