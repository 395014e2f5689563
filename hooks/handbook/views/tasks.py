"""The tasks of all roles, of which each could be only some roles': whose is it?

A task that speaks of "them", which only its neighbours name, cannot be asked about.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from handbook.base.word_search import finder
from handbook.base.words import both
from handbook.pages.schema import AUTHORED
from handbook.pages.terms import Topic
from handbook.views.twins import Text, Twin

_ROLES, _TASKS, _FEWEST = 3, 3, 2
"""Of a sorting: so many roles, each with so many tasks at most, and at least."""
_LONG = re.compile(r"[a-z]{4,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Task:
    """A task, its role, its duty and its place there.

    `strangers` are the roles that could not have it; it `tells` whose it is by a word of the title.
    """

    text: Text
    role: str
    duty: str
    n: int
    strangers: frozenset[str]
    tells: bool


@dataclass(frozen=True, slots=True)
class Sorting:
    """Tasks to be given back to their roles, which are in the handbook's order."""

    roles: tuple[str, ...]
    tasks: tuple[Task, ...]


class Tasks:
    """The tasks in `twins`, duties in both languages.

    Args:
        twins: the duties of all roles.
        topics: the topics of the vocabulary, by id.
        titles: what roles are called, by the names of their pages.
    """

    def __init__(
        self, twins: Sequence[Twin], topics: Mapping[str, Topic], titles: Mapping[str, Text]
    ) -> None:
        self._twins, self._topics, self._titles = twins, topics, titles

    def of(self, role: str) -> Sequence[Task]:
        """Those of a role that can be asked about."""
        return self._by_role.get(role, ())

    def sorting(self, role: str) -> Sorting | None:
        """Tasks of a role and of two others, each of which only its own role could have."""
        chosen = [role]
        for other in sorted(self._titles, key=lambda slug: in_disorder(role, slug)):
            among = [*chosen, other]
            if len(chosen) == _ROLES:
                break
            if other not in chosen and all(
                len(self._only_of(each, among)) >= _FEWEST for each in among
            ):
                chosen = among
        if len(chosen) < _ROLES:
            return None
        tasks = [task for each in chosen for task in self._only_of(each, chosen)[:_TASKS]]
        roles = tuple(each for each in self._titles if each in chosen)
        mixed = sorted(tasks, key=lambda task: in_disorder(role, f"{task.duty} {task.n}"))
        return Sorting(roles, tuple(mixed))

    def _only_of(self, role: str, among: Iterable[str]) -> list[Task]:
        """Tasks of `role` that none of the other roles could have."""
        others = {*among} - {role}
        return [task for task in self.of(role) if others <= task.strangers]

    @cached_property
    def _by_role(self) -> dict[str, list[Task]]:
        """The tasks of each role that can stand alone: the first of each duty first, and so on.

        Those that tell whose they are come last.
        """
        found: dict[str, list[Task]] = {}
        loose = both("quiz.loose")
        for twin in self._twins:
            for n, text in enumerate(twin.tasks, start=1):
                if any(finder(loose[of].split()).search(text[of]) for of in AUTHORED):
                    continue
                strangers = self._strangers(twin, text)
                tells = gives_away(text, self._titles[twin.role])
                task = Task(text, twin.role, twin.number, n, strangers, tells)
                found.setdefault(twin.role, []).append(task)
        return {
            role: sorted(tasks, key=lambda task: (task.tells, task.n))
            for role, tasks in found.items()
        }

    def _strangers(self, twin: Twin, task: Text) -> frozenset[str]:
        """The roles that have no duty on what a task is about; none if no topic says what it is."""
        about = [
            at
            for at in twin.topics
            if any(finder(self._topics[at].text(of).words).search(task[of]) for of in AUTHORED)
        ]
        touching = frozenset(role for at in about for role in self._touching[at])
        return frozenset(self._titles) - touching if about else frozenset()

    @cached_property
    def _touching(self) -> dict[str, frozenset[str]]:
        """The roles of which a duty is named under a topic, or has a word of it."""
        found = {}
        for at in self._topics:
            said = said_of(self._topics[at])
            among = (each for each in self._twins if at in each.topics or each.mentions(said))
            found[at] = frozenset(each.role for each in among)
        return found


def said_of(topic: Topic) -> dict[str, list[str]]:
    """The words of a topic, by language."""
    return {of: topic.text(of).words for of in AUTHORED}


def gives_away(text: Text, name: Text) -> bool:
    """Whether a text has a word of a name, or in Chinese two characters of it in a row."""
    words = {token.casefold() for token in _LONG.findall(name["en"])}
    pairs = {name["zh"][at : at + 2] for at in range(len(name["zh"]) - 1)}
    return bool(words & {token.casefold() for token in _LONG.findall(text["en"])}) or any(
        pair in text["zh"] for pair in pairs
    )


def in_disorder(seed: str, name: str) -> bytes:
    """Puts names in an order that looks like chance and is the same at every build."""
    return hashlib.sha256(f"{seed}\n{name}".encode()).digest()
