"""`python -m handbook`, as people and CI call it: what it prints, and its exit code."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import jsonschema
import pytest
import yaml
from conftest import environment, run_in
from test_cases import TESTS, small_handbook

SCHEMA = TESTS.parent / "schemas/role-front-matter.schema.json"


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    small_handbook(tmp_path)
    return tmp_path


def check(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return run_in(folder, "handbook", "check", *arguments, **variables)


def break_page(folder: Path) -> Path:
    page = folder / "docs/zh/roles/marketing.md"
    page.write_text(page.read_text("utf-8").replace("## 能力要求", "## 能力需求"), "utf-8")
    return page


def test_clean_is_0_and_says_how_much_was_checked(handbook: Path) -> None:
    result = check(handbook)
    assert (result.returncode, result.stdout) == (0, "")
    assert result.stderr == "10 pages checked, no problems\n"


def test_problems_are_1_on_standard_output(handbook: Path) -> None:
    break_page(handbook)
    result = check(handbook)
    assert result.returncode == 1
    assert result.stdout.startswith("docs/zh/roles/marketing.md:31:1: ")
    assert "[section-name]\n  hint: ## 能力要求" in result.stdout
    assert result.stderr == "10 pages checked, 1 problem\n"


def test_from_a_folder_below(handbook: Path) -> None:
    break_page(handbook)
    command = ["check", "roles/marketing.md"]
    result = run_in(handbook / "docs/zh", "handbook", *command, PYTHONPATH=f"{handbook}/hooks")
    assert result.returncode == 1
    assert result.stdout.startswith("docs/zh/roles/marketing.md:31:1: ")


def test_path_limits_what_is_reported(handbook: Path) -> None:
    break_page(handbook)
    assert check(handbook, "docs/en").returncode == 0
    assert check(handbook, "docs/zh/roles/after-sales.md", "docs/en/").returncode == 0
    assert check(handbook, "docs/zh/roles").returncode == 1
    assert check(handbook, "docs/zh/roles/marketing.md").returncode == 1
    assert check(handbook, str(handbook / "docs/zh")).returncode == 1
    assert check(handbook, ".").returncode == 1


@pytest.mark.parametrize("path", ["docs/zh/roles/nothing.md", "mkdocs.yml", "../elsewhere.md"])
def test_path_that_is_no_page_is_2(handbook: Path, path: str) -> None:
    result = check(handbook, "docs/zh", path)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == f"handbook: no such file under docs/: {path}\n"


def test_a_renamed_page_needs_a_redirect(handbook: Path) -> None:
    git = ["git", "-c", "user.name=E", "-c", "user.email=e@example.com"]
    for arguments in (["init", "-q"], ["add", "docs"], ["commit", "-qm", "before"]):
        subprocess.run([*git, *arguments], cwd=handbook, check=True)
    assert check(handbook, "--since", "HEAD").returncode == 0
    for language in ("zh", "en"):
        roles = handbook / f"docs/{language}/roles"
        (roles / "marketing.md").rename(roles / "promotion.md")
        subprocess.run([*git, "add", "--intent-to-add", roles], cwd=handbook, check=True)
        index = handbook / f"docs/{language}/overview.md"
        index.write_text(index.read_text("utf-8").replace("marketing.md", "promotion.md"), "utf-8")
    result = check(handbook, "--since", "HEAD", "docs")
    assert result.returncode == 1
    assert result.stdout.startswith("docs/redirects.yml:1:1: ")
    assert "[redirect-missing]\n  hint: add this line to docs/redirects.yml" in result.stdout
    assert "\n        roles/marketing: roles/promotion\n" in result.stdout
    (handbook / "docs/redirects.yml").write_text("roles/marketing: roles/promotion\n", "utf-8")
    assert "redirect" not in check(handbook, "--since", "HEAD").stdout


def test_a_commit_that_is_not_there_is_2(handbook: Path) -> None:
    result = check(handbook, "--since", "nothing")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "handbook: no commit nothing is known here\n"


def test_no_pages_is_2(handbook: Path) -> None:
    shutil.rmtree(handbook / "docs/zh")
    shutil.rmtree(handbook / "docs/en")
    result = check(handbook)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == f"handbook: no pages found under {handbook / 'docs'}\n"


def test_no_settings_is_2(handbook: Path) -> None:
    (handbook / "mkdocs.yml").unlink()
    result = check(handbook)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == (
        "handbook: there is no handbook here or above: no mkdocs.yml (change to its folder, or give"
        " --root)\n"
    )


def test_broken_settings_are_2(handbook: Path) -> None:
    (handbook / "mkdocs.yml").write_text("markdown_extensions: [no_such_extension]", "utf-8")
    result = check(handbook)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == (
        "handbook: mkdocs.yml: the Markdown extensions cannot be loaded "
        "(No module named 'no_such_extension')\n"
    )
    (handbook / "mkdocs.yml").write_text("theme:\n  a: [\n", "utf-8")
    result = check(handbook, "--lang", "zh")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "handbook：mkdocs.yml 無法讀取：第 3 行不是有效的 YAML\n"


def test_unknown_format_is_2(handbook: Path) -> None:
    assert check(handbook, "--format", "xml").returncode == 2


@pytest.mark.parametrize("variables", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colour_is_for_a_terminal_that_takes_it(handbook: Path, variables: dict[str, str]) -> None:
    page = break_page(handbook)
    terminal, there = pty.openpty()
    subprocess.run(
        [sys.executable, "-m", "handbook", "check"],
        cwd=handbook,
        env={**environment(handbook, TERM="xterm", NO_COLOR=""), **variables},
        stdout=there,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    os.close(there)
    shown = os.read(terminal, 10_000).decode().replace("\r\n", "\n")
    os.close(terminal)
    plain = check(handbook).stdout
    line, hint = plain.rstrip("\n").split("\n")
    coloured = f"\x1b[31m{line}\x1b[0m\n\x1b[2m{hint}\x1b[0m\n"
    assert shown == (plain if variables else coloured)
    assert page.relative_to(handbook).as_posix() in line


def test_version_and_completion(handbook: Path) -> None:
    told = run_in(handbook, "handbook", "--version")
    assert (told.returncode, told.stdout) == (0, f"handbook {version('handbook')}\n")
    script = run_in(handbook, "handbook", _HANDBOOK_COMPLETE="bash_source")
    assert script.returncode == 0
    assert "complete -o nosort -F _handbook_completion handbook" in script.stdout


def test_json(handbook: Path) -> None:
    assert json.loads(check(handbook, "--format", "json").stdout) == []
    break_page(handbook)
    result = check(handbook, "--format", "json")
    assert result.returncode == 1
    (found,) = json.loads(result.stdout)
    assert (found["path"], found["line"]) == ("docs/zh/roles/marketing.md", 31)
    assert (found["rule"], found["hint"]) == ("section-name", "## 能力要求")


def test_github_annotates_and_fills_the_step_summary(handbook: Path) -> None:
    break_page(handbook)
    summary = handbook / "summary.md"
    summary.write_text("before\n", "utf-8")
    result = check(handbook, "--format", "github", GITHUB_STEP_SUMMARY=str(summary))
    assert result.returncode == 1
    assert result.stdout.startswith(
        "::error file=docs/zh/roles/marketing.md,line=31,col=1,title=section-name::"
    )
    assert result.stdout.count("\n") == 1
    written = summary.read_text("utf-8")
    assert written.startswith(
        "before\n### ❌ 檢查結果 · Check\n\n"
        "檢查了 10 頁，有 1 個問題。 · 10 pages checked, 1 problem.\n\n"
        "```text\ndocs/zh/roles/marketing.md:31:1: "
    )


def test_github_says_so_when_all_is_well(handbook: Path) -> None:
    summary = handbook / "summary.md"
    result = check(handbook, "--format", "github", GITHUB_STEP_SUMMARY=str(summary))
    assert (result.returncode, result.stdout) == (0, "")
    assert summary.read_text("utf-8") == (
        "### ✅ 檢查結果 · Check\n\n檢查了 10 頁，沒有問題。 · 10 pages checked, no problems.\n\n"
    )


def test_gitlab_gets_a_report_and_people_the_text(handbook: Path) -> None:
    assert json.loads(check(handbook, "--format", "gitlab").stdout) == []
    page = break_page(handbook)
    page.write_text(page.read_text("utf-8") + "\n待補充\n\n待補充\n", "utf-8")
    result = check(handbook, "--format", "gitlab")
    assert result.returncode == 1
    first, *others = json.loads(result.stdout)
    assert first.pop("fingerprint")
    assert first == {
        "description": "這一節的標題應為「能力要求」，實為「能力需求」\n## 能力要求",
        "check_name": "section-name",
        "severity": "major",
        "location": {"path": "docs/zh/roles/marketing.md", "lines": {"begin": 31}},
    }
    assert len({each["fingerprint"] for each in others}) == len(others) == 2
    assert "docs/zh/roles/marketing.md:31:1: " in result.stderr
    page.write_text(page.read_text("utf-8").replace("\n## 能力", "\n\n\n## 能力"), "utf-8")
    moved = json.loads(check(handbook, "--format", "gitlab").stdout)
    assert [each["fingerprint"] for each in moved[1:]] == [each["fingerprint"] for each in others]


def test_output_survives_a_terminal_of_another_encoding(handbook: Path) -> None:
    break_page(handbook)
    result = check(handbook, PYTHONIOENCODING="ascii")
    assert result.returncode == 1
    assert "section-name" in result.stdout


@pytest.mark.parametrize("name", ["role-front-matter", "vocabulary", "redirects", "handbook"])
def test_json_schemas_are_up_to_date(name: str) -> None:
    path = TESTS.parent / f"schemas/{name}.schema.json"
    result = run_in(TESTS.parent, "handbook", "schema", name)
    assert result.returncode == 0
    assert result.stdout == path.read_text("utf-8"), (
        f"python -m handbook schema {name} > schemas/{path.name}"
    )


@pytest.mark.parametrize("name", ["vocabulary", "redirects", "handbook"])
def test_what_is_there_is_what_the_json_schemas_describe(name: str) -> None:
    schema = json.loads((TESTS.parent / f"schemas/{name}.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    text = (TESTS.parent / f"docs/{name}.yml").read_text("utf-8")
    assert validator.is_valid(yaml.safe_load(text))
    assert not validator.is_valid({"roles/Marketing": "x"})
    assert not validator.is_valid({"a": 3})


def test_json_schema_says_what_the_rules_say() -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    assert validator.is_valid({"section": 3, "description": "What it is for."})
    for wrong in ({}, {"section": "3"}, {"section": 0}, {"section": 3, "title": "x"}):
        assert not validator.is_valid(wrong)
