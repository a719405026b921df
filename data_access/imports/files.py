"""Bytes to sheets of text: what kind of file it is, is judged by its content."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from data_access.imports.tables import Sheet
from data_access.imports.text_files import read_text_file
from data_access.imports.validation_errors import shown
from data_access.imports.workbooks import read_workbook
from data_access.problems import ImportProblem

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
    files: Sequence[SourceFile], title: str | None = None, progress: Progress | None = None
) -> tuple[list[Sheet], list[str]]:
    """All sheets (of a workbook the one of that `title`, if any), and warnings; progress in bytes."""
    sheets = []
    warnings = []
    done = 0
    total = sum(len(file.content) for file in files)
    for file in files:
        more_sheets, more_warnings = _read_source(file, title)
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


def _read_source(file: SourceFile, title: str | None) -> tuple[list[Sheet], list[str]]:
    name = shown(file.name)
    content = file.content
    suffix = Path(file.name).suffix.casefold()
    if content.startswith(b"PK"):
        return read_workbook(name, content, title)
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
