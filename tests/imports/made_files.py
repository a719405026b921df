"""Small made-up survey files in every form that the importer reads, built from code."""

import io
import re
import zipfile
from pathlib import Path

from openpyxl import Workbook

STRUCTURE = """\
questionName;variableName;questionType;subType;questionText;choiceValue;choiceText
respondentid;responde;Open;String;Respondent;;
email;email;Open;String;E-mail;;;
uddannelse;uddannel;Closed;Single;Uddannelse;;;
kommune;kommune;Closed;Single;Kommune;;;
s_12;s_12;Closed;Single;Samlet set er jeg tilfreds med praktikforløbet;;;
s_20;s_20_1;Closed;Multiple;Hvad fik du vejledning i?;3;Dokumentation;
s_20;s_20_2;Closed;Multiple;Hvad fik du vejledning i?;1;"Samarbejde; tværfagligt";
s_21;s_21;Open;String;Har du andre kommentarer?;;;
statoverall;stato_1;Closed;Multiple;Samlet status;1;Ny;
statoverall;stato_2;Closed;Multiple;Samlet status;2;Distribueret;
statoverall;stato_3;Closed;Multiple;Samlet status;3;Nogen svar;
statoverall;stato_4;Closed;Multiple;Samlet status;4;Gennemført;
statoverall;stato_5;Closed;Multiple;Samlet status;5;Frafaldet;
"""
LABELS = """\
uddannel;1;Sygeplejerske
uddannel;2;Pædagog
kommune;1;Ishøj
kommune;2;Køge
s_12;5;I meget høj grad
s_12;4;I høj grad
s_12;3;I nogen grad
s_12;2;I mindre grad
s_12;1;Slet ikke
s_12;9;Ved ikke
s_20_1;0;Ikke valgt
s_20_1;1;Valgt
"""
DATASET = """\
responde;email;uddannel;kommune;s_12;s_20_1;s_20_2;s_21;stato_1;stato_2;stato_3;stato_4;stato_5
1001;a@example.org;1;1;5;1;0;"God tid; god vejleder";0;0;0;1;0
1002;b@example.org;2;1;;0;0;;0;1;0;0;0
1003;c@example.org;2;2;9;0;1;;0;0;0;1;0
1004;d@example.org;1;2;4;0;0;;0;0;1;0;0
1005;e@example.org;1;2;;0;0;;0;0;1;0;0
1006;f@example.org;1;2;;0;0;;0;0;0;0;1
1007;g@example.org;1;2;;0;0;;1;0;0;0;0
"""

QUESTIONNAIRE = """
[questionnaire]
survey = "student"
name = "Praktikevaluering"
respondents = "studerende"
themes = [{ id = "vejledning", name = "Vejledning" }]
questions = [
    { id = "S01", theme = "vejledning", text = "Er du tilfreds?", short = "Tilfreds", scale = "grad" },
    { id = "S02", theme = "vejledning", text = "Fik du vejledning?", short = "Vejledning", scale = "valg" },
]
[[questionnaire.scales]]
id = "grad"
good_end = 5
options = [
    { value = 5, text = "I meget høj grad" },
    { value = 4, text = "I høj grad" },
    { value = 3, text = "I nogen grad" },
    { value = 2, text = "I mindre grad" },
    { value = 1, text = "Slet ikke" },
    { value = 9, text = "Ved ikke", in_base = false },
]
[[questionnaire.scales]]
id = "valg"
good_end = 1
top = 1
options = [{ value = 1, text = "Valgt" }, { value = 0, text = "Ikke valgt" }]
"""

SURVEYXACT_MAPPING = (
    """
format = "surveyxact"
source = "Afprøvning"
[columns]
municipality = "kommune"
education = "uddannelse"
status = "statoverall"
[status]
answered = ["Gennemført"]
partial = ["Nogen svar"]
invited = ["Distribueret", "Frafaldet"]
left_out = ["Ny"]
[questions]
S01 = "s_12"
S02 = { column = "s_20", choice = "Dokumentation" }
"""
    + QUESTIONNAIRE
)

ANSWERS_MAPPING = (
    """
format = "answers"
source = "Afprøvning"
[columns]
municipality = "Kommune"
education = "Uddannelse"
[questions]
S01 = "Tilfreds"
"""
    + QUESTIONNAIRE
)

COUNTS_MAPPING = (
    """
format = "counts"
source = "Afprøvning"
[columns]
municipality = "Kommune"
education = "Uddannelse"
institution = "Sted"
[values]
missing = ["Ingen data"]
[counts]
unit = "percent"
[counts.response]
answers = "Svar"
rate_percent = "Pct"
[counts.questions.S01]
n = "n"
options = { a = "I meget høj grad", b = "I høj grad", c = "I nogen grad", d = "I mindre grad", e = "Slet ikke" }
"""
    + QUESTIONNAIRE
)
COUNTS_HEADINGS = "Kommune;Uddannelse;Sted;Svar;Pct;n;a;b;c;d;e\n"


def surveyxact_files(
    folder: Path,
    dataset: str = DATASET,
    structure: str = STRUCTURE,
    labels: str = LABELS,
    encoding: str = "cp1252",
) -> list[Path]:
    """The three files of an export in the European form."""
    texts = {"dataset.csv": dataset, "labels.csv": labels, "structure.csv": structure}
    return [
        written(folder / name, text.replace("\n", "\r\n").encode(encoding)) for name, text in texts.items()
    ]


def written(path: Path, content: bytes | str) -> Path:
    """The file, written."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def workbook(sheets: dict[str, list[list]]) -> bytes:
    """A workbook with the rows of each sheet."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def rows_of(text: str) -> list[list]:
    """The cells of a small table, numbers as numbers, the way Excel holds them."""
    return [
        [int(cell) if cell.isdigit() else cell or None for cell in line.split(";")]
        for line in text.splitlines()
    ]


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The workbook with one part replaced or added: how a hostile file is made."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info, old.read(info))
        new.writestr(name, part)
    return changed.getvalue()


def sheet_xml(rows: str, after: str = "") -> bytes:
    """A worksheet part with the given rows."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData>{after}</worksheet>'.encode()


def strict(content: bytes) -> bytes:
    """The workbook as Excel's "Strict Open XML" has it: other names for the same tables."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            names = rb"http://schemas\.openxmlformats\.org/(spreadsheetml|officeDocument|drawingml)/2006/"
            new.writestr(name, re.sub(names, rb"http://purl.oclc.org/ooxml/\1/", old.read(name)))
    return changed.getvalue()
