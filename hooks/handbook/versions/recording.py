"""Brings the agreements on file up to date with the pages, and says what it could not decide."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from handbook.pages.model import Handbook
from handbook.pages.schema import other
from handbook.versions.agreements import Agreement, agreement, write
from handbook.versions.standings import Standing, standings


@dataclass(frozen=True, slots=True)
class Recording:
    """The file as it should be, and what became of the sections that were not agreed.

    `agreed` are now on file as saying the same, `waiting` as declared to wait for translation;
    `undecided` changed much in one language and little in the other: a person must say.
    """

    text: str
    agreed: tuple[Standing, ...]
    waiting: tuple[Standing, ...]
    undecided: tuple[Standing, ...]


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
        same: sections that say the same although they do not look it: `duty-3-2`,
            `marketing/intro`.
        translate: sections of which the other language is to follow.
        broken: paths of pages that cannot be judged yet; what is on file about them stays as it is.
    """
    roles = {path.rpartition("/roles/")[2].removesuffix(".md") for path in broken}
    kept = {(each.role, each.part): each for each in known if each.role in roles}
    agreed, waiting, undecided = [], [], []
    for standing in standings(handbook, known):
        key = standing.role, standing.part
        if key in kept or not standing.paths.isdisjoint(broken):
            continue
        said = _is_named(standing, same)
        told = standing.kind == "uneven" and _is_named(standing, translate)
        if (standing.kind == "ahead" or told) and not said and standing.base:
            since = standing.since or today.isoformat()
            kept[key] = replace(_moved(standing.base, standing), ahead=standing.ahead, since=since)
            if not (standing.base.ahead and standing.declared):
                waiting.append(standing)
        elif standing.kind == "uneven" and not said and standing.base:
            kept[key] = _moved(standing.base, standing)
            undecided.append(standing)
        else:
            now = agreement(*key, standing.sections)
            kept[key] = _as_filed(standing, now)
            if standing.base is None or standing.base.fingerprints != now.fingerprints:
                agreed.append(standing)
    return Recording(write(kept.values()), tuple(agreed), tuple(waiting), tuple(undecided))


def _is_named(standing: Standing, names: Collection[str]) -> bool:
    """Whether the section is among `names`, with or without its role."""
    return bool({standing.part, f"{standing.role}/{standing.part}"} & set(names))


def label(standing: Standing) -> str:
    """The line for a pull request that says which translation is to follow."""
    return f"Translation to follow ({other(standing.ahead)}): {standing.role}#{standing.part}"


def _as_filed(standing: Standing, now: Agreement) -> Agreement:
    """The agreement as it is on file while its words are the same: form alone is not recorded."""
    filed = standing.base
    if filed and filed.fingerprints == now.fingerprints and all(filed.texts.values()):
        return _moved(filed, standing)
    return now


def _moved(base: Agreement, standing: Standing) -> Agreement:
    """An agreement under the name that its section has now, as if nobody had declared anything."""
    return replace(base, role=standing.role, part=standing.part, ahead="", since="")
