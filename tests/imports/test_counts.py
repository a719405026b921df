"""Tables of percentages and counts to counted groups."""

from datetime import date, datetime, time, timedelta
from fractions import Fraction

import pytest
from openpyxl import Workbook

from data_access.imports.counts import largest_remainder
from data_access.problems import ImportProblem
from tests.imports.made_files import COUNTS_HEADINGS, COUNTS_MAPPING, workbook, written

AS_COUNTS = COUNTS_MAPPING.replace('unit = "percent"', 'unit = "count"')


def run(desk, *rows: str, mapping: str = COUNTS_MAPPING):
    return desk.run(mapping, desk.csv(COUNTS_HEADINGS + "\n".join(rows)))


def tally(desk) -> list[int]:
    return list(desk.groups()[0].tallies["S01"].values())


@pytest.mark.parametrize(
    ("shares", "total", "counts"),
    [
        ([10, 20, 30, 20, 20], 10, [1, 2, 3, 2, 2]),
        ([33, 33, 33], 10, [4, 3, 3]),
        ([33, 33, 34], 10, [3, 3, 4]),
        ([40, 40, 21], 5, [2, 2, 1]),
        ([0, 100], 7, [0, 7]),
    ],
)
def test_percentages_become_counts_that_add_up(shares, total, counts):
    assert largest_remainder([Fraction(share) for share in shares], total) == counts


def test_a_group_keeps_its_counts_answers_and_invited(desk):
    report = run(desk, "Køge;Pædagog;Absalon;41;50;40;10;20;30;20;20")
    group = desk.groups()[0]
    assert (group.place, group.education_id, group.institution_id) == ("kommune:0259", "paedagog", "absalon")
    assert (group.invited, group.answers) == (82, 41)
    assert group.tallies == {"S01": {"5": 4, "4": 8, "3": 12, "2": 8, "1": 8}}
    assert (report.groups, report.invited, report.answers) == (1, 82, 41)


@pytest.mark.parametrize("form", ["12,5", "12.5", "12,50 %", "12,5\u00a0%"])
def test_decimals_with_comma_or_dot_are_the_same(desk, form):
    run(desk, f"Køge;Pædagog;;40;50;40;{form};{form};25;25;25")
    assert tally(desk) == [5, 5, 10, 10, 10]


def test_decimals_in_a_workbook_are_never_taken_for_thousands(desk):
    rows = [COUNTS_HEADINGS.strip().split(";"), ["Køge", "Pædagog", "", 8, 50, 8, 12.125, 12.875, 25, 25, 25]]
    desk.run(COUNTS_MAPPING, written(desk.folder / "tal.xlsx", workbook({"Tal": rows})))
    assert tally(desk) == [1, 1, 2, 2, 2]


@pytest.mark.parametrize(
    "value",
    [
        "1.234",
        "1.234,5",
        "1,234.5",
        "1 234",
        "1'234",
        "50 %%",
        "% 50",
        "x",
        "1e1",
        "inf",
        "NaN",
        "1_0",
        "١٢",
        "１２",
        "1 0",
        "--",
    ],
)
def test_what_is_not_plainly_one_number_is_refused(desk, value):
    with pytest.raises(ImportProblem, match="linje 2, kolonne 'a'"):
        run(desk, f"Køge;Pædagog;;40;50;40;{value};20;30;20;20")


def formatted(desk, *columns: str, cells: dict[str, object], mapping: str = COUNTS_MAPPING):
    """A workbook with one group; the columns are shown in per cent."""
    row = {"Kommune": "Køge", "Uddannelse": "Pædagog", "Sted": None} | cells
    book = Workbook()
    book.active.append(list(row))
    book.active.append(list(row.values()))
    for number, heading in enumerate(row, start=1):
        if heading in columns:
            book.active.cell(2, number).number_format = "0%"
    book.save(desk.folder / "tal.xlsx")
    return desk.run(mapping, desk.folder / "tal.xlsx")


SHARES = {"Svar": 40, "Pct": 0.5, "n": 40, "a": 0.1, "b": 0.2, "c": 0.3, "d": 0.2, "e": 0.2}
COUNTED = SHARES | {"a": 4, "b": 8, "c": 12, "d": 8, "e": 8}


def test_per_cents_shown_with_a_percent_sign_in_a_workbook_are_what_they_show(desk):
    report = formatted(desk, "Pct", *"abcde", cells=SHARES)
    assert (report.answers, report.invited, tally(desk)) == (40, 80, [4, 8, 12, 8, 8])


