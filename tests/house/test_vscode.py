"""The editor's settings: problems reach its pane, schemas and snippets are what they should be."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import Any

import pytest
import yaml
from conftest import ROOT

CASES = sorted((ROOT / "tests/cases").glob("*/*.yml"))


def settings(name: str) -> Any:
    return json.loads((ROOT / ".vscode" / name).read_text("utf-8"))


def matcher(label: str) -> Any:
    """How the task `label` finds the problems in what it prints."""
    tasks = {task["label"]: task for task in settings("tasks.json")["tasks"]}
    return tasks[label]["problemMatcher"]


def test_every_message_reaches_the_problems_pane() -> None:
    """The matcher takes a message and its hint, line after line, as VS Code does."""
    first, second = (re.compile(each["regexp"]) for each in matcher("check")["pattern"])
    assert CASES
    for path in CASES:
        lines = yaml.safe_load(path.read_text("utf-8")).get("expect", "").split("\n")
        for line, following in pairwise(lines):
            if not line.startswith("docs/") or not re.search(r":\d+:\d+: ", line):
                continue
            match = first.fullmatch(line)
            assert match, line
            assert match[1].startswith("docs/")
            assert match[2].isdigit()
            assert not match[4].startswith(":")
            assert second.fullmatch(following), following


def test_serving_finds_problems_as_the_check_does() -> None:
    """That what it waits for is printed, `tests/e2e/test_serve.py` sees."""
    serve = matcher("serve")
    assert serve.pop("background").keys() == {"activeOnStart", "beginsPattern", "endsPattern"}
    assert serve == matcher("check")


def test_schemas_and_what_they_are_for_exist() -> None:
    for schema, pattern in settings("settings.json")["yaml.schemas"].items():
        assert (ROOT / schema).is_file()
        assert list(ROOT.glob(pattern.replace("!(index)", "*")))  # pathlib has no `!(…)`


@pytest.mark.parametrize("name", ["extensions.json", "settings.json", "tasks.json"])
def test_the_files_are_kept_in_the_repository(name: str) -> None:
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert settings(name)
    assert f"!/.vscode/{name}" in ignored


def test_a_snippet_uses_the_words_of_the_page_schema() -> None:
    snippets = settings("handbook.code-snippets")
    assert "**指標**：" in "".join(snippets["職責"]["body"])
    assert "**Works with**: " in "".join(snippets["Duty"]["body"])
    front_matter = "\n".join(snippets["Front matter of a role"]["body"])
    schema = json.loads((ROOT / "schemas/role-front-matter.schema.json").read_text("utf-8"))
    keys = set(re.findall(r"^([a-z]+):", front_matter, re.MULTILINE))
    assert keys <= schema["properties"].keys()
    assert set(schema["required"]) <= keys
