"""Bytes to sheets of text: what kind of file it is, is judged by its content."""

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path

from data_access.imports.tables import Sheet
from data_access.imports.validation_errors import shown
from data_access.imports.workbooks import OF_A_SURVEY, WorkbookLimits, read_workbook
from data_access.problems import ImportProblem

_SEPARATORS = "\t;|,"
"""By how seldom they stand in a text."""
_LOOKED_AT = 200
"""Rows that show how a file is separated."""
_BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_DANISH = frozenset("æøåÆØÅ")
# What a Danish text may have besides: other letters of names, dashes, quotes, and signs of a keyboard.
_USUAL = frozenset("éÉäöüÄÖÜèàáëêôóíñçßð–—‘’“”„‚…•·€£§°´¨½¼¾²³±×µ«»©®™\u00a0\u00ad")
# A quote that opens inside a word is an æ of another encoding.
_INSIDE_WORD = re.compile("[^\\W\\d_][‘“”„‚•…§°][^\\W\\d_]")
_SEPARATOR_LINE = re.compile(r'"?sep=([;,|:~^\t])"?\1*[ ]*(\r\n|\r|\n|$)', re.IGNORECASE)
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_AS_TEXT = re.compile(r'="([^"]*)"')


def read_text_file(title: str, name: str, content: bytes) -> Sheet:
    """The file's rows; ImportProblem when its encoding or its quotes leave doubt about what it says."""
    text = unicodedata.normalize("NFC", _decoded(name, content)).lstrip("\ufeff").rstrip("\x1a")
    rows: list[Sequence[str]] = []
    numbers: list[int] = []
    for number, row in _rows(name, text):
        if any(map(str.strip, row)):
            rows.append(row)
            numbers.append(number)
    if not rows:
        raise ImportProblem(f"Filen '{name}' er tom: Den har kun skilletegn.")
    _check_whole_lines(name, rows)
    return Sheet(Path(title).stem, f"Fil '{name}'", "linje", numbers, rows)


