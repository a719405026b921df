"""Text files to rows: every encoding and separator seen in real exports, and files that must be refused."""

import pytest

from data_access.imports.files import read_files
from data_access.imports.tables import as_table
from data_access.problems import ImportProblem

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXT = 'navn;by\r\n"Østergård; Åse";Ærø\r\n'


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (TEXT.encode("cp1252"), "European"),
        (TEXT.replace(";", ",").replace("rd, Å", "rd; Å").encode("cp1252"), "comma"),
        (
            b"\xff\xfe" + TEXT.replace(";", "\t").replace("rd\t Å", "rd; Å").encode("utf-16-le"),
            "international",
        ),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "big-endian"),
        (TEXT.encode("utf-8"), "UTF-8"),
        (TEXT.encode("utf-8-sig"), "UTF-8 with mark"),
        (TEXT.replace("\r\n", "\n").encode(), "LF"),
        (TEXT.replace("\r\n", "\r").encode(), "CR"),
        (TEXT.encode("utf-16-le"), "without its mark"),
        (TEXT.encode("utf-16-be"), "big-endian without its mark"),
        (b"\xef\xbb\xbf" + TEXT.encode("utf-8-sig"), "two marks"),
        (
            TEXT.replace("\r\n", "\n", 1).encode() + b"\x1a",
            "mixed line ends, and the end mark of old programs",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_danish_letters_and_quoted_separators_survive(sheet, content, form):
    assert sheet("svar.csv", content).rows == [["navn", "by"], ["Østergård; Åse", "Ærø"]], form


def test_letters_made_of_two_signs_become_one(sheet):
    assert sheet("svar.csv", "by\nA\u030arhus\n").rows[1] == ["Århus"]


def test_the_separator_is_counted_outside_quotes(sheet):
    assert sheet("svar.csv", '"a, b, c, d";x\n1;2\n').rows[0] == ["a, b, c, d", "x"]


def test_a_row_is_numbered_by_its_first_line_in_the_file(sheet):
    assert sheet("svar.csv", 'a;b\n"to\nlinjer";1\n\n2;3\n').numbers == [1, 2, 5]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (TEXT.encode("mac-roman"), "ukendt tegnsæt"),
        (TEXT.encode("cp850"), "ukendt tegnsæt"),
        (b"a;b\r\n\x81;\xe6\r\n", "ukendt tegnsæt"),
        ("Næstved;5\r\n".encode("cp865"), "ukendt tegnsæt"),
        (TEXT.encode("utf-32-le"), "ikke en tekstfil"),
        (b"a;b\n1\x00;2\n", "ikke en tekstfil"),
        (b"a;b\n\x00\x00\x00\x00", "ikke en tekstfil"),
        (b"\xff\xfea", "ukendt tegnsæt"),
        (b"\xff\xfe\x00\xd8\x41\x00", "ukendt tegnsæt"),
        (b'a;b\n1;"aldrig lukket\n2;3\n', "fra linje 2"),
        (b"a;b\n" + b"x" * 200_000 + b";2\n", "alt for langt"),
        (b"", "er tom"),
        (b" \r\n", "er tom"),
        (b"<html><table><tr><td>a</td></tr></table></html>", "webside"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><office:document/>", "i Excel eller LibreOffice"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "webside"),
        (b'"a;b"\r\n"1;2"\r\n"3;4"\r\n', "hver linje som ét felt i anførselstegn"),
        (b'"a,b,c"\n"1,""x"",3"\n', "hver linje som ét felt i anførselstegn"),
        (OLE, r"gamle Excel-format \(\.xls\)"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "låst med adgangskode"),
        (OLE + "WordDocument".encode("utf-16-le"), "Word-dokument"),
    ],
)
def test_a_text_file_that_cannot_be_trusted_is_refused(sheet, content, said):
    with pytest.raises(ImportProblem, match=said):
        sheet("svar.csv", content)


def test_a_file_of_another_kind_is_refused(sheet):
    with pytest.raises(ImportProblem, match="hverken et regneark"):
        sheet("svar.pdf", b"%PDF-1.7")


