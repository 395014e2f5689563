"""Topics are checked against duties; a page that is wrong itself is not held against them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from test_cases import small_handbook

from handbook.checks import rules
from handbook.pages import loader

if TYPE_CHECKING:
    from pathlib import Path

TOPIC = """
topics:
  channels:
    origin: source
    zh: {name: 推廣渠道, definition: 帶給用戶的途徑, words: [渠道]}
    en: {name: channels, definition: ways to reach users, words: [channel, channels]}
    duties: ["3.1", "3.2"]
"""


def found(folder: Path, *edits: tuple[str, str, str]) -> set[str]:
    small_handbook(folder)
    with (folder / "docs/vocabulary.yml").open("a", encoding="utf-8") as vocabulary:
        vocabulary.write(TOPIC.replace('"3.2"', '"3.1"') if not edits else TOPIC)
    for language, old, new in edits:
        page = folder / f"docs/{language}/roles/marketing.md"
        text = page.read_text(encoding="utf-8")
        assert old in text
        page.write_text(text.replace(old, new), encoding="utf-8")
    return {d.rule for d in rules.check(loader.read(folder))}


WORDS = (("zh", "- 分配預算", "- 管理渠道"), ("en", "- Allocate the budget", "- Choose a channel"))


def test_words_in_both_duties_are_enough(tmp_path: Path) -> None:
    assert found(tmp_path, *WORDS) == set()


def test_a_duty_named_twice_is_refused_with_the_vocabulary(tmp_path: Path) -> None:
    assert found(tmp_path) == {"vocabulary"}


def test_a_misspelt_section_is_one_problem(tmp_path: Path) -> None:
    edits = (("zh", "## 崗位職責", "## 崗位職則"), ("en", "## Duties", "## Dutes"))
    assert found(tmp_path, *WORDS, *edits) == {"section-name"}


def test_a_wrong_number_is_one_problem(tmp_path: Path) -> None:
    edits = (("zh", "### 3.2 ", "### 3.6 "), ("en", "### 3.2 ", "### 3.6 "))
    assert found(tmp_path, *WORDS, *edits) == {"duty-order"}


def test_a_conflict_is_one_problem(tmp_path: Path) -> None:
    conflict = "<<<<<<< HEAD\n### 3.2 廣告投放\n=======\n### 3.2 投放\n>>>>>>> branch"
    edits = (("zh", "### 3.2 廣告投放與渠道管理", conflict),)
    assert found(tmp_path, *edits) == {"conflict-marker"}


def test_a_list_that_is_missing_is_one_problem(tmp_path: Path) -> None:
    edits = (
        ("zh", "廣告投放與渠道管理", "廣告投放"),
        ("zh", "- 管理渠道\n- 監控投放\n", ""),
        ("en", "- Choose a channel\n- Monitor the placements\n", ""),
    )
    assert found(tmp_path, *WORDS, *edits) == {"duty-tasks"}


def test_a_page_that_cannot_be_read_is_one_problem(tmp_path: Path) -> None:
    found(tmp_path, *WORDS)
    for language in ("zh", "en"):
        (tmp_path / f"docs/{language}/roles/marketing.md").write_bytes(b"\xff\xfe\x00")
    problems = {d.rule for d in rules.check(loader.read(tmp_path))}
    assert not {rule for rule in problems if rule.startswith("topic-")}
