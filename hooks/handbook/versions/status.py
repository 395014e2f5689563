"""Where each part of the handbook stands between the two languages: agreed, or one ahead.

Worked out from the pages, from the agreements on file (see `baseline`), and from what editors
state at the top of a page, `translate: [duty-3-2]` (the other language is to follow) and
`same: [duty-3-2 3f2a91-77ab01]` (these words say the same), or in an entry of a YAML file, where
`translate` names the language that is to follow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from handbook.base.words import words
from handbook.pages.model import Handbook
from handbook.pages.schema import AUTHORED, SECTIONS, other
from handbook.versions.baseline import Agreement, stated
from handbook.versions.fingerprints import fingerprint
from handbook.versions.parts import (
    PAGE,
    Section,
    anchor_of,
    family,
    key_of,
    number_of,
    sections,
)
from handbook.versions.word_changes import Line, amount, as_text, changed_lines

Kind = Literal["agreed", "ahead", "uneven", "changed", "new"]

_MUCH = 4
"""Times as large a share of its words must have changed for one language to have changed more."""
_FEW, _MANY, _LARGE = 6, 20, 0.2
"""Changed words too few to say so; enough to say so; and, in between, the share that is enough.

One character in Chinese may well be five words in English, and the same change in both.
"""
_CAUGHT_UP = 0.5
"""The share of the other language's changed words with which a translation has followed."""


@dataclass(frozen=True, slots=True)
class Status:
    """One section in both languages.

    `kind` is "agreed"; "ahead" if only the language `ahead` changed since they agreed, or if it was
    declared so; "uneven" if both changed, but `ahead` far more; "changed" if both did; "new" if
    nothing is known. `declared` tells whether somebody said that the other language is to follow.
    """

    sections: Mapping[str, Section]
    kind: Kind
    ahead: str = ""
    declared: bool = False
    since: str = ""
    base: Agreement | None = None

    @property
    def role(self) -> str:
        """The name of its page, a role's or another: see `parts`."""
        return self.sections[AUTHORED[0]].role

    @property
    def part(self) -> str:
        """`intro`, `duty-3-2` and so on."""
        return self.sections[AUTHORED[0]].part

    @property
    def family(self) -> str:
        """What sort of part it is."""
        return family(self.part)

    @property
    def page(self) -> str:
        """The key of the page where readers find it."""
        return key_of(self.role, self.part)

    @property
    def anchor(self) -> str:
        """Where it stands there."""
        return anchor_of(self.part)

    @property
    def paths(self) -> frozenset[str]:
        """The files of both languages."""
        return frozenset(section.path for section in self.sections.values())

    @property
    def behind(self) -> str:
        """The language that readers must be told about, "" for none."""
        return other(self.ahead) if self.kind == "ahead" else ""

    def changes(self, language: str) -> tuple[Line, ...]:
        """What changed in `language` since both agreed; () if the words are not known."""
        before = self.base.texts.get(language, ()) if self.base else ()
        return changed_lines(before, self.sections[language].said) if before else ()

    def changed_text(self, language: str) -> int:
        """Which of `said` is the first that is not as it was, or the one before what is gone."""
        section = self.sections[language]
        texts = self.base.texts.get(language, ()) if self.base else ()
        before, now = (list(map(fingerprint, of)) for of in (texts, section.said))
        pairs = zip(before, now, strict=False)
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        is_gone = now[same:] == before[same + 1 :]
        return min(max(same - is_gone, 0), len(now) - 1) if texts else 0


