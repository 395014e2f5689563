"""`python -m handbook fix`, as people call it: what it writes, what it says, its exit code."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import environment, run_in
from test_cases import small_handbook

from handbook.checks.fix import NotWritten, write
from handbook.checks.fix import fix as plan
from handbook.versions.baseline import FILE

ZH, EN = "docs/zh/roles/marketing.md", "docs/en/roles/marketing.md"


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    small_handbook(tmp_path)
    write(plan(tmp_path), tmp_path)
    return tmp_path


def fix(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run_in(folder, "handbook", "fix", *arguments, SOURCE_DATE_EPOCH="1793491200")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def test_nothing_to_mend(handbook: Path) -> None:
    result = fix(handbook)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "no files changed\n")


def test_says_what_it_changed(handbook: Path) -> None:
    edit(handbook / ZH, "- 分配預算", "- 分配预算,看ROI \n- 核對预算")
    edit(handbook / EN, "- Allocate the budget", "- Allocate the budget, watch the ROI\n- Check it")
    result = fix(handbook)
    assert result.returncode == 0
    assert result.stdout == (
        f"{ZH}:24: 行末空格、簡體字、標點、中英文之間的空格\n"
        "  - - 分配预算,看ROI \n"
        "  + - 分配預算，看 ROI\n"
        f"{ZH}:25: 簡體字\n"
        "  - - 核對预算\n"
        "  + - 核對預算\n"
        "docs/translation.tsv: both languages agree on 3.2\n"
    )
    assert result.stderr == "2 files changed\n"
    assert "- 分配預算，看 ROI\n- 核對預算\n" in (handbook / ZH).read_text("utf-8")
    assert fix(handbook).stderr == "no files changed\n"
    assert run_in(handbook, "handbook", "check").returncode == 0


def test_diff_writes_nothing(handbook: Path) -> None:
    edit(handbook / ZH, "- 分配預算", "- 分配预算")
    before = (handbook / ZH).read_bytes()
    result = fix(handbook, "--diff")
    assert (result.returncode, result.stderr) == (1, "")
    assert f"--- a/{ZH}\n+++ b/{ZH}\n@@ " in result.stdout
    assert "\n-- 分配预算\n+- 分配預算\n" in result.stdout
    edit(handbook / EN, "Allocate the budget", "Allocate budgets")
    assert "\n+marketing\tduty-3-2\t" in fix(handbook, "--diff").stdout
    assert (handbook / ZH).read_bytes() == before


def test_paths_limit_what_is_mended(handbook: Path) -> None:
    other = handbook / "docs/zh/roles/after-sales.md"
    for page in (handbook / ZH, other):
        page.write_text(page.read_text("utf-8") + "\n\n", "utf-8")
    assert fix(handbook, "docs/zh/roles/marketing.md").stderr == "1 file changed\n"
    assert other.read_text("utf-8").endswith("\n\n")


def test_undecided_is_1(handbook: Path) -> None:
    edit(handbook / ZH, "用好預算。", "在預算之內取得最大的成效，每一筆開支都有根據。")
    edit(handbook / EN, "Monitor the placements", "Monitor placements")
    assert fix(handbook).returncode == 1
    assert fix(handbook, "--translate=duty-3-2").returncode == 0
    assert "zh 2026-11-01" in (handbook / "docs/translation.tsv").read_text("utf-8")


def test_list_of_what_waits(handbook: Path) -> None:
    assert run_in(handbook, "handbook", "translation").stdout == ""
    edit(handbook / ZH, "用好預算。", "用好全部預算。")
    assert fix(handbook).returncode == 0
    result = run_in(handbook, "handbook", "translation")
    assert result.returncode == 0
    assert (
        result.stdout == "- `marketing#duty-3-2`: English behind since 2026-11-01: added “全部”\n"
    )


def test_section_that_is_none_is_2(handbook: Path) -> None:
    result = fix(handbook, "--same=duty-3-7")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == (
        "handbook: no such section: duty-3-7 (sections are such as duty-3-2, marketing/intro)\n"
    )


def test_record_that_cannot_be_read_is_2(handbook: Path) -> None:
    (handbook / "docs/translation.tsv").write_text("marketing\n", "utf-8")
    result = fix(handbook)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == (
        "handbook: docs/translation.tsv:1: expected a line as `make fix` writes it, found "
        "`marketing`\n"
    )


def test_control_characters_never_reach_the_terminal(handbook: Path) -> None:
    edit(handbook / ZH, "- 分配預算", "- 分配预算\x1b[31m")
    assert "\x1b" not in fix(handbook, "--diff").stdout
    assert "<U+001B>" in fix(handbook).stdout


def test_page_that_cannot_be_read_stays(handbook: Path) -> None:
    (handbook / ZH).write_bytes("說明".encode("big5") + b"\r\n ")
    before = (handbook / ZH).read_bytes()
    record = (handbook / "docs/translation.tsv").read_bytes()
    result = fix(handbook)
    assert "1 problem left that a person must fix: see `make check`\n" in result.stdout
    assert (handbook / ZH).read_bytes() == before
    assert (handbook / "docs/translation.tsv").read_bytes() == record


def test_a_full_disk_costs_nothing(handbook: Path) -> None:
    edit(handbook / ZH, "- 分配預算", "- 分配预算")
    edit(handbook / EN, "- Allocate the budget", "- Allocate the whole budget ")
    before = {path: path.read_bytes() for path in (handbook / "docs").rglob("*.*")}
    assert len(before[handbook / FILE]) > 1500
    room = len(before[handbook / FILE]) - 1  # bytes: enough for the pages
    result = subprocess.run(
        [sys.executable, "-m", "handbook", "fix"],
        cwd=handbook,
        env=environment(handbook, PYTHONDONTWRITEBYTECODE="1"),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == (
        f"handbook: {FILE} cannot be written (the file is too large); nothing was changed\n"
    )
    assert {path: path.read_bytes() for path in (handbook / "docs").rglob("*.*")} == before
    assert not [*handbook.glob(".fix-*")]


def test_what_was_written_before_a_failure_is_put_back(
    handbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(handbook / ZH, "- 分配預算", "- 分配预算")
    edit(handbook / EN, "- Allocate the budget", "- Allocate the budget ")
    replace = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if target == handbook / ZH:
            raise PermissionError(1, "Operation not permitted")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    before = (handbook / EN).read_bytes()
    told = rf"^{ZH} cannot be written \(not permitted\); nothing was changed$"
    with pytest.raises(NotWritten, match=told):
        write(plan(handbook), handbook)
    assert "- 分配预算" in (handbook / ZH).read_text("utf-8")
    assert (handbook / EN).read_bytes() == before
