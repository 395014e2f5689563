"""Questions that are made: each answer is looked for in the model, right and wrong ones alike."""

from __future__ import annotations

import pytest
from conftest import ROOT

from handbook.base.word_search import finder
from handbook.pages import loader
from handbook.pages.model import Duty, Handbook
from handbook.pages.schema import AUTHORED
from handbook.views.questions import Question, Questions

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


def test_tasks_to_be_sorted_are_of_three_roles_and_of_no_other_two(
    handbook: Handbook, questions: Questions
) -> None:
    for role in handbook.roles("zh"):
        sorting = questions.sorting(role.slug)
        assert sorting, role.slug
        assert role.slug in sorting.roles
        assert {task.role for task in sorting.tasks} == {*sorting.roles}
        for task in sorting.tasks:
            assert {*sorting.roles} - {task.role} <= task.strangers, task
            for of in AUTHORED:
                (_, duty) = duties(handbook, of)[task.duty]
                assert task.text[of] in [each.text for each in duty.tasks]
