"""Questions on the handbook: the exercises that are written, and those made from the model alone.

The right answer of one that is made is in the words of a duty. What is offered beside it are names
from the handbook too, which by the handbook are wrong: where there are too few, nothing is asked.
Every text is in both languages, so that a question is the same in all that is published.

A training pack has wrong answers, tasks to sort and definitions from other pages. It is compared
part by part with the handbook of today (see `versions.prints`); all this is one part more, as it
has no place of its own on the role's page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, groupby, islice, product
from typing import Literal

from handbook.base.words import both
from handbook.pages.model import Handbook
from handbook.pages.schema import AUTHORED, LABELS, LabelSchema
from handbook.pages.terms import Term
from handbook.views.tasks import Tasks, gives_away, in_disorder, said_of
from handbook.views.twins import Text, Twin, joined, twins

Kind = Literal["written", "topic", "task", "term", "purpose"]

LETTERS = "ABCD"
"""What stands before the options."""
_WRONG = 3
_MOST_APART = 100
_TOKENS = re.compile(r"[a-z]{3,}|[\u3400-\u9fff]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """A question in the pack of the role page `role`; `duties` are those its answer is from.

    One that is written has no `options`. Of one that is made `answer` is one of them, and `reason`
    what the duty says.
    """

    id: str
    kind: Kind
    role: str
    duties: tuple[tuple[str, str], ...]
    text: Text
    answer: Text
    options: tuple[Text, ...] = ()
    reason: Text | None = None

    @property
    def right(self) -> int:
        """Which of the options is the answer."""
        return self.options.index(self.answer)


class Questions:
    """The questions of `handbook`: of each duty those that are written, then those that are made.

    Only roles and duties that both languages have are asked about.
    """

    @staticmethod
    @lru_cache(maxsize=2)  # every language and every print asks for them
    def on(handbook: Handbook) -> Questions:
        """The questions on a handbook, which are made once."""
        return Questions(handbook)

    def __init__(self, handbook: Handbook) -> None:
        self._handbook, self._topics = handbook, handbook.vocabulary.topics
        roles = {role["zh"].slug: role for role in handbook.in_both}
        self.titles: dict[str, Text] = {
            slug: {of: each.title for of, each in role.items()} for slug, role in roles.items()
        }
        self._twins = [twin for role in roles.values() for twin in twins(role, handbook)]
        self.tasks = Tasks(self._twins, self._topics, self.titles)
        self.duties = {(twin.role, twin.number): twin for twin in self._twins}

    @cached_property
    def all(self) -> tuple[Question, ...]:
        """Every question, in the order of the duties."""
        return tuple(question for twin in self._twins for question in self._of(twin))

    @cached_property
    def written(self) -> tuple[Question, ...]:
        """The exercises."""
        return tuple(question for question in self.all if not question.options)

    def of(self, role: str) -> list[Question]:
        """Those of a role."""
        return self._by_role.get(role, [])

    @cached_property
    def _by_role(self) -> dict[str, list[Question]]:
        by_role = groupby(self.all, key=lambda question: question.role)
        return {role: [*questions] for role, questions in by_role}

    def in_pack(self, role: str) -> list[Question]:
        """Those that a role's pack has: all that are written on it, and then one a duty.

        Of those that are made for a duty, it is of the kind that there are fewest of so far.
        """
        asked = self.of(role)
        own = [each for each in asked if not each.options]
        others = [each for each in self.written if each.role != role and role in dict(each.duties)]
        chosen, taken = [*own, *others], Counter[str]()
        made_up = (each for each in asked if each.options)
        for _, made in groupby(made_up, key=lambda each: each.duties):
            chosen.append(min(made, key=lambda each: taken[each.kind]))
            taken[chosen[-1].kind] += 1
        return chosen

    def quoted(self, role: str) -> list[Text]:
        """Everything in a role's pack that its page and its exercises do not say."""
        return [*self._definitions(role), *self._from_other_pages(role)]

    def _definitions(self, role: str) -> Iterator[Text]:
        page = self._handbook.role_pages.get((AUTHORED[0], f"roles/{role}"))
        terms = self._handbook.vocabulary.abilities
        for ability in page.abilities if page else ():
            if term := terms.get(ability.term.id):
                yield {of: term.text(of).definition for of in AUTHORED}

    def _from_other_pages(self, role: str) -> Iterator[Text]:
        for each in self.in_pack(role):
            yield dict.fromkeys(AUTHORED, each.id)  # which of several is asked hangs on others too
            yield from (option for option in each.options if option != each.answer)
            if each.kind == "topic":
                topic = self._topics[each.id.partition("-topic-")[2]]
                yield {of: topic.text(of).name for of in AUTHORED}
            if each.role != role:
                yield from (each.text, each.answer)
            for at in each.duties:
                if at[0] != role:
                    yield self.duties[at].name
                    yield from self.duties[at].tasks
        if sorting := self.tasks.sorting(role):
            yield from (self.titles[of] for of in sorting.roles if of != role)
            for task in sorting.tasks:
                yield dict.fromkeys(AUTHORED, f"{task.duty}-{task.n}")
                if task.role != role:
                    yield task.text

    def _of(self, twin: Twin) -> Iterator[Question]:
        for each in self._handbook.exercises:
            if (each.role, each.duty) == (twin.role, twin.number):
                yield Question(
                    each.id, "written", each.role, each.duties, each.question, each.answer
                )
        yield from self._topic(twin)
        yield from self._task(twin)
        for label in LABELS:
            if label.group:
                yield from self._term(twin, label)
        yield from self._purpose(twin)

    @cached_property
    def _asked_topics(self) -> dict[str, str]:
        """The topic that is asked about each duty: the rarest that it names and its name does not.

        None is asked about twice: the same question would have two answers.
        """
        found: dict[str, str] = {}
        for twin in self._twins:
            named = [
                at
                for at in {*twin.topics}.difference(found.values())
                if twin.says(said_of(self._topics[at]))
                and not _shares(twin.name, _names(self._topics[at]))
            ]
            if named:
                found[twin.number] = min(named, key=lambda at: (len(self._topics[at].duties), at))
        return found

    def _topic(self, twin: Twin) -> Iterator[Question]:
        """Which duty deals with a topic."""
        if at := self._asked_topics.get(twin.number):
            said = said_of(self._topics[at])
            apart = (other for other in self._apart(twin) if not other.mentions(said))
            wrong = {other.number: other.name for other in apart}
            asked = both(
                "quiz.topic", topic={of: self._topics[at].text(of).name for of in AUTHORED}
            )
            passage = twin.passage(said)
            yield from _made(f"topic-{at}", "topic", twin, asked, twin.name, wrong, passage)

    def _task(self, twin: Twin) -> Iterator[Question]:
        """Whose task it is: the first that enough roles could not have."""
        for task in self.tasks.of(twin.role):
            if task.duty == twin.number and len(task.strangers) >= _WRONG and not task.tells:
                asked, own = both("quiz.task", task=task.text), self.titles[twin.role]
                wrong = {role: self.titles[role] for role in task.strangers}
                yield from _made(f"task-{task.n}", "task", twin, asked, own, wrong, twin.purpose)
                return

    def _term(self, twin: Twin, label: LabelSchema) -> Iterator[Question]:
        """What a duty names behind a label."""
        own, of_role = twin.terms(label), self._of_role[twin.role, label.key]
        others = self._named[label.key]
        names = [name for right in own.values() for name in right.values()]
        wrong = {
            at: text
            for at, text in others.items()
            if at not in of_role
            and not _shares(text, names)
            and not twin.mentions({of: [text[of]] for of in AUTHORED})
        }
        terms = joined("sign.comma", own.values())
        reason = both("quiz.term.reason", label=label.names, terms=terms)
        asked = both("quiz.term", label=label.names, duty=twin.name)
        hidden = [at for at in own if not gives_away(own[at], twin.name)]
        for at in sorted(hidden, key=lambda at: in_disorder(twin.number, at))[:1]:
            yield from _made(f"{label.key}-{at}", "term", twin, asked, own[at], wrong, reason)

    @cached_property
    def _named(self) -> dict[str, dict[str, Text]]:
        """All that duties name, by the key of the label that it stands behind."""
        found: dict[str, dict[str, Text]] = {label.key: {} for label in LABELS}
        for label, each in product(LABELS, self._twins):
            found[label.key] |= each.terms(label)
        return found

    @cached_property
    def _of_role(self) -> dict[tuple[str, str], set[str]]:
        """The ids of the same, of each role."""
        found: dict[tuple[str, str], set[str]] = {}
        for label, each in product(LABELS, self._twins):
            found.setdefault((each.role, label.key), set()).update(each.terms(label))
        return found

    def _purpose(self, twin: Twin) -> Iterator[Question]:
        """What is missed if its tasks are not done."""
        if twin.tasks and all(twin.purpose.values()):
            others = [each for each in self._apart(twin) if each.role != twin.role]
            wrong = {each.number: each.purpose for each in others if all(each.purpose.values())}
            tasks = joined("sign.comma", [both("sign.quoted", text=each) for each in twin.tasks])
            asked = both("quiz.purpose", tasks=tasks)
            yield from _made("purpose", "purpose", twin, asked, twin.purpose, wrong)

    def _apart(self, twin: Twin) -> list[Twin]:
        """Duties that have nothing to do with one: no topic and no term is in both.

        Of a long handbook they are those that come next, which are more than enough.
        """
        at = self._places[twin.number] + 1
        apart = (
            each
            for each in chain(islice(self._twins, at, None), islice(self._twins, at))
            if not each.topics & twin.topics and not each.all_terms & twin.all_terms
        )
        return [*islice(apart, _MOST_APART)]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {twin.number: at for at, twin in enumerate(self._twins)}