def _rows(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with the number of their first line; Excel's line sep=; is none of them."""
    line = _SEPARATOR_LINE.match(text)
    skipped = 1 if line else 0
    text = text[line.end() :] if line else text
    separator = line.group(1) if line else _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 1 + skipped
    width = 0
    has_formulas = '="' in text
    try:
        for row in reader:
            width = width or len(row)
            if reader.line_num + skipped > number and _swallows_rows(row, separator, width):
                raise ImportProblem(
                    f"Filen '{name}', linje {number}: Et felt i anførselstegn går over flere linjer, der "
                    "ligner rækker. Ret anførselstegnet, eller eksportér filen igen."
                )
            yield number, [_without_formula(cell) for cell in row] if has_formulas else row
            number = reader.line_num + skipped + 1
    except csv.Error as error:
        raise ImportProblem(
            f"Filen '{name}' kan ikke læses fra linje {number}: Et anførselstegn er ikke lukket, "
            "eller et felt er alt for langt. Ret linjen, eller eksportér filen igen."
        ) from error


def _swallows_rows(row: list[str], separator: str, width: int) -> bool:
    """Two stray quotes make one field of all between them: as many separators as in whole rows are inside."""
    rows_inside = sum(len(_LINE_BREAK.findall(cell)) for cell in row)
    separators = len(row) - 1 + sum(cell.count(separator) for cell in row)
    return rows_inside > 0 and width > 2 and separators == (rows_inside + 1) * (width - 1)


def _check_whole_lines(name: str, rows: Sequence[Sequence[str]]) -> None:
    """A file that has been wrapped in quotes once more: every line is one field."""
    if len(rows) == 1 or any(len(row) > 1 for row in rows):
        return
    counts = ({row[0].count(separator) for row in rows} for separator in _SEPARATORS)
    if any(len(count) == 1 and count != {0} for count in counts):
        raise ImportProblem(
            f"Filen '{name}' har hver linje som ét felt i anførselstegn. Eksportér den igen, eller fjern "
            "anførselstegnene om linjerne."
        )


def _without_formula(cell: str) -> str:
    """Some programs write ="0101", so that Excel keeps the zero."""
    as_text = _AS_TEXT.fullmatch(cell)
    return as_text.group(1) if as_text else cell


def _decoded(name: str, content: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return _decoded_as(encoding, name, content)
    if b"\0" in content:
        return _decoded_as(_wide_encoding(name, content), name, content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _danish(name, _decoded_as("cp1252", name, content))


def _wide_encoding(name: str, content: bytes) -> str:
    """UTF-16 without a mark: nearly every second byte is zero, and no other."""
    start = content[: 2 * _LOOKED_AT]
    for encoding, zeros, signs in (
        ("utf-16-le", start[1::2], start[::2]),
        ("utf-16-be", start[::2], start[1::2]),
    ):
        if zeros.count(0) > 0.8 * len(zeros) and not signs.count(0):
            return encoding
    raise ImportProblem(f"Filen '{name}' er ikke en tekstfil. Eksportér den igen som CSV eller .xlsx.")


def _decoded_as(encoding: str, name: str, content: bytes) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unknown_encoding(name) from error
    if "\0" in text:
        raise ImportProblem(f"Filen '{name}' er beskadiget: Den indeholder tegnet NUL. Eksportér den igen.")
    return text


def _danish(name: str, text: str) -> str:
    """cp1252 gives *some* text for most bytes; with other signs than the usual it is another encoding."""
    special = {sign for sign in set(text) if not sign.isascii()}
    if special & _DANISH or (special <= _USUAL and not _INSIDE_WORD.search(text)):
        return text
    raise _unknown_encoding(name)


def _unknown_encoding(name: str) -> ImportProblem:
    return ImportProblem(
        f"Filen '{name}' har et ukendt tegnsæt, så æ, ø og å ville blive forkerte. "
        "Gem den som 'CSV UTF-8 (semikolonsepareret)' i Excel."
    )


def _separator(text: str) -> str:
    """The one that gives most rows as many fields as the headings, which may have more commas than it."""
    start = text.lstrip("\r\n")[: 1_000 * _LOOKED_AT]
    fits = {separator: _fit(start, separator) for separator in _SEPARATORS}
    best = max(_SEPARATORS, key=lambda separator: fits[separator])
    return best if any(fits[best]) else ";"


def _fit(text: str, separator: str) -> tuple[int, int]:
    """How many rows have as many fields as the first, and how many have the most frequent number."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        rows = [row for row in islice(reader, _LOOKED_AT) if any(row)]
    except csv.Error:
        return 0, 0
    width = len(rows[0]) if rows else 0
    as_first = sum(len(row) == width or (len(row) > width and not any(row[width:])) for row in rows[1:])
    (usual, count), *_ = Counter(map(len, rows)).most_common(1) or [(0, 0)]
    return as_first if width > 1 else 0, count if usual > 1 else 0


Progress = Callable[[int, int], None]
"""Told how much is done, and of how much."""

MAX_BYTES = 200_000_000
_TEXT_SUFFIXES = {".csv", ".txt", ".tsv", ".tab"}
_OLE = b"\xd0\xcf\x11\xe0"
"""How old Office files begin, and new ones with a password."""


@dataclass(frozen=True)
class SourceFile:
    """A file as it was given, in memory, so that what is read is what was fingerprinted."""

    name: str
    content: bytes

    @property
    def fingerprint(self) -> str:
        """sha256 of the content."""
        return sha256(self.content).hexdigest()


def read_files(paths: Iterable[Path]) -> tuple[SourceFile, ...]:
    """The files' content; ImportProblem when one is missing, empty or too large."""
    return tuple(_read_file(Path(path)) for path in paths)


def read_sheets(
    files: Sequence[SourceFile],
    title: str | None = None,
    progress: Progress | None = None,
    limits: WorkbookLimits = OF_A_SURVEY,
) -> tuple[list[Sheet], list[str]]:
    """All sheets (of a workbook the one of that `title`, if any), and warnings; progress in bytes."""
    sheets = []
    warnings = []
    done = 0
    total = sum(len(file.content) for file in files)
    for file in files:
        more_sheets, more_warnings = _read_source(file, title, limits)
        sheets += more_sheets
        warnings += more_warnings
        done += len(file.content)
        if progress:
            progress(done, total)
    return sheets, warnings


def _read_file(path: Path) -> SourceFile:
    name = shown(path.name)
    if not path.is_file():
        raise ImportProblem(f"Filen '{name}' findes ikke.")
    if path.stat().st_size > MAX_BYTES:
        raise ImportProblem(f"Filen '{name}' er for stor ({MAX_BYTES // 1_000_000} MB er grænsen).")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ImportProblem(f"Filen '{name}' må ikke læses af denne bruger.", str(error)) from error
    if not content.strip():
        raise ImportProblem(f"Filen '{name}' er tom.")
    return SourceFile(path.name, content)


def _read_source(
    file: SourceFile, title: str | None, limits: WorkbookLimits
) -> tuple[list[Sheet], list[str]]:
    name = shown(file.name)
    content = file.content
    suffix = Path(file.name).suffix.casefold()
    if content.startswith(b"PK"):
        return read_workbook(name, content, title, limits)
    if content.startswith(_OLE):
        raise ImportProblem(f"Filen '{name}' er {_ole_kind(content)}")
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"MIME-Version:")):
        raise ImportProblem(
            f"Filen '{name}' er en webside eller XML, ikke et regneark. Åbn den i Excel "
            "eller LibreOffice, og gem den som .xlsx."
        )
    if suffix not in _TEXT_SUFFIXES:
        raise ImportProblem(
            f"Filen '{name}' er hverken et regneark (.xlsx) eller en tekstfil (.csv). Er den en tabel som "
            "tekst, så giv den navnet .csv."
        )
    return [read_text_file(file.name, name, content)], []


def _ole_kind(content: bytes) -> str:
    """What kind of old container it is, by the names of its streams."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "låst med adgangskode. Åbn den i Excel, fjern adgangskoden, og gem den som .xlsx."
    if "WordDocument".encode("utf-16-le") in content:
        return "et gammelt Word-dokument, ikke et regneark. Kopiér tabellen over i et regneark."
    return "i det gamle Excel-format (.xls). Åbn den i Excel eller LibreOffice, og gem den som .xlsx."
