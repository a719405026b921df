"""What a zipped file is, and whether it may be opened: told by its own list, before anything is unpacked."""

import io
import re
import zipfile

from data_access.problems import ImportProblem

MAX_PARTS = 500
MAX_UNPACKED = 250_000_000
MAX_RATIO = 120

_OTHER_KINDS = {
    "xl/workbook.bin": "en binær Excel-projektmappe (.xlsb). Gem den som .xlsx i Excel.",
    "content.xml": "et OpenDocument-regneark (.ods). Gem den som .xlsx i LibreOffice eller Excel.",
    "Index/Document.iwa": "et regneark fra Numbers. Eksportér den til Excel (.xlsx) i Numbers.",
    "word/document.xml": "et Word-dokument, ikke et regneark. Kopiér tabellen over i et regneark.",
    "ppt/presentation.xml": "en PowerPoint-præsentation, ikke et regneark.",
}
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"


def workbook_archive(name: str, content: bytes) -> bytes:
    """The content of an .xlsx in the transitional form; ImportProblem when it is not one or may do harm."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if reason := _refusal(archive.infolist()):
                raise ImportProblem(f"Filen '{name}' kan ikke læses: {reason}")
            return _transitional(archive) if _is_strict(archive) else content
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, OSError) as error:
        raise ImportProblem(f"Filen '{name}' er beskadiget. Hent eller gem den igen.") from error


def _refusal(parts: list[zipfile.ZipInfo]) -> str:
    """zipfile never unpacks more of a part than the list says, so the list can be trusted."""
    names = [part.filename for part in parts]
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    rules = {
        "Den har for mange dele.": len(parts) > MAX_PARTS,
        **{f"Den er {kind}": part in names for part, kind in _OTHER_KINDS.items()},
        "Den er en zip-fil, ikke et regneark. Pak den ud, og vælg filerne i den.": "[Content_Types].xml"
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


def _is_strict(archive: zipfile.ZipFile) -> bool:
    """True for "Strict Open XML": the same tables under other names."""
    parts = {"_rels/.rels", "xl/workbook.xml"} & set(archive.namelist())
    return any(_STRICT.search(archive.read(part)) for part in parts)


def _transitional(archive: zipfile.ZipFile) -> bytes:
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for part in archive.namelist():
            target.writestr(part, _STRICT.sub(_TRANSITIONAL, archive.read(part)))
    return changed.getvalue()
