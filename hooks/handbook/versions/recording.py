"""Brings the agreements on file up to date with the pages, and says what it could not decide."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from handbook.pages.exercises import EXERCISES
from handbook.pages.loader import DOCS, VOCABULARY
from handbook.pages.model import Handbook
from handbook.pages.schema import AUTHORED, other
from handbook.versions.baseline import Agreement, agreement, write
from handbook.versions.parts import family, key_of
from handbook.versions.status import Status, statuses


@dataclass(frozen=True, slots=True)
class Recording:
    """The file as it should be, and what became of the sections that were not agreed.

    `agreed` are now on file as saying the same, `waiting` as declared to wait for translation;
    `undecided` changed much in one language and little in the other: a person must say.
    """

    text: str
    agreed: tuple[Status, ...]
    waiting: tuple[Status, ...]
    undecided: tuple[Status, ...]


def record(
    handbook: Handbook,
    known: Sequence[Agreement],
    today: date,
    same: Collection[str] = (),
    translate: Collection[str] = (),
    broken: Collection[str] = (),
) -> Recording:
    """What the file should hold.

    Args:
        handbook: the pages.
        known: the agreements on file.
        today: the date of what is declared now.
        same: parts that say the same although they do not look it: `duty-3-2`,
            `marketing/intro`, `glossary/term-measures-roi`.
        translate: parts of which the other language is to follow.
        broken: paths of files that cannot be judged yet; what is on file about them stays as it is.
    """
    kept = {(each.role, each.part): each for each in known if _is_in(broken, each)}
    agreed, waiting, undecided = [], [], []
    for status in statuses(handbook, known):
        key = status.role, status.part
        if key in kept or not status.paths.isdisjoint(broken):
            continue
        said = _is_named(status, same)
        told = status.kind == "uneven" and _is_named(status, translate)
        if (status.kind == "ahead" or told) and not said and status.base:
            since = status.since or today.isoformat()
            kept[key] = replace(_moved(status.base, status), ahead=status.ahead, since=since)
            if not (status.base.ahead and status.declared):
                waiting.append(status)
        elif status.kind == "uneven" and not said and status.base:
            kept[key] = _moved(status.base, status)
            undecided.append(status)
        else:
            now = agreement(*key, status.sections)
            kept[key] = _as_filed(status, now)
            if status.base is None or status.base.fingerprints != now.fingerprints:
                agreed.append(status)
    return Recording(write(kept.values()), tuple(agreed), tuple(waiting), tuple(undecided))


def _is_in(broken: Collection[str], agreed: Agreement) -> bool:
    """Whether an agreement is about what stands in a broken file."""
    of = {"exercise": EXERCISES, "term": VOCABULARY, "topic": VOCABULARY}
    key = key_of(agreed.role, agreed.part)
    pages = {f"{DOCS}/{language}/{key}.md" for language in AUTHORED}
    return not pages.isdisjoint(broken) or of.get(family(agreed.part)) in broken


def _is_named(status: Status, names: Collection[str]) -> bool:
    """Whether the section is among `names`, with or without its role."""
    return bool({status.part, f"{status.role}/{status.part}"} & set(names))


def label(status: Status) -> str:
    """The line for a pull request that says which translation is to follow."""
    return f"Translation to follow ({other(status.ahead)}): {status.role}#{status.part}"


def _as_filed(status: Status, now: Agreement) -> Agreement:
    """The agreement as it is on file while its words are the same: form alone is not recorded."""
    filed = status.base
    if filed and filed.fingerprints == now.fingerprints and all(filed.texts.values()):
        return _moved(filed, status)
    return now


def _moved(base: Agreement, status: Status) -> Agreement:
    """An agreement under the name that its section has now, as if nobody had declared anything."""
    return replace(base, role=status.role, part=status.part, ahead="", since="")
