"""Workbooks (.xlsx) to sheets of text. A hostile or damaged file is refused, never a hang."""

import io
import re
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time

import openpyxl
from openpyxl.workbook import Workbook

from data_access.imports.complaints import did_you_mean, nearest, shown
from data_access.imports.tables import UNCALCULATED, Sheet
from data_access.problems import ImportProblem

if not openpyxl.DEFUSEDXML:
    raise ImportError("openpyxl must find defusedxml: without it a workbook can exhaust the memory")

MAX_ROWS = 300_000
MAX_COLUMNS = 5_000
MAX_PARTS = 500
MAX_UNPACKED = 250_000_000
MAX_RATIO = 120

# What openpyxl and the libraries under it raise on files that are damaged or made to harm.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, KeyError, IndexError, ValueError, TypeError, AttributeError,
    SyntaxError, NotImplementedError, OverflowError, RuntimeError, OSError,
)  # fmt: skip
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([^\"]{1,40})\"")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")


def read_workbook(name: str, content: bytes, wanted: str | None) -> tuple[list[Sheet], list[str]]:
    """The wanted sheet, or every visible one with content; and warnings about what was not read."""
    _check_archive(name, content)
    try:
        with warnings.catch_warnings():
            # openpyxl warns about drawings, validation and headers, none of which is read here
            warnings.simplefilter("ignore", UserWarning)
            return _read(name, content, wanted)
    except _DAMAGE as error:
        raise ImportProblem(
            f"Filen '{name}' er beskadiget eller ikke et almindeligt regneark. Åbn den i Excel, "
            "og gem den igen som .xlsx."
        ) from error


def _check_archive(name: str, content: bytes) -> None:
    """Refuses by the archive's own list: zipfile never unpacks more of a part than the list says."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError) as error:
        raise ImportProblem(f"Filen '{name}' er beskadiget. Hent eller gem den igen.") from error
    if reason := _refusal(parts):
        raise ImportProblem(f"Filen '{name}' kan ikke læses: {reason}")


def _refusal(parts: list[zipfile.ZipInfo]) -> str:
    names = [part.filename for part in parts]
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    rules = {
        "Den har for mange dele.": len(parts) > MAX_PARTS,
        "Den er en zip-fil, ikke et regneark. Pak den ud, og vælg filerne i den.": "xl/workbook.xml"
        not in names,
        "Den er låst med adgangskode.": any(part.flag_bits & 1 for part in parts),
        "Den samme del findes to gange.": len(set(names)) < len(names),
        "Den har en del med en ulovlig sti.": any(".." in n.split("/") or n.startswith("/") for n in names),
        "Den indeholder makroer. Gem den som .xlsx uden makroer.": any(
            "vbaproject" in n.casefold() for n in names
        ),
        "Den henter tal fra andre filer. Indsæt tallene som værdier, og gem den igen.": any(
            n.startswith("xl/externalLinks/") for n in names
        ),
        "Den er alt for stor, når den pakkes ud. Gem arket som CSV i stedet.": unpacked > MAX_UNPACKED
        or (unpacked > 1_000_000 and unpacked / packed > MAX_RATIO),
    }
    return next((reason for reason, broken in rules.items() if broken), "")


def _read(name: str, content: bytes, wanted: str | None) -> tuple[list[Sheet], list[str]]:
    book = _opened(content)
    titles, told = _chosen(name, book, wanted)
    sheets = [_sheet(title, book, content) for title in titles]
    return [sheet for sheet in sheets if sheet.rows], told


def _opened(content: bytes, data_only: bool = True) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)


def _chosen(name: str, book: Workbook, wanted: str | None) -> tuple[list[str], list[str]]:
    states = {sheet.title: sheet.sheet_state for sheet in book.worksheets}
    hidden = [title for title, state in states.items() if state != "visible"]
    if wanted is None:
        told = [f"Det skjulte ark '{shown(title)}' i '{name}' er ikke læst." for title in hidden]
        return [title for title in states if title not in hidden], told
    if wanted not in states:
        hint = did_you_mean(nearest(wanted, states))
        listed = ", ".join(f"'{shown(title)}'" for title in states)
        raise ImportProblem(
            f"Arket '{shown(wanted)}' findes ikke i '{name}'.{hint} Filen har arkene {listed}."
        )
    told = [f"Arket '{shown(wanted)}' i '{name}' er skjult, men er læst, fordi mappingfilen nævner det."]
    return [wanted], told if wanted in hidden else []


def _sheet(title: str, book: Workbook, content: bytes) -> Sheet:
    name = f"Ark '{shown(title)}'"
    # Read-only sheets know neither merged ranges nor uncalculated formulas, so the part itself is asked.
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.read(book[title]._worksheet_path)
    if merged := _MERGED.search(part):
        area = merged.group(1).decode("ascii", "replace")
        raise ImportProblem(
            f"{name} har flettede celler ({area}). Ophæv fletningen i Excel, og gem filen igen."
        )
    rows = _text_rows(name, book, title)
    if _FORMULA.search(part):
        rows = _with_uncalculated(rows, _values(name, _opened(content, data_only=False), title))
    numbered = [(number, row) for number, row in enumerate(rows, start=1) if any(row)]
    return Sheet(
        title, name, "række", [n for n, _ in numbered], [row for _, row in numbered], may_be_ragged=True
    )


def _text_rows(name: str, book: Workbook, title: str) -> Iterator[list[str]]:
    for row in _values(name, book, title):
        yield [_text(value) for value in row]


def _with_uncalculated(rows: Iterator[list[str]], formulas: Iterator[tuple]) -> Iterator[list[str]]:
    """A formula without a stored result looks like a blank cell; here it gets its own text."""
    for texts, sources in zip(rows, formulas, strict=True):
        yield [
            UNCALCULATED if not text and source else text for text, source in zip(texts, sources, strict=True)
        ]


def _values(name: str, book: Workbook, title: str) -> Iterator[tuple]:
    sheet = book[title]
    sheet.reset_dimensions()  # the size a file states for itself is not always true
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number > MAX_ROWS or len(row) > MAX_COLUMNS:
            raise ImportProblem(
                f"{name} er for stort: Højst {MAX_ROWS} rækker og {MAX_COLUMNS} kolonner kan læses. "
                "Slet tomme rækker og kolonner uden for tabellen, eller gem arket som CSV."
            )
        yield row


def _text(value: object) -> str:
    """The cell as a person in Denmark sees it: 101, 12,5 and 2025-11-30."""
    if value is None:
        return ""
    if isinstance(value, str):
        # An underscore before what looks like a character's code is written as its own code.
        return unicodedata.normalize("NFC", value.replace("_x005F_", "_"))
    if isinstance(value, bool):
        return "SAND" if value else "FALSK"
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".").replace(".", ",")
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date | datetime | time) else str(value)
