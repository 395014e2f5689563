"""The real commands on a copy of the real pages: they pass as they are, and fail when broken."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, environment
from e2e.authored import EDITIONS
from e2e.patience import Patience, finished, work_of

if TYPE_CHECKING:
    from conftest import Finished, Run

MARKETING = "docs/{}/roles/marketing.md"


def digest(folder: Path) -> dict[str, str]:
    """Every file of a folder, with what tells its bytes."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def edit(page: Path, pattern: str, replacement: str) -> int:
    """Change a page as an editor would, at one place; returns the line of that place."""
    text = page.read_text(encoding="utf-8")
    (match,) = re.finditer(pattern, text, re.MULTILINE)
    page.write_text(text[: match.start()] + replacement + text[match.end() :], encoding="utf-8")
    return text.count("\n", 0, match.start()) + 1


@pytest.fixture
def old_site(repo_copy: Path, site: Path) -> Path:
    """A site that stands in the copy already, from an earlier build."""
    return shutil.copytree(site, repo_copy / "site")


@pytest.fixture
def broken(repo_copy: Path) -> str:
    """Break a page of each language; returns what an editor must be told, whole."""
    abilities = edit(
        repo_copy / MARKETING.format("en"), "^## Ability requirements$", "## Ability requirments"
    )
    duty = edit(repo_copy / MARKETING.format("zh"), r"^### 3\.2 (?=\S)", "### 3.6 ")
    name = (repo_copy / MARKETING.format("zh")).read_text(encoding="utf-8").splitlines()[duty - 1]
    return (
        f"docs/en/roles/marketing.md:{abilities}:1: expected the section heading "
        "`Ability requirements`, found `Ability requirments` [section-name]\n"
        "  hint: ## Ability requirements\n"
        f"docs/zh/roles/marketing.md:{duty}:1: 「{name.removeprefix('### 3.6 ')}」的編號應為 3.2，"
        f"與 {EDITIONS[-1].stem} 版相同，實為 3.6；編號定了就不改 [duty-retired]\n"
        f"  hint: {name.replace('3.6', '3.2')}\n"
    )


def make(folder: Path, target: str) -> Finished:
    """Run make in a copy, with this environment instead of one of its own."""
    shutil.copy(ROOT / "Makefile", folder)
    tools = Path(sys.executable).parent
    command = ["make", "--silent", f"BIN={tools}", "STAMP=", target]
    return finished(command, folder, environment(folder))


def test_the_real_pages_build_without_a_word_of_warning(site: Path) -> None:
    log = site.with_suffix(".log").read_text(encoding="utf-8")
    assert "Documentation built" in log
    assert [line for line in log.splitlines() if not line.startswith("INFO  ")] == []


def test_the_real_pages_pass_the_check(run: Run) -> None:
    result = run("handbook", "check")
    assert (result.returncode, result.stdout) == (0, "")
    assert re.fullmatch(r"\d+ pages checked, no problems\n", result.stderr)


def test_a_broken_page_is_refused_and_the_old_site_survives(
    run: Run, broken: str, old_site: Path
) -> None:
    before = digest(old_site)
    result = run("mkdocs", "build", "--strict")
    assert result.returncode != 0
    assert digest(old_site) == before
    problems = "2 problems, nothing was built\n"
    assert result.stderr == f"ERROR   -  {problems}{broken}"
    chinese = run("mkdocs", "build", "--strict", LANG="zh_HK.UTF-8")
    assert chinese.stderr == f"ERROR   -  有 2 個問題，甚麼都沒有生成\n{broken}"


def test_the_check_says_what_the_build_says(run: Run, broken: str) -> None:
    result = run("handbook", "check")
    assert (result.returncode, result.stdout) == (1, broken)


def test_a_check_of_nothing_is_not_a_pass(run: Run, repo_copy: Path) -> None:
    for page in (repo_copy / "docs").rglob("*.md"):
        page.unlink()
    assert run("handbook", "check").returncode == 2


