"""The house rules, read off the imports: who may use whom, and how big things may grow."""

import ast
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = ["indicators", "data_access", "views", "pages"]
TOP = ["app.py", "manage.py", "server.py"]

PAGE_LINES = 60
MODULE_LINES = 400
"""Shape goes before length: what always runs together is one module, however a line limit would have it."""
FUNCTION_LINES = 40

DATA_ACCESS_ROOMS = (
    ".",
    "migrations",
    "dashboard/partnership_tables",
    "dashboard",
    "confidential",
    "imports",
    "partnerships/records",
    "access",
    "partnerships/lists",
    "partnerships/files",
    "publishing",
    "operations",
)
VIEWS_ROOMS = (
    ".",
    "foundation",
    "documents",
    "documents/excel_charts",
    "documents/pictures",
    "documents/files",
    "documents/everything",
    "partnership",
    "partnership/records",
    "partnership/board",
    "partnership/agreements",
    "subjects",
    "subjects/trend",
    "subjects/distribution",
    "subjects/overview",
    "subjects/profile",
    "subjects/comparison",
    "subjects/data_quality",
    "all_subjects",
    "meeting",
    "meeting/stage",
    "meeting/agenda",
    "meeting/minutes",
    "secretariat",
    "chrome",
)
"""A room may use those before it; a folder that is not named belongs to the room that it lies in."""


def modules(*places: str) -> Iterator[tuple[str, ast.Module]]:
    for place in places:
        paths = [ROOT / place] if place.endswith(".py") else sorted((ROOT / place).rglob("*.py"))
        for path in paths:
            yield path.relative_to(ROOT).as_posix(), parsed(path)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes(module: ast.Module) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(module))


@cache
def imported(module: ast.Module) -> tuple[str, ...]:
    """Full names of everything the module imports, wherever in it."""
    names = []
    for node in nodes(module):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute, so that they can be read"
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return tuple(names)


def users_of(*libraries: str, among: list[str]) -> set[str]:
    """The modules that import one of the libraries."""
    return {
        path
        for path, module in modules(*among)
        if any(
            name == library or name.startswith(f"{library}.")
            for name in imported(module)
            for library in libraries
        )
    }


def attributes_used(module: ast.Module) -> set[str]:
    return {node.attr for node in nodes(module) if isinstance(node, ast.Attribute)}


@pytest.mark.parametrize(
    ("floor", "above"), [(floor, FLOORS[i + 1 :]) for i, floor in enumerate(FLOORS[:-1])]
)
def test_nothing_looks_up(floor, above):
    assert users_of(*above, "app", "manage", "server", among=[floor]) == set()


@pytest.mark.parametrize(
    ("floor", "rooms"),
    [
        ("data_access", DATA_ACCESS_ROOMS),
        ("views", VIEWS_ROOMS),
    ],
)
def test_no_room_looks_up(floor, rooms):
    assert imports_that_look_up(floor, rooms) == []


@pytest.mark.parametrize(
    "floor",
    [
        "data_access",
        "views",
    ],
)
def test_no_folders_import_each_other_in_a_circle(floor):
    TopologicalSorter(folders_used(floor)).prepare()  # a CycleError names the folders of the circle


def test_no_modules_need_each_other_to_begin():
    """Whichever of them is imported first, the program starts."""
    floors = dict(modules(*FLOORS, *TOP))
    names = {path.removesuffix(".py").removesuffix("/__init__").replace("/", "."): path for path in floors}
    needed = {
        path: {names[name] for name in imported_to_begin(module, names)} - {path}
        for path, module in floors.items()
    }

    TopologicalSorter(needed).prepare()  # a CycleError names the modules of the circle


def imported_to_begin(module: ast.Module, names: Iterable[str]) -> Iterator[str]:
    """The product's modules that are imported when the module is."""
    for node in module.body:
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                is_module = f"{node.module}.{alias.name}" in names
                yield from {f"{node.module}.{alias.name}" if is_module else node.module} & set(names)


def test_the_order_of_the_rooms_is_drawn_as_it_is_guarded():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    drawing = text.partition("```rooms\n")[2].partition("```")[0]
    drawn = dict(paragraph.split(":", 1) for paragraph in drawing.split("\n\n"))

    assert {floor: tuple(rooms.replace("←", " ").split()) for floor, rooms in drawn.items()} == {
        "data_access": DATA_ACCESS_ROOMS,
        "views": VIEWS_ROOMS,
    }


