"""What the vocabulary and the exercises name: duties that exist and speak of it, role pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property

from handbook.base.limits import start_of
from handbook.base.located_yaml import LocatedYaml
from handbook.base.located_yaml import read as read_yaml
from handbook.base.source import decode, instead
from handbook.base.word_search import finder
from handbook.base.words import both
from handbook.checks.rules.shared.promises import Promises
from handbook.pages import exercises
from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.exercises import EXERCISES
from handbook.pages.loader import VOCABULARY, Project
from handbook.pages.model import Duty
from handbook.pages.parsing.structure import is_whole, role_as_meant
from handbook.pages.redirects import page_of, retired
from handbook.pages.schema import AUTHORED
from handbook.pages.terms import Topic
from handbook.versions.parts import number_of

TOPIC_DUTY = rule("topic-duty")
TOPIC_LEAVES_OUT = rule("topic-duty/left-out")
TOPIC_AREA = rule("topic-area")
TOPIC_WORDS = rule("topic-words")
PARTNER_ROLE = rule("partner-role")
EXERCISE_DUTY = rule("exercise-duty")

_ROLES = "roles/"


def check_vocabulary(project: Project, promised: Promises) -> Iterator[Diagnostic]:
    """All topics, partners and exercises; each message is where it can be fixed, in their files."""
    check = _Check(project, promised)
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
    promised: Promises

    @cached_property
    def duties(self) -> dict[str, _DutiesOfLanguage]:
        """The duties that the pages of each language have, as they are meant."""
        found, book = {of: _DutiesOfLanguage() for of in AUTHORED}, self.project.handbook
        for page in book.pages.values():
            if not page.is_role:
                continue
            known = found[page.language]
            role = role_as_meant(page, book, self.project.terms)
            numbers = [duty.n for duty in role.duties]
            unused = {n for slug, (_, n), _ in retired(book.moved) if slug == role.slug}
            running = [n for n in range(1, max(numbers, default=0) + 1) if n not in unused]
            names = self.promised.numbers(role).names
            others = any(
                names.get((page.language, duty.name), at) != at
                for duty in role.duties
                for at in [(duty.section, duty.n)]
            )
            if not is_whole(page) or numbers != running or others:
                known.in_doubt.add(str(role.section))
            for duty in role.duties:
                known.by_number.setdefault(duty.number, (page.path, duty))
        return found

    def lacks(self, number: str) -> bool:
        """Whether no page has the duty `number`, and none that is wrong itself may have it.

        Of one that was published, it is told first that the line is missing that retires it.
        """
        section = number.partition(".")[0]
        there = any(
            number in each.by_number or section in each.in_doubt for each in self.duties.values()
        )
        return not (self.project.unread or there or self.promised.without_a_word(number))

    @cached_property
    def yaml(self) -> LocatedYaml:
        return read_yaml(decode(start_of(self.project.root / VOCABULARY)))

    def place(self, *path: str | int, language: str = "") -> Place:
        return Place(VOCABULARY, *self.yaml.place(path), language)

    def instead(self, place: Place, found: str, right: object) -> str | None:
        """The line at `place` with `right` for `found`, if that is text and stands there once."""
        raw = start_of(self.project.root / place.path)
        line = decode(raw).split("\n")[place.line - 1]
        return instead(line, found, right) if isinstance(right, str) else None

    def topic(self, topic_id: str, topic: Topic) -> Iterator[Diagnostic]:
        names = {of: topic.text(of).name for of in AUTHORED}
        for index, number in enumerate(topic.duties):
            if self.lacks(number):
                place = self.place("topics", topic_id, "duties", index)
                fix = self._now(number, "number")
                mended = self.instead(place, f'"{number}"', fix)
                yield TOPIC_DUTY.at(place, name=names, found=number, fix=fix, mended=mended)
        yield from self._left_out(topic_id, topic)
        for of in AUTHORED:
            yield from self._words(topic, of)

    def _left_out(self, topic_id: str, topic: Topic) -> Iterator[Diagnostic]:
        """Duties that have words of a topic in both languages are those that deal with it."""
        words: dict[str, dict[str, str]] = {of: {} for of in AUTHORED}
        for of in AUTHORED:
            pattern = finder(topic.text(of).words)
            for number, said in self._said[of].items():
                if match := pattern.search(said):
                    words[of][number] = match[0]
        having = set.intersection(*map(set, words.values()))
        numbers = sorted(having.difference(topic.duties), key=_in_order)
        if not numbers or any(map(self.lacks, topic.duties)):  # which one of them may replace
            return
        comma = both("sign.comma")
        right = _listed(sorted([*topic.duties, *numbers], key=_in_order))
        place = self.place("topics", topic_id, "duties")
        yield TOPIC_LEAVES_OUT.at(
            place,
            name={of: topic.text(of).name for of in AUTHORED},
            numbers={of: comma[of].join(numbers) for of in AUTHORED},
            words={
                of: comma[of].join(dict.fromkeys(words[of][n] for n in numbers)) for of in AUTHORED
            },
            fix=f"duties: {right}",
            mended=self.instead(place, _listed(topic.duties), right),
        )

    @cached_property
    def _said(self) -> dict[str, dict[str, str]]:
        """All that each duty says, by language and number, where its number can be relied on."""
        return {
            of: {
                number: "\0".join(duty.texts())
                for number, (_, duty) in known.by_number.items()
                if number.partition(".")[0] not in known.in_doubt
            }
            for of, known in self.duties.items()
        }

    def _now(self, number: str, what: str) -> object:
        """What to do about the number of a duty that is not there."""
        anchor, moved = f"duty-{number.replace('.', '-')}", self.project.handbook.moved
        had = [at for at in {**self.promised.published, **moved} if at.endswith(f"#{anchor}")]
        led = next((moved[at] for at in had if at in moved), "")
        if now := number_of(led.partition("#")[2]):
            return f'"{now}"'
        gone = led or any(page_of(at) in moved for at in had)
        do = "delete" if gone else "correct"
        return both(f"rule.vocabulary.{do}-{what}", number=number)

    def _words(self, topic: Topic, language: str) -> Iterator[Diagnostic]:
        text = topic.text(language)
        pattern = finder(text.words)
        for number in topic.duties:
            path, duty = self.duties[language].by_number.get(number, ("", None))
            if duty is None or not duty.body or duty.mentions(pattern):
                continue
            yield TOPIC_WORDS.at(
                Place(path, duty.line, 1, language),
                name=text.name,
                words={"zh": "、", "en": ", "}[language].join(text.words),
                number=number,
            )

    def areas(self) -> Iterator[Diagnostic]:
        """Each group begins at a topic, below where the one before it begins."""
        topics = self.project.handbook.vocabulary.topics
        left = [*topics]
        for index, area in enumerate(self.project.handbook.vocabulary.areas):
            if area.begins in left:
                left = left[left.index(area.begins) + 1 :]
            else:
                near = get_close_matches(area.begins, left or topics, 1)
                fix: str | dict[str, str] = f"begins: {''.join(near or [*topics][:1])}"
                if area.begins in topics:
                    fix = both("rule.vocabulary.order")
                place = self.place("areas", index, "begins")
                mended = self.instead(place, f"begins: {area.begins}", fix) if near else None
                yield TOPIC_AREA.at(place, found=area.begins, fix=fix, mended=mended)

    def partners(self) -> Iterator[Diagnostic]:
        """Those that are roles of the handbook have a role page."""
        keys = {key for _, key in (*self.project.handbook.pages, *self.project.unread)}
        roles = {key.removeprefix(_ROLES) for key in keys if key.startswith(_ROLES)} - {"index"}
        for term_id, partner in self.project.handbook.vocabulary.group("partners").items():
            if partner.role is None or partner.role in roles:
                continue
            # Only a slip of the finger: another role's name would be pasted, and be untrue.
            near = get_close_matches(partner.role, sorted(roles), n=1, cutoff=0.85)
            led = page_of(self.promised.led(f"{_ROLES}{partner.role}"))
            if led.removeprefix(_ROLES) in roles:
                near = [led.removeprefix(_ROLES)]
            place = self.place("partners", term_id, "role")
            fix = f"role: {near[0]}" if near else both("rule.vocabulary.delete-role")
            yield PARTNER_ROLE.at(
                place,
                name={"zh": partner.zh.name, "en": partner.en.name},
                found=partner.role,
                fix=fix,
                mended=self.instead(place, f"role: {partner.role}", fix) if near else None,
            )

    def exercises(self) -> Iterator[Diagnostic]:
        file = exercises.read(self.project.root)
        yield from file.problems
        for exercise_id, entry in file.entries.items():
            for key, number in (("duty", entry.duty), ("also", entry.also)):
                if number and self.lacks(number):
                    place = Place(EXERCISES, *file.yaml.place((exercise_id, key)))
                    fix = self._now(number, "exercise")
                    mended = self.instead(place, f'"{number}"', fix)
                    values = {"found": number, "fix": fix, "mended": mended}
                    yield EXERCISE_DUTY.at(place, name=exercise_id, **values)


def _in_order(number: str) -> tuple[int, ...]:
    return tuple(map(int, number.split(".")))


def _listed(numbers: Iterable[str]) -> str:
    quoted = ", ".join(f'"{number}"' for number in numbers)
    return f"[{quoted}]"
