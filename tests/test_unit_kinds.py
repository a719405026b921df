"""A kind of unit is one row of a table: nothing else knows what kinds there are."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from data_access.problems import ReferenceProblem
from data_access.reference import REFERENCE, read_reference
from indicators.unit_kinds import UNIT_KINDS

ROOT = Path(__file__).parent.parent
TABLE = "indicators/unit_kinds.py"

OTHER_MEANINGS = {
    "indicators/partnership/agreement.py": {
        "Kommune",
        "Region",
        "Hospital",
    },  # a party is an organisation, no unit
    "data_access/reference.py": {"kkr"},  # a column of a reference file
    "data_access/publishing/rounds_to_publish.py": {"gruppe"},  # of persons
    # What columns of an export are called: in a mapping, in their headings, and in their cells.
    "data_access/imports/background.py": {"hospital"},
    "data_access/imports/suggest.py": {"hospital", "kommune", "privat"},
    "data_access/imports/suggest_draft.py": {"hospital"},
}

A_NEW_KIND = """
import sys
from pathlib import Path
from indicators.partnership.agreement import PartyKind
from indicators.unit_kinds import UNIT_KINDS, UnitKind

UNIT_KINDS["sygehusfaellesskab"] = UnitKind(
    "sygehusfaellesskab", "Sygehusfællesskab", "Sygehusfællesskaber", "sygehusfællesskaberne",
    is_compared=True, is_division=True, party=PartyKind.ORGANISATION,
)

from data_access.reference import read_reference
from indicators.data_quality import LEVELS
from indicators.groups import kind_of
from indicators.overview import DIVISIONS
from indicators.ranking import PLACES
from indicators.selection import Option, Selection
from views.subjects.comparison.report import _nothing
from views.subjects.comparison.table import SINGULAR

new = Option("sygehusfaellesskab", "Sygehusfællesskaber")
assert new in PLACES and new in LEVELS
assert new.key in DIVISIONS
assert kind_of("sygehusfaellesskab:zealand") == SINGULAR[new.key] == "Sygehusfællesskab"
assert _nothing(new, 4, 4, 2025) == "Ingen klare forskelle mellem sygehusfællesskaberne i 2025"

reference = read_reference(Path(sys.argv[1]))
(unit,) = [unit for unit in reference.units if unit.kind == new.key]
assert (unit.key, unit.name) == ("sygehusfaellesskab:zealand", "Zealand")
assert [one.member for one in reference.memberships if one.group == unit.key] == ["hospital:koege"]
"""


def test_a_new_kind_is_a_row_of_the_table_and_lines_of_the_reference_files(tmp_path):
    folder = shutil.copytree(REFERENCE, tmp_path / "reference")
    with (folder / "own_groups.csv").open("a", encoding="utf-8") as file:
        file.write("zealand,sygehusfaellesskab,Zealand,2024-01-01,,\n")
    with (folder / "own_group_members.csv").open("a", encoding="utf-8") as file:
        file.write("zealand,hospital:koege,,\n")

    subprocess.run([sys.executable, "-c", A_NEW_KIND, folder], cwd=ROOT, check=True)


def test_a_kind_that_there_is_not_is_told_with_its_line(tmp_path):
    folder = shutil.copytree(REFERENCE, tmp_path / "reference")
    with (folder / "own_groups.csv").open("a", encoding="utf-8") as file:
        file.write("zealand,sygehus,Zealand,,,\n")

    with pytest.raises(
        ReferenceProblem, match=r"own_groups.csv, linje 3: slagsen 'sygehus' kendes ikke\. Kendte: kommune,"
    ):
        read_reference(folder)


def test_no_other_module_names_a_kind():
    named = {
        path.relative_to(ROOT).as_posix(): kinds
        for folder in ("indicators", "data_access", "views", "pages")
        for path in (ROOT / folder).rglob("*.py")
        if (kinds := kinds_named_in(path))
    }

    assert {path: kinds for path, kinds in named.items() if path != TABLE} == OTHER_MEANINGS


def kinds_named_in(path: Path) -> set[str]:
    """Texts that are a kind's key or words, or begin a unit's key."""
    kinds = [kind for kind in UNIT_KINDS.values() if kind.party or kind.is_compared or kind.key == "privat"]
    words = {word for kind in kinds for word in (kind.key, kind.singular, kind.plural, kind.definite_plural)}
    texts = {
        node.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {
        text
        for text in texts
        if text and (text in words or text.startswith(tuple(f"{kind.key}:" for kind in kinds)))
    }