def imports_that_look_up(floor: str, rooms: Sequence[str]) -> list[str]:
    """The imports of a folder that name a room after the importing module's own in the order."""

    def position(dotted: str) -> int:
        inside = [room for room in rooms if f"{dotted}.".startswith(f"{floor}.{room.replace('/', '.')}.")]
        return rooms.index(max(inside, key=len, default="."))

    upwards = []
    for path, module in modules(floor):
        own = position(path.removesuffix(".py").replace("/", "."))
        assert own or path.count("/") == 1 or not module.body[1:], f"{path} lies in no room of the order"
        upwards += [f"{path}: {name}" for name in imported(module) if position(name) > own]
    return upwards


def folders_used(floor: str) -> dict[Path, set[Path]]:
    """Each folder with the other folders of the same floor that its modules import."""
    used = defaultdict(set)
    for path, module in modules(floor):
        for name in imported(module):
            if name.startswith(f"{floor}."):
                used[Path(path).parent].add(folder_of(name))
    return {folder: others - {folder} for folder, others in used.items()}


def folder_of(name: str) -> Path:
    """The folder of a module, or of what is imported from one; a package is its own folder."""
    path = Path(*name.split("."))
    if (ROOT / path).is_dir():
        return path
    return (
        path.parent
        if (ROOT / path).with_suffix(".py").exists()
        else folder_of(str(path.parent).replace("/", "."))
    )


def test_indicators_are_pure():
    assert (
        users_of("streamlit", "sqlmodel", "sqlalchemy", "openpyxl", "pathlib", "os", among=["indicators"])
        == set()
    )


def test_only_views_pages_and_the_frame_know_streamlit_and_altair():
    allowed = ("views/", "pages/", "app.py", "server.py")
    found = users_of("streamlit", "altair", among=[*FLOORS, *TOP])

    assert {path for path in found if not path.startswith(allowed)} == set()


def test_no_page_and_no_view_can_reach_the_confidential_store():
    ways_in = (
        "data_access.confidential",
        "data_access.imports",
        "data_access.operations.sample",
        "data_access.operations.checks",
    )

    assert users_of(*ways_in, among=["views", "pages", "app.py", "server.py"]) == set()


@pytest.mark.slow
@pytest.mark.parametrize("package", ["data_access.confidential", "scipy"])
def test_a_page_starts_without_what_only_a_release_needs(package):
    code = f"import app, sys; print([name for name in sys.modules if name.startswith('{package}')])"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert run.stdout.splitlines()[-1] == "[]"


def test_no_page_asks_the_store_itself():
    assert users_of("data_access", "sqlmodel", "sqlalchemy", "pandas", among=["pages"]) == set()


def test_the_documents_know_no_subject():
    rooms = "views.subjects", "views.partnership", "views.meeting", "views.all_subjects"

    assert users_of(*rooms, among=["views/documents"]) == set()


def test_only_one_module_makes_workbooks():
    writers = {path for path, module in modules(*FLOORS, *TOP) if "openpyxl.Workbook" in imported(module)}

    assert writers == {"views/documents/sheets.py"}


@pytest.mark.parametrize(
    ("attributes", "home"),
    [
        ({"session_state", "query_params"}, "views/foundation/filter_bar.py"),
        ({"cache_data", "cache_resource"}, "views/foundation/figures.py"),
    ],
)
def test_state_and_caches_have_one_home_each(attributes, home):
    users = {path for path, module in modules("views", "pages", *TOP) if attributes & attributes_used(module)}

    assert users - {"views/chrome/entrance.py"} == {home}  # which reads those of a request before any page


def test_no_bare_switch_page_for_it_fails_when_filters_are_in_the_address():
    for path, module in modules("views", "pages", "app.py"):
        for node in nodes(module):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "switch_page":
                assert "query_params" in {keyword.arg for keyword in node.keywords}, path


def test_no_module_has_a_name_that_says_nothing():
    empty_names = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}

    assert {path for path, _ in modules(*FLOORS) if Path(path).stem in empty_names} == set()


def test_pages_modules_and_functions_stay_small():
    too_long = []
    for path, module in modules(*FLOORS, *TOP):
        lines = len((ROOT / path).read_text(encoding="utf-8").splitlines())
        if lines > (PAGE_LINES if path.startswith("pages/") else MODULE_LINES):
            too_long.append(f"{path}: {lines} lines")
        for node in nodes(module):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = node.end_lineno - node.lineno + 1
                if length > FUNCTION_LINES:
                    too_long.append(f"{path}: {node.name} {length} lines")
    assert too_long == []