def statuses(handbook: Handbook, known: Sequence[Agreement]) -> tuple[Status, ...]:
    """Every part that both languages have, in the handbook's order, beside what is on file."""
    every = sections(handbook)
    roles = {role for role, _ in every}
    on_file: dict[tuple[str, str], list[Agreement]] = defaultdict(list)
    saying: dict[tuple[str, str], list[Agreement]] = defaultdict(list)
    for each in known:
        on_file[each.role, each.part].insert(0, each)  # the last of several counts first
        for language in AUTHORED:
            saying[language, each.fingerprints[language]].append(each)
    found = []
    for (role, part), pair in every.items():
        if len(pair) == len(AUTHORED):
            filed = on_file.get((role, part), [])
            said = [stated(each, same, filed) for each in pair.values() for same in each.same]
            # Where it may have moved from: a duty moves within its role when duties are renumbered,
            # a whole role when its page is renamed.
            elsewhere = (
                each
                for language, section in pair.items()
                for each in saying.get((language, section.fingerprint), ())
                if each.role == role or each.role not in roles
            )
            base = _base(said, filed, elsewhere, pair)
            waiting = [of for of, section in pair.items() if section.translate]
            found.append(_status(pair, base, waiting))
    return tuple(found)


def _base(
    said: Sequence[Agreement],
    filed: Sequence[Agreement],
    elsewhere: Iterable[Agreement],
    pair: Mapping[str, Section],
) -> Agreement | None:
    """The agreement to compare with: one that still holds, else one that half holds, else any."""

    def fitting(each: Agreement) -> int:
        return sum(each.fits(section) for section in pair.values())

    for candidates in ([*filed, *said], elsewhere):
        source = list(candidates)
        whole = next((each for each in source if fitting(each) == len(pair)), None)
        if whole:
            return whole
        halves = (each for each in reversed(source) if fitting(each))
        if half := next(halves, None):
            return half
    return filed[0] if filed else None


def _status(pair: Mapping[str, Section], base: Agreement | None, waiting: Sequence[str]) -> Status:
    if base is None:
        return Status(pair, "new")
    moved = [language for language in AUTHORED if not base.fits(pair[language])]
    if not moved:
        return Status(pair, "agreed", base=base)
    if len(moved) == 1:
        (ahead,) = moved
        kind: Kind = "ahead"
    else:
        ahead = _still_waiting(pair, base, waiting) or _further(pair, base)
        kind = "uneven" if ahead else "changed"
    declared = bool(ahead) and (ahead in waiting or ahead == base.ahead)
    if declared:
        kind = "ahead"
    since = base.since if ahead == base.ahead else ""
    return Status(pair, kind, ahead, declared, since if declared else "", base)


def _still_waiting(pair: Mapping[str, Section], base: Agreement, waiting: Sequence[str]) -> str:
    """The language that the other was declared to follow, and has not by a slip mended in it."""
    declared = {*waiting, base.ahead} - {""}
    changed = _changed(pair, base)
    if len(declared) != 1 or not changed:
        return ""
    (ahead,) = declared
    followed = changed[other(ahead)][1] >= _CAUGHT_UP * changed[ahead][1]
    return "" if followed else ahead


def _further(pair: Mapping[str, Section], base: Agreement) -> str:
    """The language that changed far more than the other, "" if both changed alike."""
    changed = _changed(pair, base)
    if not changed:
        return ""
    more = max(AUTHORED, key=lambda language: changed[language][1])
    words, share = changed[more]
    much = words >= _MANY or (words > _FEW and share >= _LARGE)
    return more if much and share >= _MUCH * changed[other(more)][1] else ""


def _changed(pair: Mapping[str, Section], base: Agreement) -> dict[str, tuple[int, float]]:
    """How many words of each language changed, and which share; {} if they are not on record."""
    if not all(base.texts.get(language) for language in AUTHORED):
        return {}
    return {of: amount(base.texts[of], section.said) for of, section in pair.items()}


def part_name(section: Section, language: str) -> str:
    """A part as people call it: `3.2`, "the introduction", a term by its name."""
    part, say = section.part, words(language)
    headings = {each.key: each.headings[language] for each in SECTIONS}
    if family(part) == "exercise":
        return say("behind.exercise", name=part.partition("-")[2])
    own = part == PAGE or family(part) == "role"
    return number_of(part) or headings.get(part) or (say(f"behind.{part}") if own else section.name)


def changed_words(status: Status, language: str) -> str:
    """What changed on the side that is ahead, on one line, told in `language`."""
    lines = status.changes(status.ahead)
    say = words(language)
    return as_text(lines, say) if lines else say("behind.unknown")
