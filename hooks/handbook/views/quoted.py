"""What a training pack has from other pages: the wrong answers, tasks to sort, definitions.

A pack is compared part by part with the handbook of today (see `versions.prints`); all this is one
part more, as it has no place of its own on the role's page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from handbook.pages.schema import AUTHORED

if TYPE_CHECKING:
    from handbook.pages.model import Handbook
    from handbook.views.questions import Question, Questions
    from handbook.views.twins import Text


def in_pack(questions: Questions, role: str) -> list[Question]:
    """Those questions that a role's pack has: all that are written on it, and then one a duty.

    Of those that are made for a duty, it is of the kind that there are fewest of so far.
    """
    asked = questions.of(role)
    with_others = [
        each for each in questions.written if each.role != role and role in dict(each.duties)
    ]
    own = [each for each in asked if not each.options]
    chosen, taken = [*own, *with_others], Counter[str]()
    made_up = (each for each in asked if each.options)
    for _, made in groupby(made_up, key=lambda each: each.duties):
        chosen.append(min(made, key=lambda each: taken[each.kind]))
        taken[chosen[-1].kind] += 1
    return chosen


def quoted(handbook: Handbook, questions: Questions, role: str) -> list[Text]:
    """Everything in a role's pack that its page and its exercises do not say."""
    return [*_definitions(handbook, role), *_questions(handbook, questions, role)]


def _definitions(handbook: Handbook, role: str) -> Iterator[Text]:
    page, terms = handbook.role_pages.get((AUTHORED[0], f"roles/{role}")), handbook.vocabulary
    for ability in page.abilities if page else ():
        if term := terms.abilities.get(ability.term.id):
            yield {of: term.text(of).definition for of in AUTHORED}


def _questions(handbook: Handbook, questions: Questions, role: str) -> Iterator[Text]:
    for each in in_pack(questions, role):
        yield dict.fromkeys(AUTHORED, each.id)  # which of several is asked hangs on others too
        yield from (option for option in each.options if option != each.answer)
        if each.kind == "topic":
            topic = handbook.vocabulary.topics[each.id.partition("-topic-")[2]]
            yield {of: topic.text(of).name for of in AUTHORED}
        if each.role != role:
            yield from (each.text, each.answer)
        for at in each.duties:
            if at[0] != role:
                yield questions.duties[at].name
                yield from questions.duties[at].tasks
    if sorting := questions.tasks.sorting(role):
        yield from (questions.titles[of] for of in sorting.roles if of != role)
        for task in sorting.tasks:
            yield dict.fromkeys(AUTHORED, f"{task.duty}-{task.n}")
            if task.role != role:
                yield task.text