def test_a_missing_file_is_named_without_its_path(tmp_path):
    with pytest.raises(ImportProblem, match=r"^Filen 'findes-ikke\.csv' findes ikke\.$"):
        read_files([tmp_path / "findes-ikke.csv"])


def test_a_row_with_a_field_too_many_is_named_and_never_shifted(sheet):
    with pytest.raises(ImportProblem, match=r"linje 3: 3 felter, men 2 overskrifter"):
        as_table(sheet("svar.csv", "a;b\n1;2\n1;2;3\n"))


def test_last_separators_may_be_missing_and_it_is_told(sheet):
    table = as_table(sheet("svar.csv", "a;b;c\n1;2;3\n1;2\n1\n"))
    assert table.columns == {"a": ["1", "1", "1"], "b": ["2", "2", ""], "c": ["3", "", ""]}
    assert table.warnings == (
        "Fil 'svar.csv': 2 rækker med færre felter end overskrifter; de sidste felter er læst som tomme "
        "(linje 3, 4).",
    )


SEPARATED = {
    "commas in the headings": ("Ro, tid og plads?;Ros, råd, hjælp, støtte og mål?", ["1;2"] * 3, ";"),
    "commas in headings and decimals": ("Ro, tid?;Andel;Ja, nej", ["1;2,5;3"] * 3, ";"),
    "decimal commas": ("a;b", ["1,5;2,5"] * 3, ";"),
    "decimal commas and missing last separators": ("a;b;c", ["1;2,5;3", "1;2,5", "1;2,5"], ";"),
    "semicolons in the headings": ('"Ro; tid; plads",b,c', ["1,2,3"] * 3, ","),
    "semicolons in a comment": ("a,b", ["1,god; venlig; flink; rolig"] * 3, ","),
    "tabs": ("a, b og c; d\te", ["1\t2,5"] * 3, "\t"),
    "pipes": ("a, b, c|d", ["1|2,5"] * 3, "|"),
    "one separator too many in the rows": ("Ro, tid og plads?;b", ["1;2;"] * 3, ";"),
    "a title over the headings": ("Rapport, uge 1, 2, 3 og 4", ["a;b;c", "1;2;3", "1;2;3"], ";"),
}


@pytest.mark.parametrize(("first", "rows", "separator"), SEPARATED.values(), ids=SEPARATED)
def test_the_separator_is_what_gives_the_rows_as_many_fields_as_the_headings(sheet, first, rows, separator):
    read = sheet("svar.csv", "\n".join([first, *rows])).rows
    assert read[1:] == [row.split(separator) for row in rows]


def test_one_column_needs_no_separator(sheet):
    assert sheet("svar.csv", "Svar, ja eller nej\nja\nnej\n").rows == [
        ["Svar, ja eller nej"],
        ["ja"],
        ["nej"],
    ]


