"""`handbook changes` and `handbook edition`, as people call them, over a history of edits."""

from __future__ import annotations

import datetime
import subprocess
from pathlib import Path

import pytest
from conftest import Finished, run_in
from test_cases import note_editions, small_handbook

from handbook.pages import loader
from handbook.versions import editions
from handbook.versions.edition_digests import DIGESTS, digest

ZH, EN = "docs/zh/roles/marketing.md", "docs/en/roles/marketing.md"
LOGS = {
    "docs/zh/changes.md": (
        "# 版本與修改\n\n每一版改了甚麼。\n\n## 2026.11 { #edition-2026-11 }\n\n第一版。\n"
    ),
    "docs/en/changes.md": (
        "# Editions and changes\n\nWhat each edition changed.\n\n"
        "## 2026.11 { #edition-2026-11 }\n\nThe first edition.\n"
    ),
}
NEW_DUTY = {
    ZH: (
        "## 能力要求",
        "### 3.3 直播推廣\n\n接觸新用戶。\n\n- 策劃直播\n\n## 能力要求",
    ),
    EN: (
        "## Ability requirements",
        "### 3.3 Live promotion\n\nReaches new users.\n\n- Plan streams\n\n## Ability requirements",
    ),
}


class Repository:
    """A small handbook under git."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        small_handbook(folder)
        for path, text in LOGS.items():
            (folder / path).write_text(text, "utf-8")
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit("the handbook")

    def git(self, *arguments: str) -> str:
        person = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org"]
        return subprocess.run(
            ["git", "-C", str(self.folder), *person, *arguments],
            check=True,
            capture_output=True,
            encoding="utf-8",
        ).stdout.strip()

    def commit(self, subject: str) -> str:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", subject)
        return self.git("rev-parse", "HEAD")

    def edit(self, path: str, old: str, new: str) -> None:
        page = self.folder / path
        text = page.read_text("utf-8")
        assert text.count(old) == 1, old
        page.write_text(text.replace(old, new), "utf-8")

    def run(self, *command: str) -> Finished:
        return run_in(self.folder, "handbook", *command, SOURCE_DATE_EPOCH="1796083200")

    def log(self, draft: str) -> None:
        """Paste a draft into the change logs, above the newest edition."""
        for part in draft.split("<!-- ")[1:]:
            path, _, entry = part.partition(" -->\n\n")
            text = (self.folder / path).read_text("utf-8")
            before, heading, after = text.partition("## 20")
            pasted = f"{before}{entry.strip()}\n\n{heading}{after}"
            (self.folder / path).write_text(pasted, "utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


@pytest.fixture
def released(repository: Repository) -> Repository:
    """The same with the first edition made; how a command makes it has a test of its own."""
    kept = editions.taken(loader.load(repository.folder))
    path = repository.folder / editions.FOLDER / "2026.11.tsv"
    path.parent.mkdir()
    path.write_text(editions.written("2026.11", datetime.date(2026, 12, 1), kept), "utf-8")
    note_editions(repository.folder)
    repository.commit("edition 2026.11")
    return repository


def test_the_first_edition(repository: Repository) -> None:
    result = repository.run("edition", "2026.11")
    assert (result.returncode, result.stdout) == (0, "docs/editions/2026.11.tsv: 16 sections\n")
    lines = (repository.folder / "docs/editions/2026.11.tsv").read_text("utf-8").splitlines()
    assert lines[:2] == [
        '# 2026.11, 2026-12-01: all parts as they were, written by "handbook edition 2026.11"',
        "role\tpart\tname-zh\tname-en\tzh\ten",
    ]
    assert [line.split("\t")[:4] for line in lines[2:]] == [
        ["after-sales", "abilities", "能力要求", "Ability requirements"],
        ["after-sales", "duty-8-1", "售後數據分析", "After-sales data analysis"],
        ["after-sales", "intro", "售後服務管理", "After-sales service"],
        ["glossary", "term-abilities-communication", "溝通", "communication"],
        ["glossary", "term-abilities-data-analysis", "數據分析", "data analysis"],
        ["glossary", "term-abilities-patience", "耐心", "patience"],
        ["glossary", "term-measures-conversion-rate", "轉化率", "conversion rate"],
        ["glossary", "term-measures-return-rate", "退貨率", "return rate"],
        ["glossary", "term-partners-suppliers", "供應商", "suppliers"],
        ["glossary", "term-tools-sql", "SQL", "SQL"],
        ["marketing", "abilities", "能力要求", "Ability requirements"],
        ["marketing", "duty-3-1", "推廣策略規劃", "Promotion strategy planning"],
        ["marketing", "duty-3-2", "廣告投放與渠道管理", "Ad placement and channel management"],
        ["marketing", "intro", "市場推廣", "Marketing"],
        ["overview", "page", "整體定位", "Where operations fits in"],
        ["overview", "section-areas", "各領域", "The areas"],
    ]
    assert repository.run("check").returncode == 0


def test_from_one_edition_to_the_next(released: Repository) -> None:
    unchanged = released.run("changes")
    assert (unchanged.returncode, unchanged.stdout) == (0, "")
    assert unchanged.stderr == "no section of a role changed\n"

    released.edit(EN, "- Allocate the budget", "- Propose and allocate the budget")
    released.edit(ZH, "- 分配預算", "- 提出並分配預算")
    released.edit(EN, "Ties promotion to the goals.", "Ties promotion to goals.")
    for path, edit in NEW_DUTY.items():
        released.edit(path, *edit)
    assert released.run("check").stdout == ""  # nobody is asked for an entry

    refused = released.run("edition", "2026.12")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == (
        "handbook: expected docs/zh/changes.md to say of every part that changed since 2026.11 "
        "what did, found nothing on 3 parts; for a draft: .venv/bin/python -m handbook changes\n"
    )
    assert not (released.folder / "docs/editions/2026.12.tsv").exists()

    draft = released.run("changes")
    assert draft.stdout == (
        "<!-- docs/zh/changes.md -->\n\n"
        "## 尚未成版 { #unreleased }\n\n"
        "### 市場推廣 { #unreleased-marketing }\n\n"
        "- **只改措辭**：3.1 推廣策略規劃：只改英文\n"
        "- **含義有變**：3.2 廣告投放與渠道管理：加「提出並」\n"
        "- **職責增減**：3.3 直播推廣：新增\n"
        "\n<!-- docs/en/changes.md -->\n\n"
        "## Not yet in an edition { #unreleased }\n\n"
        "### Marketing { #unreleased-marketing }\n\n"
        "- **Wording only**: 3.1 Promotion strategy planning: removed “the”\n"
        "- **Meaning changed**: 3.2 Ad placement and channel management: added “Propose and”\n"
        "- **Duty added or removed**: 3.3 Live promotion: added\n"
    )
    assert (
        draft.stderr
        == "This is a draft: check the kinds of change, and say in words what changed\n"
    )
    released.log("".join(draft.stdout.split("- **Wording only**: 3.1")[:1]))
    half = released.run("edition", "2026.12")
    assert "docs/en/changes.md" in half.stderr
    assert "found nothing on 3 parts" in half.stderr
    released.git("checkout", "--", "docs/zh/changes.md", "docs/en/changes.md")
    released.log(draft.stdout)
    assert released.run("check").stdout == ""

    made = released.run("edition", "2026.12")
    assert made.returncode == 0
    assert made.stdout == (
        "docs/editions/2026.12.tsv: 17 sections\n"
        "docs/zh/changes.md: what was in no edition yet is 2026.12\n"
        "docs/en/changes.md: what was in no edition yet is 2026.12\n"
    )
    assert "## 2026.12 { #edition-2026-12 }\n\n### 市場推廣 { #edition-2026-12-marketing }\n" in (
        released.folder / "docs/zh/changes.md"
    ).read_text("utf-8")
    assert released.run("check").stdout == ""
    assert "unreleased" not in (released.folder / "docs/en/changes.md").read_text("utf-8")


def test_an_edition_without_an_entry_for_a_duty_is_refused(released: Repository) -> None:
    released.edit(ZH, "- 監控投放", "- 每日監控投放")
    released.edit(ZH, "為平台帶來流量。", "為平台帶來大量流量。")
    released.log(released.run("changes").stdout)
    assert released.run("edition", "2026.12").returncode == 0
    log = released.folder / "docs/zh/changes.md"
    lines = log.read_text("utf-8").splitlines(keepends=True)
    log.write_text("".join(line for line in lines if "簡介" not in line), "utf-8")
    result = released.run("check")
    assert result.returncode == 1
    assert result.stdout == (
        "docs/zh/changes.md:5:1: 2026.12 版應說明這項修改，實際沒有：市場推廣，簡介 "
        "[change-missing]\n  hint: - **含義有變**：簡介：改了甚麼\n"
    )
    released.edit("docs/zh/changes.md", "- **只改措辭**：3.2", "- **只改措辭**：簡介、3.2")
    assert released.run("check").stdout == ""


def test_what_does_not_change_what_is_said_is_no_change(released: Repository) -> None:
    released.edit(EN, "Brings traffic to the platform.", "Brings **traffic**\nto the platform!")
    (released.folder / ZH).write_bytes((released.folder / ZH).read_bytes() + b"\n\n")
    assert released.run("changes").stderr == "no section of a role changed\n"


def test_an_edit_taken_back_is_no_change(released: Repository) -> None:
    released.edit(EN, "Monitor the placements", "Watch the placements")
    away = released.commit("another word")
    released.git("revert", "--no-edit", away)
    assert released.run("changes").stderr == "no section of a role changed\n"
    assert "“Watch”" in released.run("changes", "2026.11", away).stdout
    assert "“Monitor”" in released.run("changes", away, "HEAD").stdout


def test_a_page_whose_headings_are_wrong_is_not_compared(released: Repository) -> None:
    released.edit("docs/zh/roles/marketing.md", "## 崗位職責", "## 岗位职责")
    released.edit("docs/en/roles/after-sales.md", "## Duties", "## Duties\n\nNow more.")
    drafted = released.run("changes")
    assert drafted.stdout.startswith(
        "cannot be compared until the headings of its sections are right: marketing\n\n"
        "<!-- docs/zh/changes.md -->\n"
    )
    assert "unreleased-marketing" not in drafted.stdout
    assert "unreleased-after-sales" in drafted.stdout


def test_an_edition_that_was_made_again(released: Repository) -> None:
    released.edit(EN, "Monitor the placements", "Watch the placements")
    (released.folder / "docs/editions/2026.11.tsv").unlink()
    released.commit("not handed out yet")
    assert released.run("edition", "2026.11").returncode == 0
    released.commit("edition 2026.11")
    assert released.run("changes").stderr == "no section of a role changed\n"
    released.edit(EN, "Allocate the budget", "Ask for a budget")
    page = released.folder / "docs/editions/2026.11.tsv"
    page.write_text(page.read_text("utf-8") + "\n", "utf-8")
    released.commit("another edit, which touches the file")
    assert "“Ask for a”" in released.run("changes", "2026.11").stdout


def test_a_role_that_comes_and_a_role_that_goes(released: Repository) -> None:
    for language, title in (("zh", "直播運營"), ("en", "Live streaming")):
        folder = released.folder / f"docs/{language}/roles"
        text = (folder / "after-sales.md").read_text("utf-8")
        old = "售後服務管理" if language == "zh" else "After-sales service"
        text = text.replace("section: 8", "section: 9").replace("### 8.1", "### 9.1")
        (folder / "live.md").write_text(text.replace(old, title), "utf-8")
        (folder / "after-sales.md").unlink()
    assert released.run("changes").stdout.partition("\n<!--")[0] == (
        "<!-- docs/zh/changes.md -->\n\n"
        "## 尚未成版 { #unreleased }\n\n"
        "### 直播運營 { #unreleased-live }\n\n"
        "- **職責增減**：新崗位\n\n"
        "### 售後服務管理 { #unreleased-after-sales }\n\n"
        "- **職責增減**：刪去這個崗位\n"
    )


def test_changes_in_a_shallow_clone_of_two_commits(released: Repository, tmp_path: Path) -> None:
    released.edit(EN, "Monitor the placements", "Watch the placements")
    released.commit("another word")
    clone = tmp_path / "clone"
    released.git("clone", "--quiet", "--depth=2", f"file://{released.folder}", str(clone))
    result = run_in(clone, "handbook", "changes", "HEAD~1", "HEAD")
    assert "“Watch”" in result.stdout


REFUSED = {
    "edition 2026.13": "expected a year and a month, such as 2026.12, found `2026.13`",
    "edition ../x": "expected a year and a month, such as 2026.12, found `../x`",
    "edition 2026.11": (
        "docs/editions/2026.11.tsv exists: delete it first, unless it was handed out"
    ),
    "edition 2026.10": "expected a name after the newest edition, 2026.11, found `2026.10`",
    "changes no-such-commit": "no commit no-such-commit is known here",
    "changes -- --output=x": "no commit --output=x is known here",
}


def test_what_cannot_be_done_is_said(released: Repository) -> None:
    for command, message in REFUSED.items():
        result = released.run(*command.split())
        assert (result.returncode, result.stdout) == (2, "")
        assert result.stderr == f"handbook: {message}\n"
    assert released.git("status", "--porcelain") == ""


def test_without_git_there_is_nothing_to_compare_with(tmp_path: Path) -> None:
    small_handbook(tmp_path)
    result = run_in(tmp_path, "handbook", "changes")
    assert result.returncode == 2
    assert result.stderr == ("handbook: there is no edition yet to compare with: name a commit\n")
    result = run_in(tmp_path, "handbook", "changes", "main")
    assert result.returncode == 2
    assert result.stderr == "handbook: this folder is not in a git repository\n"


def test_the_command_notes_what_it_made(released: Repository) -> None:
    digests = released.folder / DIGESTS
    before = digests.read_text("utf-8")
    assert released.run("edition", "2026.12").returncode == 0
    added = (released.folder / "docs/editions/2026.12.tsv").read_bytes()
    assert digests.read_text("utf-8") == f"{before}2026.12\t{digest(added)}\n"
    released.commit("edition 2026.12")
    assert released.run("check", "docs/editions").returncode == 0


def test_an_edition_that_was_changed(released: Repository) -> None:
    released.edit("docs/editions/2026.11.tsv", "推廣策略規劃", "推廣規劃")
    result = released.run("check", "docs/editions")
    assert result.returncode == 1
    assert "[edition-changed]" in result.stdout


def test_history_tells_also_when_both_files_were_changed(released: Repository) -> None:
    brought = released.git("rev-parse", "--short", "HEAD")
    path = released.folder / "docs/editions/2026.11.tsv"
    released.edit("docs/editions/2026.11.tsv", "推廣策略規劃", "推廣規劃")
    (released.folder / DIGESTS).unlink()
    note_editions(released.folder)
    released.commit("tidy up")
    result = released.run("check", "docs/editions")
    assert f"as {brought} has it, found it changed" in result.stdout
    assert f"hint: git checkout {brought} -- docs/editions/2026.11.tsv\n" in result.stdout
    released.git("checkout", brought, "--", "docs/editions/2026.11.tsv")
    assert "推廣策略規劃" in path.read_text("utf-8")


def test_an_edition_that_was_not_handed_out_is_made_again(released: Repository) -> None:
    (released.folder / "docs/editions/2026.11.tsv").unlink()
    assert "no edition 2026.11" in released.run("check").stdout
    (released.folder / DIGESTS).unlink()
    released.commit("not handed out")
    released.edit(ZH, "推廣策略規劃", "推廣規劃")
    assert released.run("edition", "2026.11").returncode == 0
    released.commit("edition 2026.11")
    assert "edition" not in released.run("check", "docs/editions").stdout