def test_no_two_public_classes_have_the_same_name():
    homes = defaultdict(list)
    for path, module in modules(*FLOORS):
        for node in module.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append(path)

    assert {name: paths for name, paths in homes.items() if len(paths) > 1} == {}


def test_every_module_says_what_it_is():
    silent = [path for path, module in modules(*FLOORS, *TOP) if not ast.get_docstring(module)]

    assert silent == []


APART_FROM_THE_PAGE = {"dialog", "fragment"}
CALLBACKS = {"on_click", "on_change", "on_select", "on_submit", "on_dismiss"}


def test_dialogs_and_fragments_are_made_within_the_boundary():
    makers = {
        path
        for path, module in modules("views", "pages", *TOP)
        for node in nodes(module)
        if isinstance(node, ast.Attribute)
        and node.attr in APART_FROM_THE_PAGE
        and name_of(node.value) == "st"
    }

    assert makers == {"views/foundation/problems.py"}


def test_there_is_one_box_for_files_for_no_other_may_be_sent_any():
    makers = {
        path for path, module in modules("views", "pages", *TOP) if "file_uploader" in attributes_used(module)
    }

    assert makers == {"views/foundation/page_parts.py"}


def test_streamlit_hands_out_only_what_is_made_on_a_click_for_nothing_else_has_an_owner():
    others = {"image", "logo", "audio", "video", "pdf"}
    pages = list(modules("views", "pages", *TOP))
    users = {
        f"{path}: {node.attr}"
        for path, module in pages
        for node in nodes(module)
        if isinstance(node, ast.Attribute) and name_of(node.value) == "st" and node.attr in others
    }
    icons = {
        path
        for path, module in pages
        for node in nodes(module)
        if isinstance(node, ast.keyword) and node.arg == "page_icon"
    }

    assert users | icons == set()


def test_every_callback_is_within_the_boundary():
    outside = {
        f"{path}: {callback}"
        for path, module in modules("views", "pages", *TOP)
        for callback in callbacks_of(module)
        if callback not in bounded_functions()
    }

    assert outside == set()


def callbacks_of(module: ast.Module) -> Iterator[str]:
    """The names of the functions that are handed over as callbacks, by keyword or in a dict of keywords."""
    for node in nodes(module):
        given = []
        if isinstance(node, ast.keyword) and node.arg in CALLBACKS:
            given = [node.value]
        elif isinstance(node, ast.Dict):
            given = [
                value
                for key, value in zip(node.keys, node.values, strict=True)
                if isinstance(key, ast.Constant) and key.value in CALLBACKS
            ]
        yield from (name_of(value) for value in given if not isinstance(value, ast.Constant))


def name_of(node: ast.expr) -> str:
    """`choose` of `filters.choose` and of `partial(filters.choose, ...)`; whatever else it is, as it stands."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=ast.Name(id="partial"), args=[first, *_]):
            return name_of(first)
    return ast.unparse(node)


@cache
def bounded_functions() -> set[str]:
    return {
        node.name
        for _, module in modules("views")
        for node in nodes(module)
        if isinstance(node, ast.FunctionDef) and "bounded" in decorators(node)
    }


WRITERS = ("views/partnership/records/commands.py", "views/secretariat/changes.py")


def test_whatever_saves_draws_nothing_for_whoever_may_not():
    careless = {
        f"{path}: {function.name}"
        for path, module in modules("views", "pages")
        if path not in WRITERS and not path.startswith("views/chrome/")
        for function in module.body
        if isinstance(function, ast.FunctionDef)
        and saves(function)
        and not decorators(function) & {"writes", "needs"}
    }

    assert careless == {"views/meeting/stage/deciding.py: _keep"}  # which only the dialog calls


def saves(function: ast.FunctionDef) -> bool:
    """Whether it has something done, or opens a store for writing itself."""
    ways = {"store.writing", "changes.made", "changes.make"}
    ways |= {f"commands.{command}" for command in ("run", "create", "edit", "delete")}
    return any(isinstance(node, ast.Call) and ast.unparse(node.func) in ways for node in ast.walk(function))


def decorators(function: ast.FunctionDef) -> set[str]:
    return {
        name_of(decorator.func if isinstance(decorator, ast.Call) else decorator)
        for decorator in function.decorator_list
    }
