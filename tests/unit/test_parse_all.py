"""Worker processes find what one process finds."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, environment
from test_cases import small_handbook

from handbook import loader, parse_all, rules

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.loader import Reading

SCRIPT = """
import sys
from handbook import cli, parse_all
parse_all._FEWEST = int(sys.argv[1])
sys.exit(cli.main(["check", "--root", sys.argv[2]]))
"""


def read_anew(root: Path) -> Reading:
    loader._known.clear()
    return rules.read(root)


def break_small_handbook(folder: Path) -> None:
    small_handbook(folder)
    page = folder / "docs/zh/roles/marketing.md"
    page.write_text(page.read_text("utf-8").replace("職責", "职责"), "utf-8")


@pytest.mark.parametrize("method", ["forkserver", "spawn"])
def test_the_same_with_and_without_workers(
    method: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_small_handbook(tmp_path)
    for root in (ROOT, tmp_path):
        alone = read_anew(root)
        with monkeypatch.context() as many:
            many.setattr(parse_all, "_FEWEST", 1)
            many.setattr(parse_all, "_start_method", lambda: method)
            together = read_anew(root)
        assert together.found == alone.found
        assert together.handbook.role_pages == alone.handbook.role_pages
        assert [*together.handbook.pages] == [*alone.handbook.pages]
        assert rules.check(together) == rules.check(alone)
    assert rules.check(alone)


def test_the_command_finds_the_same(tmp_path: Path) -> None:
    """By itself it has one thread, and on Linux forks."""
    break_small_handbook(tmp_path)
    said = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT, fewest, str(tmp_path)],
            env=environment(ROOT),
            capture_output=True,
            text=True,
            check=False,
        )
        for fewest in ("1", "1000000")
    ]
    assert [each.returncode for each in said] == [1, 1]
    assert said[0].stdout == said[1].stdout
    assert "[simplified-character]" in said[0].stdout
    assert said[0].stderr == said[1].stderr
