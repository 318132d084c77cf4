"""The doctor's command answers in words and in JSON, and its status tells whether all is well."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from jeweler_desk.cli import desk
from jeweler_desk.services.doctor import Matter, examine, look_around

IS_WELL = all(found.is_good for found in examine(look_around()))


def test_the_doctor_answers_with_one_finding_for_each_matter(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    answer = CliRunner().invoke(desk, ["--desk", str(folder), "doctor", "--json"])
    told = json.loads(answer.stdout)
    assert [finding["kind"] for finding in told["findings"]] == list(Matter)
    assert all(set(finding) == {"kind", "ok", "what", "packages"} for finding in told["findings"])
    assert told["ok"] is IS_WELL
    assert answer.exit_code == (0 if IS_WELL else 1)
    assert not folder.exists()


def test_in_words_every_finding_is_one_line() -> None:
    answer = CliRunner().invoke(desk, ["doctor"])
    assert len(answer.stdout.splitlines()) == len(Matter)
    assert answer.stdout.startswith("ok       Python 3.")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt brings its libraries along")
def test_a_missing_library_is_named_before_qt_would_abort(tmp_path: Path) -> None:
    (tmp_path / "libxcb-cursor.so.0").write_bytes(b"no library at all")
    environment = os.environ | {"LD_LIBRARY_PATH": str(tmp_path)}
    answer = subprocess.run(
        [sys.executable, "-m", "jeweler_desk", "doctor", "--json"],
        env=environment,
        capture_output=True,
        check=False,
    )
    findings = {finding["kind"]: finding for finding in json.loads(answer.stdout)["findings"]}
    assert answer.returncode == 1
    assert "libxcb-cursor0" in findings["libraries"]["packages"]["debian"]
    assert "xcb-util-cursor" in findings["libraries"]["packages"]["fedora"]
    assert "xcb-util-cursor" in findings["libraries"]["packages"]["arch"]
