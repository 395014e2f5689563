"""What differs between two states of a page, in words, and the class that the draft guesses."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_cases import small_handbook

from handbook.pages import loader
from handbook.versions.changes import Change, compare, draft

PAGE = "docs/{}/roles/marketing.md"


def changes(root: Path, *edits: tuple[str, str, str]) -> tuple[Change, ...]:
    """What differs once each edit (language, old, new) is made."""
    small_handbook(root)
    old = loader.load(root)
    for language, before, after in edits:
        page = root / PAGE.format(language)
        text = page.read_text("utf-8")
        assert text.count(before) == 1, before
        page.write_text(text.replace(before, after), "utf-8")
    return compare(old, loader.load(root))


def only(found: tuple[Change, ...]) -> Change:
    (change,) = found
    return change


@pytest.mark.parametrize(
    ("edits", "kinds"),
    [
        ([("en", "Ties promotion to the goals", "Ties promotion to its goals")], ["wording"]),
        ([("zh", "- 制定推廣策略", "- 訂定推廣策略")], ["wording"]),
        # A number, most of the words, or both languages: it may well mean something else.
        ([("en", "a holiday sale", "2 holiday sales")], ["meaning"]),
        (
            [("en", "- Set a promotion strategy\n- Choose the channels", "- Other tasks")],
            ["meaning"],
        ),
        (
            [("en", "- Choose the channels", "- Choose channels"), ("zh", "選定推廣", "選擇推廣")],
            ["meaning"],
        ),
        ([("en", "### 3.2 Ad placement", "### 3.3 Ad placement")], ["meaning", "duty"]),
    ],
)
def test_the_class_is_guessed(
    tmp_path: Path, edits: list[tuple[str, str, str]], kinds: list[str]
) -> None:
    assert [change.kind for change in changes(tmp_path, *edits)] == kinds


def test_words_are_told_as_they_were_typed(tmp_path: Path) -> None:
    change = only(
        changes(
            tmp_path,
            ("en", "- Allocate the budget\n- Monitor", "- Plan the Budget (monthly)\n- Monitor"),
        )
    )
    english = change.differences["en"]
    assert (english.removed, english.added) == (("Allocate",), ("Plan", "monthly"))


def test_a_word_between_two_changes_is_taken_in(tmp_path: Path) -> None:
    change = only(changes(tmp_path, ("zh", "分配預算", "規劃並分配年度預算")))
    assert change.differences["zh"].added == ("規劃並", "年度")
    change = only(changes(tmp_path, ("en", "Allocate the budget", "Plan the money")))
    english = change.differences["en"]
    assert (english.removed, english.added) == (("Allocate the budget",), ("Plan the money",))


def test_passages_of_several_lines_are_told_line_by_line(tmp_path: Path) -> None:
    change = only(changes(tmp_path, ("en", "- Monitor the placements\n", "")))
    assert change.differences["en"].removed == ("Monitor the placements",)
    change = only(
        changes(tmp_path, ("en", "- Allocate the budget\n- Monitor the placements\n", "- Count\n"))
    )
    assert change.differences["en"].removed == ("Allocate the budget", "Monitor the placements")


def test_a_draft_is_cut_short_and_its_signs_are_escaped(tmp_path: Path) -> None:
    texts = [f"- A{n} *b* one two three four\n" for n in range(6)]
    small_handbook(tmp_path)
    page = tmp_path / PAGE.format("en")
    plain = "".join(f"- one two three four x{n}\n" for n in range(6))
    text = page.read_text("utf-8")
    page.write_text(text.replace("- Monitor the placements\n", plain), "utf-8")
    old = loader.load(tmp_path)
    new = page.read_text("utf-8")
    for n, line in enumerate(texts):
        new = new.replace(f"- one two three four x{n}\n", line.replace("*b*", r"\*b\*"))
    page.write_text(new, "utf-8")
    drafted = draft(compare(old, loader.load(tmp_path)), {}, "en")
    assert r"added “A0 \*b”" in drafted
    assert drafted.count("“") == 8  # four of each
    assert drafted.count("…") == 2
    assert "### marketing { #unreleased-marketing }" in drafted
