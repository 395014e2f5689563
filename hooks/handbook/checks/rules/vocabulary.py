"""What the vocabulary and the exercises name: duties that exist and speak of it, role pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property

from handbook.base.limits import start_of
from handbook.base.located_yaml import LocatedYaml
from handbook.base.located_yaml import read as read_yaml
from handbook.base.source import decode
from handbook.base.word_search import finder
from handbook.base.words import both
from handbook.checks.rules import characters, language
from handbook.pages import exercises
from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.exercises import EXERCISES
from handbook.pages.loader import VOCABULARY, Project
from handbook.pages.model import Duty
from handbook.pages.schema import AUTHORED
from handbook.pages.structure import is_whole, role_as_meant
from handbook.pages.terms import Topic

TOPIC_DUTY = rule("topic-duty")
TOPIC_AREA = rule("topic-area")
TOPIC_WORDS = rule("topic-words")
PARTNER_ROLE = rule("partner-role")
EXERCISE_DUTY = rule("exercise-duty")

_ROLES = "roles/"
_UNPRINTED_PART = "everyday:"
"""From here on the vocabulary serves search alone."""


def check_vocabulary(project: Project) -> Iterator[Diagnostic]:
    """All topics, partners and exercises; each message is where it can be fixed, in their files."""
    check = _Check(project)
    for path in (VOCABULARY, EXERCISES):
        yield from check.characters(path)
    for topic_id, topic in project.handbook.vocabulary.topics.items():
        yield from check.topic(topic_id, topic)
    yield from check.areas()
    yield from check.partners()
    yield from check.exercises()


@dataclass
class _DutiesOfLanguage:
    """The duties of one language by number, and the sections whose pages cannot be relied on."""

    by_number: dict[str, tuple[str, Duty]] = field(default_factory=dict)
    """Number to the page's path and the duty."""
    in_doubt: set[str] = field(default_factory=set)


@dataclass
class _Check:
    project: Project

    @cached_property
    def duties(self) -> dict[str, _DutiesOfLanguage]:
        """The duties that the pages of each language have, as they are meant."""
        found = {of: _DutiesOfLanguage() for of in AUTHORED}
        for page in self.project.handbook.pages.values():
            if not page.is_role:
                continue
            known = found[page.language]
            role = role_as_meant(page, self.project.handbook, self.project.terms)
            numbers = [duty.n for duty in role.duties]
            if not is_whole(page) or numbers != [*range(1, len(numbers) + 1)]:
                known.in_doubt.add(str(role.section))
            for duty in role.duties:
                known.by_number.setdefault(duty.number, (page.path, duty))
        return found

    def lacks(self, number: str) -> bool:
        """Whether no page has the duty `number`, and none that is wrong itself may have it."""
        section = number.partition(".")[0]
        return not self.project.unread and not any(
            number in each.by_number or section in each.in_doubt for each in self.duties.values()
        )

    @cached_property
    def yaml(self) -> LocatedYaml:
        return read_yaml(decode(start_of(self.project.root / VOCABULARY)))

    def place(self, *path: str | int, language: str = "") -> Place:
        return Place(VOCABULARY, *self.yaml.place(path), language)

    def characters(self, path: str) -> Iterator[Diagnostic]:
        """Its characters, line by line; of a file that cannot be read, another rule says so."""
        try:
            text = start_of(self.project.root / path).decode().replace("\r\n", "\n")
        except (OSError, UnicodeError):
            return
        printed = True
        for number, line in enumerate(text.split("\n"), start=1):
            at, printed = Place(path, number), printed and not line.startswith(_UNPRINTED_PART)
            if not line.isascii():
                yield from characters.check_line(line, at)
                yield from language.check_simplified(line, at)
            if printed:
                yield from characters.check_printed_line(line, at)

    def topic(self, topic_id: str, topic: Topic) -> Iterator[Diagnostic]:
        names = {of: topic.text(of).name for of in AUTHORED}
        for index, number in enumerate(topic.duties):
            if self.lacks(number):
                place = self.place("topics", topic_id, "duties", index)
                yield TOPIC_DUTY.at(place, name=names, found=number)
        for of in AUTHORED:
            yield from self._words(topic_id, topic, of)

    def _words(self, topic_id: str, topic: Topic, language: str) -> Iterator[Diagnostic]:
        text = topic.text(language)
        pattern = finder(text.words)
        for number in topic.duties:
            path, duty = self.duties[language].by_number.get(number, ("", None))
            if duty is None or not duty.body or duty.mentions(pattern):
                continue
            yield TOPIC_WORDS.at(
                self.place("topics", topic_id, language, "words", language=language),
                name=text.name,
                words={"zh": "、", "en": ", "}[language].join(text.words),
                number=number,
                path=path,
                line=duty.line,
            )

    def areas(self) -> Iterator[Diagnostic]:
        """Each group begins at a topic, below where the one before it begins."""
        topics = self.project.handbook.vocabulary.topics
        left = [*topics]
        for index, area in enumerate(self.project.handbook.vocabulary.areas):
            if area.begins in left:
                left = left[left.index(area.begins) + 1 :]
            else:
                near = get_close_matches(area.begins, left or topics, 1) or [*topics][:1]
                fix: str | dict[str, str] = f"begins: {''.join(near)}"
                if area.begins in topics:
                    fix = both("rule.vocabulary.order")
                place = self.place("areas", index, "begins")
                yield TOPIC_AREA.at(place, found=area.begins, fix=fix)

    def partners(self) -> Iterator[Diagnostic]:
        """Those that are roles of the handbook have a role page."""
        keys = {key for _, key in (*self.project.handbook.pages, *self.project.unread)}
        roles = {key.removeprefix(_ROLES) for key in keys if key.startswith(_ROLES)} - {"index"}
        for term_id, partner in self.project.handbook.vocabulary.group("partners").items():
            if partner.role is None or partner.role in roles:
                continue
            near = get_close_matches(partner.role, sorted(roles), n=1, cutoff=0.5)
            yield PARTNER_ROLE.at(
                self.place("partners", term_id, "role"),
                name={"zh": partner.zh.name, "en": partner.en.name},
                found=partner.role,
                fix=f"role: {near[0]}" if near else both("rule.vocabulary.delete-role"),
            )

    def exercises(self) -> Iterator[Diagnostic]:
        file = exercises.read(self.project.root)
        yield from file.problems
        for exercise_id, entry in file.entries.items():
            if self.lacks(entry.duty):
                place = Place(EXERCISES, *file.yaml.place((exercise_id, "duty")))
                yield EXERCISE_DUTY.at(place, name=exercise_id, found=entry.duty)
