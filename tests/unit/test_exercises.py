"""The handbook's own exercises, and how the file is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_cases import small_handbook

from handbook.pages import exercises, loader
from handbook.pages.exercises import EXERCISES
from handbook.pages.model import Exercise

ROOT = Path(__file__).parents[2]

TWO = """\
second:
  duty: "8.1"
  zh: {question: 退貨率偏高？, answer: 找出根源。}
  en: {question: "Returns are high?", answer: Find the root.}
first:
  duty: "3.1"
  zh: {question: " 節日將近？ ", answer: 展開推廣。}
  en: {question: "A holiday is near?", answer: Build a promotion.}
"""


def small(folder: Path, text: str) -> tuple[Exercise, ...]:
    small_handbook(folder)
    (folder / EXERCISES).write_text(text, encoding="utf-8")
    return loader.load(folder).exercises


def test_they_come_in_the_order_of_their_duties(tmp_path: Path) -> None:
    first, second = small(tmp_path, TWO)
    assert first == Exercise(
        id="first",
        role="marketing",
        duty="3.1",
        question={"zh": "節日將近？", "en": "A holiday is near?"},
        answer={"zh": "展開推廣。", "en": "Build a promotion."},
    )
    assert (second.id, second.role) == ("second", "after-sales")


def test_one_on_no_duty_is_left_out(tmp_path: Path) -> None:
    assert [each.id for each in small(tmp_path, TWO.replace("8.1", "8.4"))] == ["first"]


def test_a_wrong_file_has_none(tmp_path: Path) -> None:
    assert small(tmp_path, TWO.replace("first:", "first")) == ()


def test_no_file_has_none_and_no_problems(tmp_path: Path) -> None:
    small_handbook(tmp_path)
    assert loader.load(tmp_path).exercises == ()
    assert exercises.read(tmp_path).problems == ()


def test_every_duty_has_one_and_some_are_about_two_roles() -> None:
    handbook = loader.load(ROOT)
    numbers = {duty.number for role in handbook.roles("zh") for duty in role.duties}
    assert {each.duty for each in handbook.exercises} == numbers
    assert any(each.role != role for each in handbook.exercises for role, _ in each.duties)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_answers_are_in_the_words_of_their_duty(language: str) -> None:
    """No other has more of an answer's words, or in Chinese of its pairs of characters.

    Of an answer on two duties, what the first has not is then looked for.
    """
    duties = {
        duty.number: _pieces(" ".join(block.passage.text for block in duty.body), language)
        for role in loader.load(ROOT).roles(language)
        for duty in role.duties
    }
    for each in loader.load(ROOT).exercises:
        said = _pieces(each.answer[language], language)
        found = set()
        for _ in each.duties:
            most = max(duties, key=lambda number: len(said & duties[number]))
            said -= duties[most]
            found.add(most)
        assert found == {number for _, number in each.duties}, each.id


def _pieces(text: str, language: str) -> set[str]:
    if language == "en":
        return {word.strip(".,;:()").casefold() for word in text.split()}
    plain = "".join(char if char.isalnum() else " " for char in text)
    pairs = {plain[i : i + 2] for i in range(len(plain) - 1)}
    return {pair for pair in pairs if " " not in pair}