def test_a_response_rate_shown_with_a_percent_sign_is_never_a_hundredth(desk):
    report = formatted(desk, "Pct", cells=COUNTED | {"Pct": 1}, mapping=AS_COUNTS)
    assert report.invited == 40


@pytest.mark.parametrize("rate", ["0,5", "0.75", "1", "1,0"])
def test_a_rate_that_may_be_a_fraction_is_refused(desk, rate):
    with pytest.raises(ImportProblem, match=f"kolonne 'Pct': Er '{rate}' en brøk i stedet for procent"):
        run(desk, f"Køge;Pædagog;;40;{rate};40;10;20;30;20;20")


def test_half_a_per_cent_may_be_written_with_its_sign(desk):
    run(desk, "Køge;Pædagog;;40;0,5 %;40;10;20;30;20;20")
    assert desk.groups()[0].invited == 8000


@pytest.mark.parametrize("heading", ["Svar", "n", "a"])
@pytest.mark.parametrize("form", ["40 %", "40%", "40\u00a0%", "0,4 %"])
def test_a_per_cent_is_never_a_count(desk, heading, form):
    headings = COUNTS_HEADINGS.strip().split(";")
    cells = ["Køge", "Pædagog", "", "40", "50", "40", "4", "8", "12", "8", "8"]
    cells[headings.index(heading)] = form
    with pytest.raises(ImportProblem, match=f"kolonne '{heading}': '.*%' er en procent, ikke et antal"):
        run(desk, ";".join(cells), mapping=AS_COUNTS)


@pytest.mark.parametrize("heading", ["Svar", "n", "a"])
def test_a_count_that_a_workbook_shows_in_per_cent_is_refused(desk, heading):
    with pytest.raises(ImportProblem, match=f"kolonne '{heading}': '.*00 %' er en procent, ikke et antal"):
        formatted(desk, heading, cells=COUNTED | {"Pct": 50}, mapping=AS_COUNTS)


def test_the_number_invited_is_never_a_per_cent(desk):
    mapping = AS_COUNTS.replace('rate_percent = "Pct"', 'invited = "Pct"')
    with pytest.raises(ImportProblem, match="kolonne 'Pct': '5000 %' er en procent, ikke et antal"):
        formatted(desk, "Pct", cells=COUNTED | {"Pct": 50}, mapping=mapping)


@pytest.mark.parametrize(
    "count", ["1,000", "2,000", "1.000", "1,000,000", "1 000", "1\u00a0000", "1'000", "1,234"]
)
def test_a_count_with_what_may_be_thousands_is_refused(desk, count):
    with pytest.raises(ImportProblem, match=r"kolonne 'Svar': '.*' kan læses på to måder"):
        run(desk, f"Køge;Pædagog;;{count};50;40;10;20;30;20;20")


def test_three_decimals_of_a_per_cent_are_decimals(desk):
    run(desk, "Køge;Pædagog;;40;50,000;40;10,000;20,125;29,875;20,000;20,000 %")
    assert tally(desk) == [4, 8, 12, 8, 8]


@pytest.mark.parametrize(
    "cell", [True, date(2026, 1, 5), datetime(2026, 1, 5, 8), time(8, 5), timedelta(hours=30)]
)
def test_yes_and_dates_are_no_numbers(desk, cell):
    with pytest.raises(ImportProblem, match=r"kolonne 'Svar': '.*' er ikke et tal"):
        formatted(desk, cells=COUNTED | {"Svar": cell, "Pct": 50}, mapping=AS_COUNTS)


@pytest.mark.parametrize("last", ["17", "23", "19"])
def test_rounded_percentages_are_accepted(desk, last):
    run(desk, f"Køge;Pædagog;;100;50;100;10;20;30;20;{last}")
    assert sum(tally(desk)) == 100


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("40;50;40;10;20;30;20;10", "kolonne 'n': Procenterne giver 90 tilsammen, ikke 100"),
        ("40;50;40;0,1;0,2;0,3;0,2;0,2", "Er det brøker i stedet for procent"),
        ("40;50;39,5;10;20;30;20;20", "'39,5' er ikke et helt antal"),
        ("40;50;;10;20;30;20;20", "Antallet af svar mangler"),
        ("40;50;40;10;;30;20;40", "mangler tal eller er negativt"),
        ("40;50;40;-10;40;30;20;20", "mangler tal eller er negativt"),
        ("39;50;40;10;20;30;20;20", "Flere svar på spørgsmålet end besvarelser"),
        ("40;0;40;10;20;30;20;20", "Svarprocenten skal ligge mellem 0 og 100"),
        ("40;101;40;10;20;30;20;20", "Svarprocenten skal ligge mellem 0 og 100"),
        ("-4;50;40;10;20;30;20;20", "'-4' er ikke et helt antal"),
    ],
)
def test_figures_that_do_not_fit_are_refused_with_their_place(desk, row, said):
    with pytest.raises(ImportProblem, match="linje 2") as problem:
        run(desk, f"Køge;Pædagog;;{row}")
    assert said in str(problem.value)