def _made(
    name: str,
    kind: Kind,
    twin: Twin,
    asked: Text,
    right: Text,
    wrong: Mapping[str, Text],
    reason: Text | None = None,
) -> Iterator[Question]:
    """The question, if there are enough wrong answers; which are taken hangs on their ids alone."""
    at, options = f"{twin.number}-{name}", [right]
    for other in sorted(wrong, key=lambda other: in_disorder(at, other)):
        if len(options) > _WRONG:
            break
        text = wrong[other]
        if all(text[of] != each[of] for each in options for of in AUTHORED):
            options.append(text)
    if len(options) > _WRONG:
        place = in_disorder(at, "right")[0] % (_WRONG + 1)
        options = [*options[1 : place + 1], right, *options[place + 1 : _WRONG + 1]]
        of = ((twin.role, twin.number),)
        yield Question(at, kind, twin.role, of, asked, right, tuple(options), reason)


def _names(term: Term) -> list[str]:
    return [name for of in AUTHORED for name in (term.text(of).name, *term.text(of).also)]


def _shares(text: Text, names: Iterable[str]) -> bool:
    """Whether a word, or in Chinese a character, of a text is in one of the names."""
    found = {token.casefold() for each in text.values() for token in _TOKENS.findall(each)}
    return any(found & {t.casefold() for t in _TOKENS.findall(name)} for name in names)
