"""Whatever pages and files are called or say, no line of a job's log is a command to its runner."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from conftest import Finished, run_in
from hypothesis import given
from hypothesis import strategies as st
from test_cases import small_handbook

from handbook.base.days import EARLIEST
from handbook.base.job_log import inert
from handbook.checks.formats.text import as_text
from handbook.pages import loader
from handbook.pages.diagnostics import Diagnostic
from handbook.versions import baseline, recording

ZH, EN = "docs/zh/roles/marketing.md", "docs/en/roles/marketing.md"
GITHUB = re.compile(r"^\s*::|##(vso)?\[", re.MULTILINE)
"""A command to GitHub's runner, or to that of Azure."""
GITLAB = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
HOSTILE = (
    "::error file=a::b", "  ::stop-commands::x", "::set-output name=a::b", "##[error]x",
    "###[group]", "##vso[task.complete]", "section_start:1:a\r\x1b[0Kb", "\x1b[2Jx",
    "\u3000::warning::x",
)  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    small_handbook(tmp_path)
    agreed = recording.record(loader.load(tmp_path), (), EARLIEST)
    (tmp_path / baseline.FILE).write_text(agreed.text, "utf-8")
    for command in (("init", "--quiet"), ("add", "--all"), ("commit", "--quiet", "-m", "all")):
        person = ["-c", "user.name=E", "-c", "user.email=e@example.org"]
        subprocess.run(["git", "-C", str(tmp_path), *person, *command], check=True)
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode()
    assert text.count(old) == 1, old
    path.write_bytes(text.replace(old, new).encode())


def assert_inert(result: Finished) -> None:
    assert result.returncode in (0, 1), result.stderr
    for said in (result.stdout, result.stderr):
        assert not GITHUB.search(said), said
        assert not GITLAB.search(said.replace("\t", "")), said


def break_with(root: Path, hostile: tuple[str, ...]) -> None:
    """Have messages quote each: as found, in a hint of several lines, in a diff, as a path."""
    edit(root / EN, "## Ability requirements", f"## Abilities {hostile[0]}")
    edit(root / EN, "section: 3", f"section: {hostile[3]}")
    edit(root / ZH, "## 能力要求", "\n".join(f"{words} 内容\n\n{words}\n" for words in hostile))
    redirects = (f"{json.dumps(words)}: {json.dumps(words)}\n" for words in hostile)
    (root / "docs/redirects.yml").write_text("".join(redirects), "utf-8")
    for words in hostile:
        name = words.replace("/", "").replace(" ", "")
        for path in (f"docs/zh/{name}.md", f"docs/en/x\n{name}.md"):
            (root / path).write_text(f"#{words}\n\n{words}\n\n##{words} \n{words}\n", "utf-8")


def test_no_command_speaks_for_a_page(root: Path) -> None:
    break_with(root, HOSTILE)
    checked = run_in(root, "handbook", "check")
    assert checked.returncode == 1
    assert checked.stdout.count("<U+0023>#[") > 5
    assert_inert(checked)
    for form in ("gitlab", "json", "sarif"):
        result = run_in(root, "handbook", "check", "--format", form)
        assert "##[error]x" in repr(json.loads(result.stdout)).replace("\\", "")
        assert_inert(result)
    diff = run_in(root, "handbook", "fix", "--diff")
    assert " <U+003A>:error file=a::b" in diff.stdout
    assert_inert(diff)
    assert_inert(run_in(root, "handbook", "fix"))


def test_what_changed_is_told_without_commands(root: Path) -> None:
    edit(root / EN, "section: 3", "section: 3\ntranslate: [duty-3-1]")
    edit(root / EN, "### 3.1 ", "### 3.1 ##[error]x ::error::x ")
    waiting = run_in(root, "handbook", "translation")
    assert "duty-3-1" in waiting.stdout
    assert_inert(waiting)
    changed = run_in(root, "handbook", "changes", "HEAD")
    assert "error" in changed.stdout
    assert_inert(changed)


def test_annotations_for_github_are_the_only_commands(root: Path) -> None:
    break_with(root, HOSTILE)
    result = run_in(root, "handbook", "check", "--format", "github")
    lines = result.stdout.splitlines()
    assert len(lines) > 3
    annotation = re.compile(r"::(error|warning) file=docs/[^:]*,line=\d+,col=\d+,title=[a-z-]+::")
    assert all(annotation.match(line) or re.fullmatch(r"\+\d+ more", line) for line in lines)


def test_a_hint_of_several_lines_is_no_command() -> None:
    problem = Diagnostic("docs/zh/a.md", 1, 1, "x", "y", "paste:\n::error::x\n##[endgroup]")
    assert as_text(problem).endswith("        <U+003A>:error::x\n        <U+0023>#[endgroup]")


@given(st.text(alphabet=":#[v so\n\ta"))
def test_no_text_is_a_command(text: str) -> None:
    made = inert(text)
    assert not GITHUB.search(made)
    spelt = made.replace("<U+003A>", ":").replace("<U+0023>", "#")
    assert spelt == text


def test_ordinary_text_stays_as_it_is() -> None:
    text = "docs/zh/a.md:1:1: x [y]\n  hint: ## 職責\n        ### 3.1 [x](y.md) { #a::b }"
    assert inert(text) == text
