"""How far the translation is, for the pages concerned and for the one that lists all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml.html import HtmlElement

from handbook.base import days
from handbook.base.git import GitError, git, unpack
from handbook.base.html import fragment
from handbook.base.job_log import inert
from handbook.base.table import TAGS
from handbook.base.words import Words, words
from handbook.pages.diagnostics import visible
from handbook.pages.loader import load
from handbook.pages.model import Handbook
from handbook.pages.parsing.structure import roles_out_of_shape
from handbook.versions import baseline
from handbook.versions.baseline import Agreement
from handbook.versions.parts import family
from handbook.versions.status import Status, changed_words, statuses
from handbook.versions.word_changes import as_html

_MOST_LINES = 8


@dataclass(frozen=True, slots=True)
class PageStatus:
    """The parts of a page: how many there are, those that are behind, how many are not on record.

    `key` is the page's, such as `roles/marketing`.
    """

    key: str
    total: int
    behind: tuple[Status, ...]
    unrecorded: int

    @property
    def agreed(self) -> int:
        """How many say the same in both languages, as far as is on record."""
        return self.total - len(self.behind) - self.unrecorded


def known_statuses(root: Path, handbook: Handbook) -> tuple[Status, ...]:
    """Where every section stands; () without a record or with one that cannot be read.

    A role is left out while a heading that its sections begin with is wrong.
    """
    try:
        known = baseline.read(root)
    except baseline.Unreadable:
        return ()
    unclear = roles_out_of_shape(handbook)
    found = statuses(handbook, known) if known else ()
    # A record made before parts of that sort were kept says nothing of them.
    kept = {family(each.part) for each in known or ()}
    return tuple(
        _dated(root, each) for each in found if each.role not in unclear and each.family in kept
    )


def taken_as_agreed(root: Path, commit: str) -> tuple[Agreement, ...]:
    """Sections that had changed in both languages at `commit` and are not on record since.

    They were published so, as saying the same. What has changed since in one language only has
    changed beside what was published, not beside an older record. () if the pages of `commit`, any
    name that git knows it by, cannot be had.
    """
    with TemporaryDirectory() as name:
        try:
            unpack(root, commit, Path(name))
            then, now = baseline.read(Path(name)), baseline.read(root)
        except (GitError, baseline.Unreadable):
            return ()
        return tuple(
            baseline.agreement(each.role, each.part, each.sections)
            for each in statuses(load(Path(name)), then or ())
            if then and each.kind in {"changed", "new"} and _about(each, then) == _about(each, now)
        )


def _about(status: Status, known: Iterable[Agreement] | None) -> list[Agreement]:
    place = status.role, status.part
    return [each for each in known or () if (each.role, each.part) == place]


def notices(root: Path, handbook: Handbook) -> dict[tuple[str, str, str], str]:
    """The notices as HTML by (language, page, anchor), for whoever prints the pages."""
    return {
        (status.behind, status.page, status.anchor): notice(status)
        for status in known_statuses(root, handbook)
        if status.behind
    }


def add_notices(page: HtmlElement, statuses: Iterable[Status], language: str) -> None:
    """Put a notice below the heading of each section of a page that is behind."""
    behind = {status.anchor: status for status in statuses if status.behind == language}
    for heading in page.xpath("//*[self::h1 or self::h2 or self::h3][@id]") if behind else ():
        if status := behind.get(heading.get("id")):
            for element in reversed([*fragment(notice(status))]):
                heading.addnext(element)


def notice(status: Status) -> str:
    """The notice as HTML, in the language that is behind."""
    say, lines = words(status.behind), status.changes(status.ahead)
    if not lines:
        return f'<div class="hb-behind" role="note"><p>{say("behind.notice")}</p></div>'
    items = as_html(lines[:_MOST_LINES]) + ("<li>…</li>" if len(lines) > _MOST_LINES else "")
    return (
        f'<div class="hb-behind" role="note"><p>{say("behind.notice-with")}</p>'
        f'<ul lang="{TAGS[status.ahead]}">{items}</ul></div>'
    )


def as_list(found: Iterable[Status], say: Words) -> str:
    """What waits for translation, as a Markdown list for a pull request; "" if nothing does."""
    listed = "".join(f"{_item(status, say)}\n" for status in found if status.behind)
    return inert(visible(listed))


def _item(status: Status, say: Words) -> str:
    return say(
        "translation.behind-since" if status.since else "translation.behind",
        section=f"{status.role}#{status.part}",
        language=say(f"language.{status.behind}"),
        day=status.since,
        changes=changed_words(status, say.language),
    )


def by_page(found: Iterable[Status]) -> Iterator[PageStatus]:
    """The state of each page, in the handbook's order."""
    for key, of_page in groupby(found, key=lambda status: status.page):
        own = [*of_page]
        behind = tuple(status for status in own if status.behind)
        unrecorded = sum(s.kind in {"changed", "new", "uneven"} for s in own)
        yield PageStatus(key, len(own), behind, unrecorded)


def _dated(root: Path, status: Status) -> Status:
    """With the day on which it was declared at the top of its page, where history knows it."""
    section = status.sections.get(status.ahead)
    if not section or status.since or not section.translate or section.keys:
        return status
    return replace(status, since=_declared_on(root, section.path, status.part))


def _declared_on(root: Path, path: str, part: str) -> str:
    """The day of the last commit that wrote `part` into the page, "" if that cannot be told."""
    try:
        # In a shallow clone, its one commit wrote everything.
        if git(root, "rev-parse", "--is-shallow-repository").strip() != b"false":
            return ""
        written = git(root, "log", "-1", "--format=%cs", f"-S{part}", "--", path).decode().strip()
    except GitError:
        return ""
    day = days.from_text(written)
    return day.isoformat() if day else ""
