"""What the linters and import contracts cannot see of the house's rules."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "jeweler_desk"
CLOCK = PACKAGE / "services" / "clock.py"
MODULES = sorted([*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")])
OF_THE_PACKAGE = [path for path in MODULES if path.is_relative_to(PACKAGE)]
MOST_LINES = 500
ATTICS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base"}
TOP_LEVEL = {"jeweler_desk", "resources", "tests", "pyproject.toml", "README.md"}
LOCKS = ("runtime", "dev")

CLOCK_READINGS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("QDate", "currentDate"),
    ("QTime", "currentTime"),
    ("QDateTime", "currentDateTime"),
    ("QDateTime", "currentDateTimeUtc"),
    ("QDateTime", "currentMSecsSinceEpoch"),
    ("QDateTime", "currentSecsSinceEpoch"),
}
ONLY_DOOR = PACKAGE / "mail" / "certificates.py"
"""Where a certificate that was shown and trusted is compared; everyone else only verifies."""
OPEN_DOORS = {"_create_unverified_context", "_create_stdlib_context", "CERT_NONE"}

MACHINE_PATH = re.compile(r"(?<![\w/.:-])/(?:work|root|home/\w+|Users/\w+)/\w|[A-Z]:\\Users\\")
REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|deb\.debian\.org|npmjs\.(?:org|com)|proxy\.golang\.org"
    r"|--(?:extra-)?index\-url|--find\-links",
)
LOCK_LINE = re.compile(
    r"(?P<name>[a-z0-9-]+)==(?P<version>[0-9a-z.]+)(?: ; [\w .'()!<>=]+)? \\"
    r"|    --hash=sha256:[0-9a-f]{64}(?: \\)?"
)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def files_of_the_house() -> tuple[Path, ...]:
    """Every file that is or would be committed; without git, every file outside dot folders."""
    git = shutil.which("git")
    if git and (ROOT / ".git").exists():
        listing = subprocess.run(
            [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        paths = [ROOT / name for name in listing.split("\0") if name]
    else:
        paths = [
            path
            for path in ROOT.rglob("*")
            if not any(part.startswith(".") for part in path.relative_to(ROOT).parts)
            and "__pycache__" not in path.parts
        ]
    return tuple(path for path in paths if path.is_file())


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def each_module(paths: list[Path]) -> Callable[[Callable[[Path], None]], Callable[[], None]]:
    """Make one test of a check over many modules; it names every module that fails it."""

    def over_all(check: Callable[[Path], None]) -> Callable[[], None]:
        def test() -> None:
            failed: list[str] = []
            for path in paths:
                try:
                    check(path)
                except AssertionError as error:
                    failed.append(f"{name_of(path)}: {error}")
            assert paths
            assert not failed, "\n".join(failed)

        return test

    return over_all


def readings_of_the_clock(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = node.value
            known = (
                owner.id
                if isinstance(owner, ast.Name)
                else owner.attr
                if isinstance(owner, ast.Attribute)
                else None
            )
            if (known, node.attr) in CLOCK_READINGS:
                yield f"line {node.lineno}: {known}.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            for alias in node.names:
                if ("time", alias.name) in CLOCK_READINGS:
                    yield f"line {node.lineno}: from time import {alias.name}"


def imported_names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def locked(kind: str) -> dict[str, str]:
    """The versions a lock names, by canonical name of the part."""
    text = (ROOT / "resources" / "locks" / f"{kind}.txt").read_text(encoding="utf-8")
    matches = (LOCK_LINE.fullmatch(line) for line in text.splitlines())
    return {match["name"]: match["version"] for match in matches if match and match["name"]}


def wanted_parts(kind: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = list(project["dependencies"])
    if kind == "dev":
        wanted += project["optional-dependencies"]["dev"]
    return [Requirement(text) for text in wanted]


@each_module(MODULES)
def test_every_room_is_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@each_module(MODULES)
def test_there_is_no_attic(path: Path) -> None:
    parts = path.relative_to(ROOT).with_suffix("").parts
    assert not {part.removeprefix("test_") for part in parts} & ATTICS


@each_module([path for path in OF_THE_PACKAGE if path != CLOCK])
def test_only_the_clock_reads_the_clock(path: Path) -> None:
    assert list(readings_of_the_clock(tree_of(path))) == []


def test_a_reading_of_the_clock_would_be_seen() -> None:
    source = "import datetime\nfrom time import time\nx = datetime.datetime.now\ny = date.today()\n"
    assert len(list(readings_of_the_clock(ast.parse(source)))) == 3


@each_module(OF_THE_PACKAGE)
def test_no_day_is_written_in_the_computers_language(path: Path) -> None:
    specs = [
        str(part.value)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None
        for part in ast.walk(node.format_spec)
        if isinstance(part, ast.Constant)
    ]
    calls = [
        str(each.value)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "strftime"
        for each in node.args
        if isinstance(each, ast.Constant)
    ]
    assert not [spec for spec in [*specs, *calls] if re.search("%[aAbBcpxX]", spec)]


@each_module(OF_THE_PACKAGE)
def test_no_script_of_statements_runs_outside_a_transaction(path: Path) -> None:
    names = {node.attr for node in ast.walk(tree_of(path)) if isinstance(node, ast.Attribute)}
    assert "executescript" not in names


@each_module([path for path in OF_THE_PACKAGE if path != ONLY_DOOR])
def test_no_connection_goes_unverified(path: Path) -> None:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Attribute):
            assert node.attr not in OPEN_DOORS, f"line {node.lineno}"
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                switched = isinstance(target, ast.Attribute) and target.attr == "check_hostname"
                assert not switched, f"line {node.lineno}: check_hostname"


@each_module(MODULES)
def test_no_second_sqlite_touches_the_desk(path: Path) -> None:
    assert not [name for name in imported_names(tree_of(path)) if "QtSql" in name]


@pytest.mark.parametrize("pattern", [MACHINE_PATH, REGISTRY], ids=["machine", "registry"])
def test_no_file_names_a_machine_or_a_registry(pattern: re.Pattern[str]) -> None:
    found = []
    for path in files_of_the_house():
        content = path.read_bytes()
        if b"\0" in content:
            continue
        text = content.decode("utf-8", errors="replace")
        found += [f"{name_of(path)}: {match.group()}" for match in pattern.finditer(text)]
    assert found == []


def test_the_top_level_holds_five_things() -> None:
    names = {path.relative_to(ROOT).parts[0] for path in files_of_the_house()}
    assert {name for name in names if not name.startswith(".")} == TOP_LEVEL


def test_every_resource_is_used() -> None:
    resources = ROOT / "resources"
    words = {
        node.value
        for path in OF_THE_PACKAGE
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    told = "\n".join([*words, (ROOT / "README.md").read_text(encoding="utf-8")])
    unused = []
    for path in files_of_the_house():
        if not path.is_relative_to(resources):
            continue
        inside = path.relative_to(resources)
        if inside.parts[0] in {"demo", "locks", "desk"} or "licen" in inside.name.lower():
            continue
        if path.name not in told and path.stem not in words:
            unused.append(inside.as_posix())
    assert unused == []


@pytest.mark.parametrize("kind", LOCKS)
def test_a_lock_holds_names_versions_and_hashes_only(kind: str) -> None:
    lines = (ROOT / "resources" / "locks" / f"{kind}.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not LOCK_LINE.fullmatch(line)] == []


@pytest.mark.parametrize("kind", LOCKS)
def test_a_lock_fulfills_what_the_project_asks_for(kind: str) -> None:
    versions = locked(kind)
    for wanted in wanted_parts(kind):
        assert versions[canonicalize_name(wanted.name)] in wanted.specifier, wanted


def test_tests_run_on_the_very_parts_the_seller_gets() -> None:
    assert locked("runtime").items() <= locked("dev").items()


def test_qt_and_its_binding_are_of_one_version() -> None:
    versions = locked("runtime")
    assert versions["pyside6-essentials"] == versions["shiboken6"]


@pytest.mark.parametrize("name", [".ci/run", "resources/desk"])
def test_the_commands_can_be_started(name: str) -> None:
    assert (ROOT / name).stat().st_mode & 0o111 == 0o111


def test_the_floor_plan_names_every_room_and_no_other() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    plan = readme.split("## The floor plan")[1].split("\nOutside the package")[0]
    told = set(re.findall(r"`(\w+(?:/|\.py))`", plan)) - {"jeweler_desk/"}
    rooms = {path.parent.name + "/" for path in PACKAGE.glob("*/__init__.py")}
    rooms |= {path.name for path in PACKAGE.glob("*.py")} - {"__init__.py"}
    assert told == rooms
