"""What runs and what people meet on GitHub and GitLab: safe workflows, forms that links fill."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from conftest import ROOT

from handbook.site.page.reporting import Subject, report_address

TOOLS = Path(sys.executable).parent
CI = ".github/workflows/ci.yml"
FORMS = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*-??.yml"))


def audit(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [TOOLS / "zizmor", "--offline", "--no-progress", "--persona", "pedantic", folder],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_workflows_are_safe() -> None:
    result = audit(ROOT / ".github")
    assert result.returncode == 0, result.stdout
    assert "No findings to report" in result.stdout


@pytest.mark.parametrize(
    ("found", "right", "wrong"),
    [
        ("unpinned-uses", "3d3c42e5aac5ba805825da76410c181273ba90b1", "v7"),
        ("excessive-permissions", "\npermissions: {}\n", "\npermissions: write-all\n"),
        ("dangerous-triggers", "  pull_request:\n", "  pull_request_target:\n"),
        ("artipacked", "persist-credentials: false", "show-progress: false"),
        ("template-injection", "'HEAD^1'", "${{ github.event.pull_request.title }}"),
    ],
)
def test_an_unsafe_workflow_would_be_found(
    tmp_path: Path, found: str, right: str, wrong: str
) -> None:
    workflow = tmp_path / CI
    workflow.parent.mkdir(parents=True)
    text = (ROOT / CI).read_text("utf-8")
    assert right in text
    workflow.write_text(text.replace(right, wrong), "utf-8")
    result = audit(tmp_path)
    assert result.returncode != 0
    assert f"[{found}]" in result.stdout, result.stdout


@pytest.mark.parametrize(
    ("schema", "paths"),
    [
        ("github-workflows", sorted((ROOT / ".github/workflows").glob("*.yml"))),
        ("github-issue-forms", FORMS),
        ("github-issue-config", [ROOT / ".github/ISSUE_TEMPLATE/config.yml"]),
        ("gitlab-ci", [ROOT / ".gitlab-ci.yml"]),
        ("dependabot", [ROOT / ".github/dependabot.yml"]),
    ],
)
def test_files_have_the_form_that_the_forge_expects(schema: str, paths: list[Path]) -> None:
    assert paths
    result = subprocess.run(
        [TOOLS / "check-jsonschema", "--builtin-schema", f"vendor.{schema}", *paths],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_form_has_the_places_that_links_fill(language: str) -> None:
    subject = Subject(language, "T", "docs/zh/roles/marketing.md", "3.2", "D")
    filled = parse_qs(urlsplit(report_address(subject, "https://github.com/a/b")).query)
    (template,) = filled.pop("template")
    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE" / template).read_text("utf-8"))
    ids = {field["id"] for field in form["body"]}
    assert filled.keys() - {"title"} == {"page", "duty"} <= ids
    assert filled["title"][0].startswith(form["title"])


def test_both_languages_have_the_same_forms() -> None:
    fields = {
        path.name: [(field["id"], field["type"], "validations" in field) for field in form["body"]]
        for path in FORMS
        for form in [yaml.safe_load(path.read_text("utf-8"))]
    }
    assert set(fields) == {
        f"{of}-{in_}.yml" for of in ("mistake", "new-role") for in_ in ("zh", "en")
    }
    assert fields["mistake-zh.yml"] == fields["mistake-en.yml"]
    assert fields["new-role-zh.yml"] == fields["new-role-en.yml"]


def test_every_area_of_the_code_owners_is_there() -> None:
    lines = (ROOT / ".github/CODEOWNERS").read_text("utf-8").splitlines()
    areas = [line.split()[0] for line in lines if line and not line.startswith("#")]
    assert len(areas) >= 10
    assert [area for area in areas if not list(ROOT.glob(area.strip("/")))] == []


@pytest.mark.parametrize("command", ["make", "git"])
def test_the_image_of_gitlab_gets_what_it_lacks(command: str) -> None:
    jobs = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))
    assert command in jobs["default"]["before_script"][0].split()
    assert shutil.which(command)


def test_gitlab_checks_merge_requests() -> None:
    """A job without rules is left out of their pipelines."""
    jobs = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))
    merge_request = {"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}
    assert [name for name in ("check", "site") if merge_request in jobs[name]["rules"]] == [
        "check",
        "site",
    ]
