"""The rules of the house, as numbers and patterns. What must break one stands here with its reason."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAX_MODULE_LINES = 400
MAX_FUNCTION_LINES = 60
MAX_PARAMETERS = 8
MAX_QML_LINES = 300
MAX_README_LINES = 150

LARGER_BY_REASON: dict[str, str] = {}
FORBIDDEN_NAMES = re.compile(
    r"(^|_)(manager|helper|helpers|utils|util|handler|common|base|misc)(_|$)", re.IGNORECASE
)
BROAD_EXCEPT_PLACES = {"supportpoint/kiosk/tasks.py", "supportpoint/sync/loop.py"}
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def python_files(*folders: str) -> list[Path]:
    return sorted(
        path for folder in folders for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts
    )


PRODUCT = python_files("supportpoint", "build_scripts")
ALL_CODE = python_files("supportpoint", "build_scripts", "tests")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_there_is_code_to_check():
    assert len(PRODUCT) > 30


@pytest.mark.parametrize("path", ALL_CODE, ids=name_of)
def test_module_is_short(path: Path):
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= MAX_MODULE_LINES or name_of(path) in LARGER_BY_REASON


@pytest.mark.parametrize("path", ALL_CODE, ids=name_of)
def test_functions_are_short(path: Path):
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in functions(path)
        if (node.end_lineno or 0) - node.lineno + 1 > MAX_FUNCTION_LINES
    ]
    assert not long


@pytest.mark.parametrize("path", PRODUCT, ids=name_of)
def test_functions_take_few_parameters(path: Path):
    wide = [
        node.name
        for node in functions(path)
        if len(node.args.args) + len(node.args.kwonlyargs) > MAX_PARAMETERS + 1
    ]
    assert not wide


@pytest.mark.parametrize("path", PRODUCT, ids=name_of)
def test_names_say_what_things_are(path: Path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [path.stem] + [
        node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef | ast.FunctionDef)
    ]
    assert not [name for name in names if FORBIDDEN_NAMES.search(CAMEL.sub("_", name))]


@pytest.mark.parametrize("path", PRODUCT, ids=name_of)
def test_broad_excepts_stand_only_where_allowed(path: Path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    broad = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "Exception"))
    ]
    assert not broad or name_of(path) in BROAD_EXCEPT_PLACES


@pytest.mark.parametrize("path", PRODUCT, ids=name_of)
def test_nothing_is_marked_unfinished(path: Path):
    assert not UNFINISHED.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", python_files("supportpoint"), ids=name_of)
def test_imports_stand_at_the_top_but_in_the_command_line(path: Path):
    if name_of(path).startswith(("supportpoint/cli", "supportpoint/__main__")):
        pytest.skip("the command line imports inside its commands, so that none loads what it does not need")
    inner = [
        f"{node.name}:{child.lineno}"
        for node in functions(path)
        for child in ast.walk(node)
        if isinstance(child, ast.Import | ast.ImportFrom)
    ]
    assert not inner


@pytest.mark.parametrize("path", sorted((ROOT / "supportpoint").rglob("*.qml")), ids=name_of)
def test_page_is_short_and_takes_its_values_by_required_property(path: Path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= MAX_QML_LINES
    assert "setContextProperty" not in text
    is_theme = path.name == "Theme.qml"
    colours = re.findall(r'"#[0-9A-Fa-f]{6,8}"', text)
    assert is_theme or not colours, "colours come from Theme"


def test_no_context_properties():
    assert not [name_of(path) for path in PRODUCT if "setContextProperty" in path.read_text(encoding="utf-8")]


def test_readme_is_read_in_a_minute():
    assert (ROOT / "README.md").read_text(encoding="utf-8").count("\n") < MAX_README_LINES


def test_top_level_is_the_given_one():
    given = {"supportpoint", "assets", "translations", "build_scripts", "tests", "docs"}
    assert given <= {path.name for path in ROOT.iterdir() if path.is_dir()}