@pytest.mark.parametrize("n", ["10000001", "9" * 30, "9" * 5000])
@pytest.mark.parametrize(("column", "place"), [("Svar", 0), ("n", 2)])
def test_an_absurd_number_is_refused_with_its_place(desk, n, column, place):
    cells = ["40", "50", "40", "10", "20", "30", "20", "20"]
    cells[place] = n
    with pytest.raises(ImportProblem, match=rf"linje 2, kolonne '{column}': .* Højst 10 millioner"):
        run(desk, f"Køge;Pædagog;;{';'.join(cells)}")


def test_an_absurdly_low_rate_is_refused(desk):
    with pytest.raises(ImportProblem, match="kolonne 'Pct': Svarprocenten er for lav"):
        run(desk, "Køge;Pædagog;;40;0,00000000001 %;40;10;20;30;20;20")


def test_more_decimals_than_anybody_writes_are_not_a_number(desk):
    with pytest.raises(ImportProblem, match="er ikke et tal"):
        run(desk, f"Køge;Pædagog;;40;50;40;10,{'0' * 5000};20;30;20;20")


def test_counts_are_taken_as_they_are(desk):
    run(desk, "Køge;Pædagog;;40;50;40;4;8;12;8;8", mapping=AS_COUNTS)
    assert tally(desk) == [4, 8, 12, 8, 8]


@pytest.mark.parametrize("last", ["7", "8,5"])
def test_counts_that_do_not_add_up_to_n_are_refused(desk, last):
    with pytest.raises(ImportProblem, match="tilsammen, ikke 40"):
        run(desk, f"Køge;Pædagog;;40;50;40;4;8;12;8;{last}", mapping=AS_COUNTS)


def test_a_question_without_figures_is_absent_and_a_row_without_any_is_counted(desk):
    report = run(desk, "Køge;Pædagog;;40;50;" + ";".join(["Ingen data"] * 6), "Greve;Pædagog;;;;;;;;;")
    assert [(group.answers, group.tallies) for group in desk.groups()] == [(40, {})]
    assert report.left_out == {"ingen tal": 1}


@pytest.mark.parametrize(("last", "sum_is"), [("17,5", "97,5"), ("20,4", "100,4"), ("17", "97")])
def test_percentages_with_a_decimal_must_add_up_to_the_decimal(desk, last, sum_is):
    with pytest.raises(ImportProblem, match=f"Procenterne giver {sum_is} tilsammen"):
        run(
            desk,
            "Greve;Pædagog;;40;50;40;12,5;12,5;25;25;25",
            f"Køge;Pædagog;;100;50;100;10;20;30;20;{last}",
        )


@pytest.mark.parametrize("thirds", ["33,3;33,3;33,3;0;0", "33.333333333;33.333333333;33.333333333;0;0"])
def test_rounded_decimals_are_accepted(desk, thirds):
    run(desk, f"Køge;Pædagog;;9;50;9;{thirds}")
    assert tally(desk) == [3, 3, 3, 0, 0]


EQUAL_ROWS = (
    "Køge;Pædagog;Absalon;30;50;30;10;20;30;20;20",
    "Greve;Pædagog;;30;50;30;10;20;30;20;20",
    "Køge;Pædagog;Absalon;30;50;30;10;20;30;20;20",
)


def test_equal_rows_for_the_same_group_are_refused(desk):
    with pytest.raises(ImportProblem, match=r"linje 2, 4: Samme sted, .* med ens tal"):
        run(desk, *EQUAL_ROWS)


