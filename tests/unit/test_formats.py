"""SARIF: what the standard asks, what code hosts show of it, and fixes that fix."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from test_cases import CASES, TESTS, apply, small_handbook

from handbook.checks import rules
from handbook.checks.formats.sarif import as_sarif
from handbook.pages import loader
from handbook.pages.diagnostics import RULES, Diagnostic

SCHEMA = json.loads((TESTS / "vendor/sarif/sarif-2.1.0-rtm.5.json").read_text("utf-8"))
ZH = "docs/zh/roles/marketing.md"
RULE = """\
# Rules

## Headings in fixed words { #section-name }

`section-name`: So that readers can compare.

How to fix: Replace the line.

Right:
"""
FIXED = [name for name, rule in RULES.items() if rule.replaces_line]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    small_handbook(tmp_path)
    return tmp_path


def sarif(root: Path, language: str = "en", site_url: str = "https://example.org/h/") -> Any:
    """The report, which the schema allows."""
    project = loader.read(root)
    report = json.loads(as_sarif(rules.check(project), project.handbook, language, site_url))
    jsonschema.Draft4Validator(SCHEMA).validate(report)
    return report


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def test_a_report_of_nothing(root: Path) -> None:
    (run,) = sarif(root)["runs"]
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft4Validator(SCHEMA).validate({"version": "2.1.0", "runs": [{"results": []}]})


def test_a_result_names_its_place_its_rule_and_its_fix(root: Path) -> None:
    edit(root / ZH, "## 能力要求", "## 能力需求")
    (run,) = sarif(root)["runs"]
    (result,) = run["results"]
    assert len(result["partialFingerprints"].pop("pathRuleMessage/v1")) == 64
    file = {"uri": ZH, "uriBaseId": "%SRCROOT%"}
    replaced = {
        "deletedRegion": {"startLine": 31, "endLine": 31},
        "insertedContent": {"text": "## 能力要求"},
    }
    assert result == {
        "ruleId": "section-name",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "這一節的標題應為「能力要求」，實為「能力需求」\n## 能力要求"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": file,
                    "region": {"startLine": 31, "startColumn": 1},
                }
            }
        ],
        "partialFingerprints": {},
        "fixes": [
            {
                "description": {"text": "## 能力要求"},
                "artifactChanges": [{"artifactLocation": file, "replacements": [replaced]}],
            }
        ],
    }
    assert run["tool"]["driver"]["rules"][0]["helpUri"].endswith(
        "/h/en/contributing/rules/#section-name"
    )


def test_a_rule_is_explained_as_on_its_page(root: Path) -> None:
    edit(root / ZH, "## 能力要求", "## 能力需求")
    for language in ("zh", "en"):
        page = root / f"docs/{language}/contributing/rules.md"
        page.parent.mkdir()
        page.write_text(RULE, "utf-8")
    (rule,) = [
        rule
        for rule in sarif(root, "en", "")["runs"][0]["tool"]["driver"]["rules"]
        if rule["id"] == "section-name"
    ]
    assert rule == {
        "id": "section-name",
        "shortDescription": {"text": "Headings in fixed words"},
        "help": {
            "text": "section-name: So that readers can compare.\n\nHow to fix: Replace the line."
        },
        "defaultConfiguration": {"level": "error"},
    }


def test_a_warning_is_one(root: Path) -> None:
    handbook = loader.read(root).handbook
    reminder = Diagnostic(ZH, 1, 1, "translation-leftover", "x", severity="warning")
    run = json.loads(as_sarif([reminder], handbook, "en"))["runs"][0]
    assert run["results"][0]["level"] == "warning"
    (rule,) = run["tool"]["driver"]["rules"]
    assert (rule["defaultConfiguration"], "helpUri" in rule) == ({"level": "warning"}, False)


def test_a_page_writes_no_links_and_no_addresses_into_a_report(root: Path) -> None:
    handbook = loader.read(root).handbook
    hostile = Diagnostic("docs/zh/a b#?.md", 1, 1, "title", "[see](https://e.org) \\", "\x1b[2J")
    result = json.loads(as_sarif([hostile], handbook, "en"))["runs"][0]["results"][0]
    assert result["message"]["text"] == "\\[see\\](https://e.org) \\\\\n<U+001B>\\[2J"
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == "docs/zh/a%20b%23%3F.md"


def test_a_problem_is_the_same_when_lines_above_it_come_and_go(root: Path) -> None:
    edit(root / ZH, "## 能力要求", "## 能力需求")
    before = sarif(root)["runs"][0]["results"]
    edit(root / ZH, "## 能力需求", "\n\n## 能力需求")
    after = sarif(root)["runs"][0]["results"]
    assert [each["partialFingerprints"] for each in before] == [
        each["partialFingerprints"] for each in after
    ]
    assert before != after


@pytest.mark.parametrize("rule", FIXED)
def test_a_fix_fixes(root: Path, rule: str) -> None:
    """The line as the fix has it is no problem to the rule any more."""
    case = next(path for path in CASES if path.parent.name == rule)
    apply(yaml.safe_load(case.read_text("utf-8")), root)
    fixed = [each for each in sarif(root)["runs"][0]["results"] if "fixes" in each]
    assert rule in {each["ruleId"] for each in fixed}
    for each in fixed:
        (change,) = each["fixes"][0]["artifactChanges"]
        (replacement,) = change["replacements"]
        path, number = root / change["artifactLocation"]["uri"], replacement["deletedRegion"]
        lines = path.read_text("utf-8").split("\n")
        of = slice(number["startLine"] - 1, number["endLine"])
        lines[of] = [replacement["insertedContent"]["text"]]
        path.write_text("\n".join(lines), "utf-8")
    assert rule not in {each.rule for each in rules.check(loader.read(root))}
