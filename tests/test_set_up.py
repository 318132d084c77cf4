"""The set-up script: told what it does, quick the second time, plain when it cannot go on."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LINUX_ONLY = pytest.mark.skipif(sys.platform != "linux", reason="packages are a matter of Linux")
# The few programs of the system that the script itself uses.
TOOLS = ("sh", "dirname", "cmp", "uname", "id", "rm", "cp", "cat", "env")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a script for POSIX systems")


class Checkout:
    """A copy of the script and its locks in a folder, and the few programs it can see."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "a checkout"
        self.programs = folder / "programs"
        self.programs.mkdir()
        shutil.copytree(ROOT / "resources" / "locks", self.root / "resources" / "locks")
        shutil.copy2(ROOT / "resources" / "desk", self.root / "resources" / "desk")
        services = self.root / "jeweler_desk" / "services"
        services.mkdir(parents=True)
        for name in ("__init__.py", "services/__init__.py", "services/system_libraries.py"):
            shutil.copy2(ROOT / "jeweler_desk" / name, self.root / "jeweler_desk" / name)
        for name in TOOLS:
            (self.programs / name).symlink_to(shutil.which(name) or "")

    def program(self, name: str, *lines: str) -> None:
        path = self.programs / name
        path.unlink(missing_ok=True)
        path.write_text("\n".join(("#!/bin/sh", *lines, "")))
        path.chmod(0o755)

    def is_set_up(self) -> None:
        """Lay out what a finished set-up leaves; its Python tells how it was called."""
        python = self.root / ".venv" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.write_text('#!/bin/sh\necho "called: $*"\n')
        python.chmod(0o755)
        for kind in ("runtime", "dev"):
            stamp = self.root / ".venv" / f"desk-{kind}.txt"
            shutil.copy2(self.root / "resources" / "locks" / f"{kind}.txt", stamp)

    def desk(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.root / "resources" / "desk", *arguments],
            env={"PATH": str(self.programs)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


@pytest.mark.parametrize("arguments", [(), ("nonsense",), ("test", "more")])
def test_a_call_that_means_nothing_is_answered_with_the_usage(
    checkout: Checkout, arguments: tuple[str, ...]
) -> None:
    answer = checkout.desk(*arguments)
    assert answer.returncode == 2
    assert "resources/desk demo [FOLDER]" in answer.stderr
    assert answer.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "called"),
    [
        (("demo", "my shop"), "-P -m jeweler_desk demo my shop"),
        (("run",), "-P -m jeweler_desk"),
        (("run", "orders", "--json"), "-P -m jeweler_desk orders --json"),
    ],
)
def test_a_second_call_starts_at_once(
    checkout: Checkout, arguments: tuple[str, ...], called: str
) -> None:
    checkout.is_set_up()
    answer = checkout.desk(*arguments)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout == f"called: {called}\n"


def test_the_checks_run_in_order(checkout: Checkout) -> None:
    checkout.is_set_up()
    told = checkout.desk("test").stdout.splitlines()
    words = ("ruff format --check", "ruff check", "mypy", "lint_imports", "pytest", "report")
    assert [word in line for word, line in zip(words, told, strict=False)] == [True] * len(words)
    assert told[-1] == "called: -m coverage report"


def test_a_check_that_fails_is_the_last_one(checkout: Checkout) -> None:
    checkout.is_set_up()
    python = checkout.root / ".venv" / "bin" / "python"
    python.write_text('#!/bin/sh\necho "called: $*"\ncase "$*" in *mypy*) exit 7 ;; esac\n')
    answer = checkout.desk("test")
    assert answer.returncode == 7
    assert answer.stdout.splitlines()[-1] == "called: -m mypy"


@pytest.mark.parametrize("kind", ["runtime", "dev"])
def test_a_changed_lock_is_installed_anew(checkout: Checkout, kind: str) -> None:
    checkout.is_set_up()
    with (checkout.root / "resources" / "locks" / f"{kind}.txt").open("a") as lock:
        lock.write("\n")
    answer = checkout.desk("test")
    assert answer.returncode == 3
    assert "Python 3.11" in answer.stderr  # which this bare folder of programs does not have


def test_a_machine_without_a_fitting_python_is_told_so(checkout: Checkout) -> None:
    checkout.program("python3", "exit 1")
    answer = checkout.desk("demo")
    assert answer.returncode == 3
    assert "needs Python 3.11 or newer" in answer.stderr
    assert not (checkout.root / ".venv").exists()


@LINUX_ONLY
def test_an_account_without_rights_is_told_the_packages(checkout: Checkout) -> None:
    checkout.program("python3", f'exec "{sys.executable}" "$@"')
    checkout.program("apt-get", "echo apt-get was called; exit 1")
    checkout.program("id", "echo 1000")
    answer = checkout.desk("test")
    assert answer.returncode == 3
    assert "this account has no right to install them" in answer.stderr
    assert answer.stderr.splitlines()[-1].startswith("    apt-get install ")
    assert "xvfb poppler-utils" in answer.stderr
    assert "was called" not in answer.stderr + answer.stdout
    assert not (checkout.root / ".venv").exists()


@LINUX_ONLY
def test_packages_that_do_not_come_are_named_too(checkout: Checkout) -> None:
    checkout.program("python3", f'exec "{sys.executable}" "$@"')
    checkout.program("apt-get", 'echo "apt-get $*"; exit 100')
    checkout.program("id", "echo 0")
    answer = checkout.desk("test")
    assert answer.returncode == 3
    assert "apt-get -q update" in answer.stderr
    assert "apt-get could not install them" in answer.stderr


@LINUX_ONLY
@pytest.mark.parametrize(
    ("program", "command", "screen"),
    [("pacman", "pacman -S", "xorg-server-xvfb"), ("dnf", "dnf install", "xorg-x11-server-Xvfb")],
)
def test_other_families_of_linux_are_told_their_own_packages(
    checkout: Checkout, program: str, command: str, screen: str
) -> None:
    checkout.program("python3", f'exec "{sys.executable}" "$@"')
    checkout.program(program, "exit 1")
    answer = checkout.desk("test")
    assert answer.returncode == 3
    told = answer.stderr.splitlines()[-1]
    assert told.startswith(f"    {command} ")
    assert screen in told


@LINUX_ONLY
def test_a_checkout_with_a_hole_in_it_is_not_set_up(checkout: Checkout) -> None:
    checkout.program("python3", f'exec "{sys.executable}" "$@"')
    (checkout.root / "jeweler_desk" / "services" / "system_libraries.py").unlink()
    answer = checkout.desk("run")
    assert answer.returncode == 3
    assert "is not whole" in answer.stderr