@pytest.mark.parametrize("said", ["sep=;", "SEP=;", '"sep=;"', "sep=;;;", "\ufeffsep=;"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_the_line_with_which_excel_is_told_of_the_separator_is_no_row(sheet, said, line_end):
    read = sheet("svar.csv", line_end.join([said, "a, b, c;d", "1;2", ""]))
    assert (read.numbers, read.rows) == ([2, 3], [["a, b, c", "d"], ["1", "2"]])


@pytest.mark.parametrize("sign", [",", "\t", "|"])
def test_any_separator_may_be_told_of(sheet, sign):
    assert sheet("svar.csv", f"sep={sign}\na;x{sign}b\n1;x{sign}2\n").rows == [["a;x", "b"], ["1;x", "2"]]


@pytest.mark.parametrize(
    "signs", ["–", "”ja”", "‘ja’", "5 €", "it’s", "2 × ½", "…", "\u00a0", "« »", "Müller"]
)
def test_a_file_of_windows_may_have_no_danish_letter(sheet, signs):
    assert sheet("svar.csv", f"a;b\r\n{signs};2\r\n".encode("cp1252")).rows[1] == [signs, "2"]


def test_letters_that_another_program_has_spoilt_are_told_of_where_they_are_read(sheet):
    mixed = sheet("svar.csv", b"by;tekst\r\n" + "Køge;a\r\n".encode("cp1252") + "Køge;b\r\n".encode())
    with pytest.raises(ImportProblem, match="linje 3, kolonne 'by': Bogstaver er gået tabt"):
        as_table(mixed).refuse_faults(["by"])
    as_table(mixed).refuse_faults(["tekst"])


@pytest.mark.parametrize(
    "rows",
    [
        '1;2;"god\n1;2;dårlig\n1;2;fin"',
        '1;"2;god\n1;2";fin',
        '"1;2;god\n1;2;fin"',
        '1;"2;god\n1;2;fin"',
        '1;"2;x\r\n1";2;y',
    ],
)
def test_two_stray_quotes_never_swallow_the_rows_between_them(sheet, rows):
    with pytest.raises(ImportProblem, match="linje 2: Et felt i anførselstegn går over flere linjer"):
        sheet("svar.csv", f"a;b;c\n{rows}\n1;2;3\n")


def test_a_comment_of_several_lines_is_one_field(sheet):
    read = sheet("svar.csv", 'a;b;c\n1;2;"god; venlig\nog\nflink"\n1;2;fin\n')
    assert (read.numbers, read.rows[1][2]) == ([1, 2, 5], "god; venlig\nog\nflink")


def test_a_number_written_as_a_formula_keeps_its_zero(sheet):
    assert sheet("svar.csv", 'a;b\n="0101";"=""0102"""\n').rows[1] == ["0101", "0102"]


def test_lines_of_blanks_and_separators_are_no_rows(sheet):
    assert sheet("svar.csv", "\n;;\n a;b\n ; \n1;2\n").numbers == [3, 5]


def test_a_decimal_comma_between_commas_is_told_of(sheet):
    with pytest.raises(ImportProblem, match="fx som decimalkomma") as problem:
        as_table(sheet("svar.csv", "a,b\n1,2,5\n3,2,5\n"))
    assert "linje 2, 3: 3 felter, men 2 overskrifter." in str(problem.value)


def test_rows_that_do_not_fit_are_one_fault_whatever_their_number_and_width(sheet):
    rows = "".join(f"{number},2,5{',5' * (number % 3)}\n" for number in range(60))
    with pytest.raises(ImportProblem) as problem:
        as_table(sheet("svar.csv", f"a,b\n{rows}"))
    assert str(problem.value).count("\n- ") == 1
    assert "linje 2, 3, 4, 5, 6 … (i alt 60): 3-5 felter, men 2 overskrifter." in str(problem.value)


def test_a_title_over_the_headings_is_told_of(sheet):
    with pytest.raises(
        ImportProblem, match="Står overskrifterne i første række uden titel over sig"
    ) as problem:
        as_table(sheet("svar.csv", "Rapport\n\na;b\n1;2\n"))
    assert "linje 3, 4: 2 felter, men 1 overskrift." in str(problem.value)


def test_a_text_file_by_another_name_is_told_what_to_be_called(sheet):
    with pytest.raises(ImportProblem, match=r"giv den navnet \.csv"):
        sheet("svar.xls", "a\tb\n1\t2\n")


def test_empty_fields_after_the_last_heading_are_cut(sheet):
    assert as_table(sheet("svar.csv", "a;b;\n1;2;\n3;4;;\n")).columns == {"a": ["1", "3"], "b": ["2", "4"]}


@pytest.mark.parametrize("headings", ["Score;Score", "Score;score "])
def test_two_columns_with_the_same_heading_are_refused(sheet, headings):
    with pytest.raises(ImportProblem, match="mere end én gang"):
        as_table(sheet("svar.csv", f"{headings}\n1;2\n"))


def test_a_column_with_content_but_no_heading_is_refused(sheet):
    with pytest.raises(ImportProblem, match=r"nr\. 2 har indhold"):
        as_table(sheet("svar.csv", "a;;b\n1;2;3\n"))