def test_equal_rows_with_a_written_reason_count_once_and_the_report_repeats_it(desk):
    reason = '\n[duplicates]\nreason = "samme gruppe står på to ark"\n[counts]'
    report = run(desk, *EQUAL_ROWS, mapping=COUNTS_MAPPING.replace("\n[counts]", reason))
    assert [group.answers for group in desk.groups()] == [30, 30]
    assert report.duplicates[0].startswith("Fil 'svar.csv', linje 2, 4: Samme sted")
    assert "samme gruppe står på to ark" in "\n".join(report.lines())


def test_equal_parts_of_one_whole_are_added(desk):
    text = COUNTS_MAPPING.replace('unit = "percent"', 'unit = "percent"\nsum_duplicates = true')
    run(desk, *EQUAL_ROWS, mapping=text)
    assert [group.answers for group in desk.groups()] == [60, 30]


def test_different_rows_for_the_same_group_are_refused_unless_they_may_be_added(desk):
    rows = ["Køge;Pædagog;;40;50;40;10;20;30;20;20", "Køge;Pædagog;;10;50;10;10;20;30;20;20"]
    with pytest.raises(ImportProblem, match=r"linje 2, 3: .* forskellige tal"):
        run(desk, *rows)
    run(
        desk,
        *rows,
        mapping=COUNTS_MAPPING.replace('unit = "percent"', 'unit = "percent"\nsum_duplicates = true'),
    )
    assert (desk.groups()[0].invited, desk.groups()[0].answers) == (100, 50)
    assert tally(desk) == [5, 10, 15, 10, 10]


def test_invited_may_have_a_column_of_its_own(desk):
    mapping = COUNTS_MAPPING.replace('rate_percent = "Pct"', 'invited = "Pct"')
    run(desk, "Køge;Pædagog;;40;50;40;10;20;30;20;20", mapping=mapping)
    assert desk.groups()[0].invited == 50
    with pytest.raises(ImportProblem, match="flere besvarelser end inviterede"):
        run(desk, "Køge;Pædagog;;40;39;40;10;20;30;20;20", mapping=mapping)


def test_a_table_without_numbers_of_answers_does_not_say_that_there_are_none(desk):
    start, end = COUNTS_MAPPING.index("[counts.response]"), COUNTS_MAPPING.index("[counts.questions.S01]")
    file = desk.csv(COUNTS_HEADINGS + "Køge;Pædagog;;40;50;40;10;20;30;20;20\n")
    lines = desk.run(COUNTS_MAPPING[:start] + COUNTS_MAPPING[end:], file).lines()
    assert "Besvarelser: ukendt" in lines
    assert "Besvarelser: 40 (svarprocent 50,0\u00a0%)" in desk.run(COUNTS_MAPPING, file).lines()


def test_per_cents_that_so_few_answers_cannot_give_are_told_with_question_and_row(desk):
    rows = "Køge;Pædagog;;3;50;3;50;50;0;0;0\nGreve;Pædagog;;3;50;3;67;33;0;0;0\nGreve;Sygeplejerske;;7;50;7;14;29;43;14;0\n"
    report = desk.run(COUNTS_MAPPING, desk.csv(COUNTS_HEADINGS + rows))
    told = [warning for warning in report.warnings if "procenterne kan ikke komme af" in warning]
    assert told == [
        "S01: Fil 'svar.csv', linje 2, kolonne 'n': procenterne kan ikke komme af så få svar. Er det det rette n?"
    ]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("40;50;40;1.234;20;30;20;20", "kan læses på to måder"),
        ("40;50;1.234;10;20;30;20;20", "kan læses på to måder"),
        ("40;50;40 %;10;20;30;20;20", "er en procent"),
        ("40;50;40,5;10;20;30;20;20", "er ikke et helt antal"),
    ],
)
def test_a_cell_that_is_no_number_is_told_once(desk, cells, said):
    with pytest.raises(ImportProblem, match=said) as problem:
        desk.run(COUNTS_MAPPING, desk.csv(f"{COUNTS_HEADINGS}Køge;Pædagog;;{cells}\n"))
    assert str(problem.value).count("\n- ") == 1


def test_a_hidden_number_is_refused_with_what_to_write(desk):
    row = "Køge;Pædagog;;40;50;<5;10;20;30;20;20\n"
    with pytest.raises(
        ImportProblem, match=r"'<5' er ikke et tal. .*\"<5\" under missing i \[values\]"
    ) as problem:
        desk.run(COUNTS_MAPPING, desk.csv(COUNTS_HEADINGS + row))
    assert str(problem.value).count("\n- ") == 1
