"""Bytes to sheets of text: what kind of file it is, is judged by its content."""

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from data_access.imports.complaints import shown
from data_access.imports.tables import Sheet
from data_access.imports.workbooks import read_workbook
from data_access.problems import ImportProblem

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much."""

MAX_BYTES = 200_000_000
_TEXT_SUFFIXES = {".csv", ".txt", ".tsv", ".tab"}
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


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
    files: Sequence[SourceFile], wanted: str | None = None, progress: Progress | None = None
) -> tuple[list[Sheet], list[str]]:
    """All sheets (of a workbook only the wanted one, when it is named), and warnings; progress in bytes."""
    sheets, warnings = [], []
    done, total = 0, sum(len(file.content) for file in files)
    for file in files:
        more_sheets, more_warnings = _read_one(file, wanted)
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


def _read_one(file: SourceFile, wanted: str | None) -> tuple[list[Sheet], list[str]]:
    name, content = shown(file.name), file.content
    suffix = Path(file.name).suffix.casefold()
    if content.startswith(b"PK"):
        return read_workbook(name, content, wanted)
    if content.startswith(_OLD_EXCEL):
        raise ImportProblem(
            f"Filen '{name}' er enten i det gamle Excel-format (.xls) eller låst med adgangskode. "
            "Åbn den i Excel, fjern adgangskoden, og gem den som .xlsx."
        )
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise ImportProblem(
            f"Filen '{name}' er en webside eller XML, ikke et regneark. Åbn den i Excel, "
            "og gem den som .xlsx."
        )
    if suffix not in _TEXT_SUFFIXES:
        raise ImportProblem(f"Filen '{name}' er hverken et regneark (.xlsx) eller en tekstfil (.csv).")
    return [_read_csv(file.name, name, content)], []


def _read_csv(title: str, name: str, content: bytes) -> Sheet:
    text = unicodedata.normalize("NFC", _decoded(name, content))
    rows: list[list[str]] = []
    numbers: list[int] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    first_line = 1
    try:
        for row in reader:
            if any(row):
                rows.append(row)
                numbers.append(first_line)
            first_line = reader.line_num + 1
    except csv.Error as error:
        raise ImportProblem(
            f"Filen '{name}' kan ikke læses fra linje {first_line}: Et anførselstegn er ikke lukket, "
            "eller et felt er alt for langt. Ret linjen, eller eksportér filen igen."
        ) from error
    if not rows:
        raise ImportProblem(f"Filen '{name}' er tom: Den har kun skilletegn.")
    return Sheet(Path(title).stem, f"Fil '{name}'", "linje", numbers, rows)


def _decoded(name: str, content: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return _decoded_as(encoding, name, content)
    if b"\0" in content:
        raise ImportProblem(f"Filen '{name}' er ikke en tekstfil. Eksportér den igen som CSV eller .xlsx.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _danish(name, _decoded_as("cp1252", name, content))


def _decoded_as(encoding: str, name: str, content: bytes) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise _unknown_encoding(name) from error
    if "\0" in text:
        raise ImportProblem(f"Filen '{name}' er beskadiget: Den indeholder tegnet NUL. Eksportér den igen.")
    return text


def _danish(name: str, text: str) -> str:
    """cp1252 gives *some* text for most bytes; without one Danish letter it is another encoding."""
    if any(letter in text for letter in "æøåÆØÅéÉäöüÄÖÜ"):
        return text
    raise _unknown_encoding(name)


def _unknown_encoding(name: str) -> ImportProblem:
    return ImportProblem(
        f"Filen '{name}' har et ukendt tegnsæt, så æ, ø og å ville blive forkerte. "
        "Gem den som 'CSV UTF-8 (semikolonsepareret)' i Excel."
    )


def _separator(text: str) -> str:
    """The most frequent of TAB ; , in the first line, outside quotes."""
    first_line = text.lstrip("\r\n").split("\n", 1)[0].split("\r", 1)[0]
    unquoted = "".join(first_line.split('"')[::2])
    seen = Counter(sign for sign in unquoted if sign in "\t;,")
    return max("\t;,", key=lambda sign: seen[sign]) if seen else ";"
