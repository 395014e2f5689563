"""What changed, word by word: nothing is lost, and nothing is made up."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.base.words import words as catalogue
from handbook.versions.fingerprints import words
from handbook.versions.word_changes import Line, amount, as_html, as_text, changed_lines

WORD = st.sampled_from(
    ["分", "配", "預", "算", "budget", "the", "3.2", "，", " ", "。", "<", "&", "'"]
)
TEXTS = st.lists(st.lists(WORD, max_size=12).map("".join), max_size=5)


@pytest.mark.parametrize(
    ("before", "after", "html"),
    [
        (["合理分配預算"], ["妥善分配預算"], "<li><del>合理</del><ins>妥善</ins>分配預算</li>"),
        (["分配預算"], ["妥善分配預算"], "<li><ins>妥善</ins>分配預算</li>"),
        (["甲乙", "丙丁"], ["甲乙", "丙丁", "戊己"], "<li><ins>戊己</ins></li>"),
        (["甲乙", "丙丁", "戊己"], ["甲乙", "戊己"], "<li><del>丙丁</del></li>"),
        (["Keep the budget"], ["Keep budget"], "<li>Keep<del> the</del> budget</li>"),
        (["It's good."], ["It is good."], "<li>It <del>s</del><ins>is</ins> good.</li>"),
        (["One & two"], ["One & 2<3"], "<li>One &amp; <del>two</del><ins>2&lt;3</ins></li>"),
        (["好，壞"], ["好；壞！"], ""),
        (["Same"], ["same"], ""),
    ],
)
def test_changes_are_readable(before: list[str], after: list[str], html: str) -> None:
    assert as_html(changed_lines(before, after)) == html


def test_what_stayed_the_same_is_cut_short() -> None:
    before = "一二三四五六七八九十" * 4
    (line,) = changed_lines([before], [before.replace("五六", "好", 1) + "完"])
    assert as_html([line]) == (
        "<li>一二三四<del>五六</del><ins>好</ins>七八九十一二三四五六七八 … "
        "九十一二三四五六七八九十<ins>完</ins></li>"
    )


def test_changes_on_one_line() -> None:
    lines = changed_lines(["溝通：強", "甲乙"], ["溝通", "甲乙丙"])
    assert as_text(lines, catalogue("zh")) == "刪「強」，增「丙」"


def test_amount_counts_what_came_or_went_and_not_what_moved() -> None:
    assert amount(["the old budget"], ["the new budget"]) == (1, 1 / 3)
    assert amount(["the budget"], ["of the year", "the new budget"]) == (4, 4 / 6)
    assert amount(["solve any problem promptly"], ["Promptly solve any problem"]) == (0, 0)
    assert amount([], []) == (0, 0)


@given(before=TEXTS, after=TEXTS)
def test_changes_lead_from_one_text_to_the_other(before: list[str], after: list[str]) -> None:
    lines = changed_lines(before, after)
    whole = _keys(before) == _keys(after)
    assert whole == (not _changed(lines))
    # Both sides of the changed lines stand in the texts they are of.
    for kind, texts in (("removed", before), ("added", after)):
        shown = [p.text for line in lines for p in line if p.kind in {"same", kind}]
        rest = _keys(texts)
        for key in _keys(shown):
            assert key in rest
            rest = rest[rest.index(key) + 1 :]


def _changed(lines: tuple[Line, ...]) -> list[str]:
    return [piece.text for line in lines for piece in line if piece.kind != "same"]


def _keys(texts: list[str]) -> list[str]:
    return [word.key for text in texts for word in words(text)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a b " * 3000, "b a c " * 2000),
        ("一的" * 3000, "的一是" * 2000),
        (" ".join(map(str, range(9000))), " ".join(str(n ^ 1) for n in range(9000))),
    ],
    ids=["few words", "few characters", "many swapped"],
)
def test_what_cannot_be_compared_soon_has_changed_as_a_whole(before: str, after: str) -> None:
    start = time.process_time()
    (line,) = changed_lines((before.strip(),), (after.strip(),))
    assert time.process_time() - start < 2
    assert [piece.kind for piece in line if piece.text] == ["removed", "added"]


def test_a_long_text_that_stays_the_same_has_not_changed() -> None:
    assert changed_lines(("a b " * 3000,), ("a  b " * 3000,)) == ()
