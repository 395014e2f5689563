"""Questions that are made: each answer is looked for in the model, right and wrong ones alike."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from conftest import ROOT

from handbook.base.word_search import finder
from handbook.pages import loader
from handbook.pages.model import Duty, Handbook
from handbook.pages.schema import AUTHORED
from handbook.views.questions import Question, Questions
from handbook.views.tasks import gives_away, said_of

both_languages = pytest.mark.parametrize("language", AUTHORED)


@pytest.fixture(scope="module")
def handbook() -> Handbook:
    return loader.load(ROOT)


@pytest.fixture(scope="module")
def questions(handbook: Handbook) -> Questions:
    return Questions(handbook)


def duties(handbook: Handbook, language: str) -> dict[str, tuple[str, Duty]]:
    """Each duty with the name of its role's page, by number."""
    roles = handbook.roles(language)
    return {duty.number: (role.slug, duty) for role in roles for duty in role.duties}


def made(questions: Questions, kind: str, language: str) -> list[tuple[Question, list[str]]]:
    """The questions of a kind, each with its wrong answers."""
    found = [each for each in questions.all if each.kind == kind]
    assert len(found) > 20
    for each in found:
        assert len({option[language] for option in each.options}) == 4, each.id
        assert each.options[each.right] == each.answer
    return [(each, [o[language] for o in each.options if o != each.answer]) for each in found]


@both_languages
def test_a_duty_that_is_wrong_has_no_word_of_the_topic(
    handbook: Handbook, questions: Questions, language: str
) -> None:
    by_name = {duty.name: duty for _, duty in duties(handbook, language).values()}
    for each, wrong in made(questions, "topic", language):
        topic = handbook.vocabulary.topics[each.id.partition("-topic-")[2]]
        words = finder(topic.text(language).words)
        assert by_name[each.answer[language]].number in topic.duties
        assert by_name[each.answer[language]].mentions(words)
        for name in wrong:
            assert by_name[name].number not in topic.duties, (each.id, name)
            assert not by_name[name].mentions(words), (each.id, name)


@both_languages
def test_a_role_that_is_wrong_touches_nothing_that_the_task_is_about(
    handbook: Handbook, questions: Questions, language: str
) -> None:
    roles = {role.title: role for role in handbook.roles(language)}
    for each, wrong in made(questions, "task", language):
        number = each.duties[0][1]
        own = next(d for d in roles[each.answer[language]].duties if d.number == number)
        (task,) = [t.text for t in own.tasks if t.text in each.text[language]][-1:]
        for topic in handbook.vocabulary.topics.values():
            words = finder(topic.text(language).words)
            if number in topic.duties and words.search(task):
                for name in wrong:
                    assert not any(duty.mentions(words) for duty in roles[name].duties), each.id


@both_languages
def test_a_term_that_is_wrong_is_named_by_no_duty_of_the_role(
    handbook: Handbook, questions: Questions, language: str
) -> None:
    for each, wrong in made(questions, "term", language):
        label = each.id.split("-")[1]
        role = handbook.role_pages[language, f"roles/{each.role}"]
        named = {
            duty.number: [use.words.casefold() for use in duty.terms(label)] for duty in role.duties
        }
        assert each.answer[language].casefold() in named[each.duties[0][1]], each.id
        assert not {w.casefold() for w in wrong} & {w for ws in named.values() for w in ws}, each.id


@both_languages
def test_a_purpose_that_is_wrong_is_of_a_role_and_of_topics_apart(
    handbook: Handbook, questions: Questions, language: str
) -> None:
    every = duties(handbook, language)
    by_purpose = {duty.purpose.text: at for at, (_, duty) in every.items() if duty.purpose}
    for each, wrong in made(questions, "purpose", language):
        number = each.duties[0][1]
        assert by_purpose[each.answer[language]] == number
        for text in wrong:
            other = by_purpose[text]
            assert every[other][0] != each.role, (each.id, other)
            for topic in handbook.vocabulary.topics.values():
                assert not {number, other} <= {*topic.duties}, (each.id, other)


def test_every_duty_is_asked_about_in_writing_and_from_the_model(
    handbook: Handbook, questions: Questions
) -> None:
    for number in duties(handbook, "zh"):
        asked = [each for each in questions.all if number == each.duties[0][1]]
        assert {bool(each.options) for each in asked} == {False, True}, number
    assert len({each.id for each in questions.all}) == len(questions.all)


@both_languages
def test_no_question_is_asked_twice(questions: Questions, language: str) -> None:
    """Not even of two duties: it would have two answers."""
    asked = Counter(each.text[language] for each in questions.all)
    assert [text for text, n in asked.items() if n > 1] == []


def test_a_question_does_not_tell_its_answer(handbook: Handbook, questions: Questions) -> None:
    for each in questions.all:
        asked = questions.duties[each.duties[0]]
        if each.kind == "term":
            assert not gives_away(each.answer, asked.name), each.id
        elif each.kind == "task":
            assert not gives_away(each.text, questions.titles[each.role]), each.id
        elif each.kind == "topic":
            topic = handbook.vocabulary.topics[each.id.partition("-topic-")[2]]
            assert asked.says(said_of(topic)), each.id


def test_a_task_that_stands_alone_speaks_of_no_one_unnamed(questions: Questions) -> None:
    for role in questions.titles:
        for task in questions.tasks.of(role):
            assert not re.search(r"\b(they|them|their|it|its|these|those)\b", task.text["en"])
            assert not re.search("他們|它們|這些", task.text["zh"])


def test_a_case_of_two_roles_is_in_the_packs_of_both(questions: Questions) -> None:
    shared = [each for each in questions.written if len(dict(each.duties)) > 1]
    assert len(shared) >= 3
    for each in shared:
        for role in dict(each.duties):
            assert each in questions.in_pack(role), (each.id, role)


def test_tasks_to_be_sorted_are_of_three_roles_and_of_no_other_two(
    handbook: Handbook, questions: Questions
) -> None:
    for role in handbook.roles("zh"):
        sorting = questions.tasks.sorting(role.slug)
        assert sorting, role.slug
        assert role.slug in sorting.roles
        assert {task.role for task in sorting.tasks} == {*sorting.roles}
        assert min(Counter(task.role for task in sorting.tasks).values()) >= 2
        for task in sorting.tasks:
            assert {*sorting.roles} - {task.role} <= task.strangers, task
            for of in AUTHORED:
                (_, duty) = duties(handbook, of)[task.duty]
                assert task.text[of] in [each.text for each in duty.tasks]
