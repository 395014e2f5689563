"""The front door: what is told before anything is there, and how `.venv/` is set up."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import ROOT

from handbook.base.words import LANGUAGES, words
from handbook.commands import cli, doctor, set_up, site_commands

DOOR = "hooks/handbook/commands/set_up.py"
PIN = re.compile(r"(?m)^([\w.-]+)==(\S+)((?: ;[^\\]*)?)")


def knock(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the door as a file, by a Python that has nothing but its standard library."""
    return subprocess.run(
        [sys.executable, "-S", "-E", str(ROOT / DOOR), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PATH": os.environ["PATH"], **variables},
        check=False,
    )


def test_the_door_needs_the_standard_library_only(tmp_path: Path) -> None:
    result = knock("doctor", PATH=str(tmp_path), LANG="en_GB.UTF-8")
    assert result.returncode == 1
    lines = result.stdout.splitlines()
    assert re.fullmatch(r"ok       Python 3\.\d+\.\d+ \(.+\)", lines[0])
    assert lines[1:3] == [
        "missing  make: the commands of the README",
        f"missing  {words('en')('door.git')}",
    ]
    assert "missing  a browser: the tests open the pages in Chromium" in lines
    assert lines[-2] == "To read and edit: make, git"  # nothing here installs packages
    assert lines[-1].startswith("For the tests: browser")


def test_it_speaks_the_language_of_whoever_asks() -> None:
    result = knock("doctor", LANG="zh_HK.UTF-8")
    assert re.match(r"齊備  Python 3\.\d+\.\d+（.+）\n", result.stdout), (
        result.stdout + result.stderr
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_words_are_those_of_the_catalogue(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", language)
    say = set_up._words()
    anything = dict.fromkeys(
        ("version", "path", "oldest", "newest", "n", "how", "package", "said"), "x"
    )
    group = words(language).group("door")
    assert group
    for key in group:
        assert say(f"door.{key}", **anything) == words(language)(f"door.{key}", **anything)


def test_a_python_that_is_too_old_is_told_with_how_to_get_another(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(doctor, "python_range", lambda: ((4, 0), (4, 1)))
    monkeypatch.setattr("shutil.which", lambda name: name if name == "apt" else None)
    assert set_up.set_up(words("en"), ["site"]) == 1
    version = ".".join(map(str, sys.version_info[:3]))
    assert capsys.readouterr().err == (
        f"Python {version} is too old: 4.0 or later is needed\n"
        "To read and edit: sudo apt install python3.11 python3.11-venv\n"
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "WARNING: Retrying (Retry(total=4, …\nERROR: No matching distribution found for a==1\n",
            words("en")("door.no-index"),
        ),
        (
            "ERROR: No matching distribution found for a==1\n",
            "a==1 is not there for Python 3.99 yet: use Python 3.14 (make PYTHON=python3.14)",
        ),
        (
            "Collecting a\nERROR: [Errno 28] No space left on device\n\nmore\n",
            "The packages cannot be installed: [Errno 28] No space left on device",
        ),
    ],
)
def test_why_pip_gave_up_is_told_in_a_line(
    said: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 99, 0))
    assert set_up._why(said, words("en")) == told


def test_the_two_lock_files_agree() -> None:
    site, dev = (dict(_pins(ROOT / name)) for name in doctor.LOCKS.values())
    shared = site.keys() & dev.keys()
    assert len(shared) > 5
    assert {name: dev[name] for name in shared} == {name: site[name] for name in shared}
    assert not {"mypy", "playwright", "pytest", "ruff"} & site.keys()


def _pins(path: Path) -> list[tuple[str, set[str]]]:
    found: dict[str, set[str]] = {}
    for name, version, _ in PIN.findall(path.read_text("utf-8")):
        found.setdefault(name, set()).add(version)
    return [*found.items()]


def test_ci_tries_the_pythons_that_the_project_names() -> None:
    jobs = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text("utf-8"))["jobs"]
    tried = jobs["test"]["strategy"]["matrix"]["python"]
    oldest, newest = map(doctor.dotted, doctor.python_range())
    assert (tried[0], tried[-1]) == (oldest, newest)
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    assert re.findall(r'"Programming Language :: Python :: (3\.\d+)"', project) == tried
    for readme in ("README.md", "README.zh.md"):
        assert re.search(rf"{oldest} [a-z至]+ {newest}", (ROOT / readme).read_text("utf-8"))


def test_without_a_browser_the_rest_is_tested_and_a_line_tells_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    called: list[str] = []
    monkeypatch.setattr(site_commands, "_tool", lambda name: name)
    monkeypatch.setattr(doctor, "BROWSERS", ())
    monkeypatch.setattr("shutil.which", lambda name: name if name == "apt" else None)
    monkeypatch.setattr(doctor, "_loads", lambda _: False)
    monkeypatch.setattr(doctor, "_has_fonts", lambda: True)

    def run(command: list[str], _root: Path) -> int:
        called.append(" ".join(command))
        return int("browser.py" in called[-1])

    monkeypatch.setattr(site_commands, "_run", run)
    assert cli.main(["test", "--root", str(tmp_path), "--lang", "en"]) == 1
    assert called[-1] == "pytest --numprocesses auto --dist worksteal -m not browser"
    assert capsys.readouterr().err == (
        "The tests that open a browser did not run, as none starts here: "
        f"run sudo apt install {doctor._PACKAGES['browser']['apt']} libatomic1, then test again\n"
    )
