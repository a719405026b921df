"""Text files to rows: every encoding and separator seen in real exports, and files that must be refused."""

import pytest

from data_access.imports.files import read_files
from data_access.imports.tables import as_table
from data_access.problems import ImportProblem

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
        (TEXT.encode("utf-16-le"), "ikke en tekstfil"),
        (b"a;b\n1\x00;2\n", "ikke en tekstfil"),
        (b"\xff\xfea", "ukendt tegnsæt"),
        (b"\xff\xfe\x00\xd8\x41\x00", "ukendt tegnsæt"),
        (b'a;b\n1;"aldrig lukket\n2;3\n', "fra linje 2"),
        (b"a;b\n" + b"x" * 200_000 + b";2\n", "alt for langt"),
        (b"", "er tom"),
        (b" \r\n", "er tom"),
        (b"<html><table><tr><td>a</td></tr></table></html>", "webside"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "gamle Excel-format"),
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


@pytest.mark.parametrize("row", ["1;2;3", "1"])
def test_a_row_with_a_field_too_many_or_too_few_is_named_and_never_shifted(sheet, row):
    with pytest.raises(ImportProblem, match=r"linje 3: \d felter, men 2 overskrifter"):
        as_table(sheet("svar.csv", f"a;b\n1;2\n{row}\n"))


def test_empty_fields_after_the_last_heading_are_cut(sheet):
    assert as_table(sheet("svar.csv", "a;b;\n1;2;\n3;4;;\n")).columns == {"a": ["1", "3"], "b": ["2", "4"]}


@pytest.mark.parametrize("headings", ["Score;Score", "Score;score "])
def test_two_columns_with_the_same_heading_are_refused(sheet, headings):
    with pytest.raises(ImportProblem, match="mere end én gang"):
        as_table(sheet("svar.csv", f"{headings}\n1;2\n"))


def test_a_column_with_content_but_no_heading_is_refused(sheet):
    with pytest.raises(ImportProblem, match=r"nr\. 2 har indhold"):
        as_table(sheet("svar.csv", "a;;b\n1;2;3\n"))