def test_a_build_of_nothing_is_refused(run: Run, repo_copy: Path, old_site: Path) -> None:
    before = digest(old_site)
    for page in (repo_copy / "docs").rglob("*.md"):
        page.unlink()
    assert run("mkdocs", "build", "--strict").returncode != 0
    assert digest(old_site) == before


def test_make_build_replaces_the_site_and_leaves_nothing_else(repo_copy: Path, site: Path) -> None:
    (repo_copy / "site").mkdir()
    (repo_copy / "site" / "stale.html").touch()
    result = make(repo_copy, "build")
    assert result.returncode == 0, result.stderr
    beside = (".br", ".gz")  # for hosts
    built = {path for path in digest(repo_copy / "site") if not path.endswith(beside)}
    assert built == {path for path in digest(site) if not path.endswith(beside)}
    *stages, made = result.stdout.splitlines()
    kinds = [path.suffix for path in site.rglob("*")]
    assert re.fullmatch(
        rf"The site is in site/: {kinds.count('.html')} pages, {kinds.count('.pdf')} PDFs, "
        r"\d+\.\d MB, made in \d+ s",
        made,
    )
    assert stages == []
    told = result.stderr.splitlines()
    assert [line for line in told if not line.startswith("INFO  ") or "static_i18n" in line] == []
    assert not [*(repo_copy / ".build").iterdir()]


def test_make_build_keeps_the_old_site_when_a_build_fails_half_way(
    repo_copy: Path, old_site: Path
) -> None:
    before = digest(old_site)
    (repo_copy / "overrides" / "404.html").write_text("{% extends 'missing.html' %}")
    assert make(repo_copy, "build").returncode != 0
    assert digest(old_site) == before
    assert not [*(repo_copy / ".build").iterdir()]


def test_a_build_that_is_ended_leaves_the_old_site_and_nothing_aside(
    repo_copy: Path, old_site: Path
) -> None:
    before, aside = digest(old_site), repo_copy / ".build"
    command = [sys.executable, "-m", "handbook", "build"]
    with subprocess.Popen(command, cwd=repo_copy, env=environment(repo_copy)) as building:
        waiting = Patience(lambda: work_of(building.pid))
        while not [*aside.glob("*/site")] and not waiting.is_over():
            time.sleep(0.05)
        assert [*aside.glob("*/site")], "the build has begun"
        building.terminate()
        assert building.wait() == 1
    assert digest(old_site) == before
    assert not [*aside.iterdir()]


def test_make_check_fails_when_the_check_fails(repo_copy: Path, broken: str) -> None:
    result = make(repo_copy, "check")
    assert result.returncode != 0
    assert result.stdout == broken


def test_make_help_names_every_command(repo_copy: Path) -> None:
    commands = re.findall(r"^  make (\S+) +\S", make(repo_copy, "help").stdout, re.MULTILINE)
    assert commands == [
        "help", "doctor", "serve", "build", "pdf", "check", "fix", "new-role", "test", "test-fast",
        "mutants", "bench", "lock", "clean",
    ]  # fmt: skip


def test_a_vocabulary_that_cannot_be_used_is_told_alone(run: Run, repo_copy: Path) -> None:
    """Its topics and terms are not there then: that is no reason to ask where they went."""
    path = repo_copy / "docs" / "vocabulary.yml"
    text = path.read_text(encoding="utf-8")
    wrong = text.replace(
        "zh: {name: 市場洞察力, definition: ", "zh: {name: 市場洞察力，definition：", 1
    )
    path.write_text(wrong, encoding="utf-8")
    line = wrong[: wrong.index("，definition")].count("\n") + 1
    result = run("handbook", "check")
    assert result.returncode == 1
    assert result.stdout.count("docs/") == 1
    assert result.stdout.startswith(f"docs/vocabulary.yml:{line}:1: ")
