"""The files as they should be after a command, by the lines that they have now."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from handbook.base.words import Told, both
from handbook.pages.loader import DOCS, Project
from handbook.pages.model import Link, Page
from handbook.pages.redirects import REDIRECTS
from handbook.pages.schema import AUTHORED
from handbook.versions.changes import Kind

Address = tuple[str, str]
"""A page's key and an anchor, "" for the page as a whole."""
Section = tuple[str, str]
"""A role and a part of its page: `("marketing", "duty-3-2")`."""
_BELOW = 8
"""Lines on which a link may go on."""


class Refused(Told):
    """What was asked for cannot be done; says why."""


@dataclass(frozen=True, slots=True)
class Note:
    """What the change log says of a section of a role, by language."""

    role: str
    kind: Kind
    said: Mapping[str, str]


@dataclass(frozen=True)
class Plan:
    """What is to be changed; lines are named by the numbers that they have now.

    `moved` has files that are renamed, or deleted (None). `sections` tells what becomes of the
    sections on record, `roles` of whole roles ("" for those that go). `notes` go into the change
    log; `reread` are places that a person must read again.
    """

    project: Project
    lines: dict[str, list[str | None]] = field(default_factory=dict)
    moved: dict[str, str | None] = field(default_factory=dict)
    sections: dict[Section, Section | None] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    reread: set[tuple[str, int]] = field(default_factory=set)
    _ends: dict[str, str] = field(default_factory=dict)

    def of(self, path: str) -> list[str | None]:
        """The lines of a file, each to be replaced; one that is None is left out."""
        if path not in self.lines:
            file = self.project.root / path
            text = file.read_bytes().decode() if file.is_file() else ""
            self._ends[path] = "\r\n" if "\r\n" in text else "\n"
            self.lines[path] = [*re.split(r"\r?\n", text)]
        return self.lines[path]

    def line(self, path: str, number: int) -> str:
        """A line as it will be, "" if it is left out."""
        return self.of(path)[number - 1] or ""

    def put(self, path: str, number: int, text: str | None) -> None:
        """Let a line be `text`, which may be several, or leave it out."""
        self.of(path)[number - 1] = text

    def change(self, path: str, number: int, old: str, new: str) -> None:
        """Put `new` for `old` on a line."""
        self.put(path, number, self.line(path, number).replace(old, new, 1))

    def after(self, path: str, number: int, text: str) -> None:
        """Put lines below a line, and below what was put there before; 0 is the top."""
        of = self.of(path)
        above = of[number - 1] if number else None
        if above is not None:
            of[number - 1] = f"{above}\n{text}"
        elif number:
            of[number - 1] = text
        else:
            of[0] = text if of[0] is None else f"{text}\n{of[0]}"

    def cut(self, path: str, start: int, end: int) -> list[str]:
        """Leave out the lines from `start` up to but not `end`; returns what they said."""
        said = [self.line(path, number) for number in range(start, end)]
        for number in range(start, end):
            self.put(path, number, None)
        return said

    def create(self, path: str, text: str) -> None:
        """Make a file that is not there."""
        self.lines[path] = [text]

    def redirect(self, old: str, target: str) -> None:
        """Lead from an address to another; what led to the old one follows."""
        self.retarget(old, target)
        lines = self.of(REDIRECTS)
        last = len(lines) if lines[-1] else len(lines) - 1
        self.after(REDIRECTS, max(last, 0), f"{old}: {target}")

    def retarget(self, old: str, target: str) -> None:
        """Let lines that lead to `old` lead to `target`, and to places on it if it is a page."""
        places = r"(#\S+)?" if "#" not in old + target else "()"
        typed = re.compile(rf"(:\s+){re.escape(old)}{places}(?=\s|$)")
        for number, line in enumerate(self.of(REDIRECTS), start=1):
            if line and not line.startswith("#"):
                self.put(REDIRECTS, number, typed.sub(rf"\g<1>{target}\g<2>", line))

    def rename_in_redirects(self, old: str, new: str) -> None:
        """Let the lines about places on the page `old` be about those on `new`; "" deletes them."""
        for number, line in enumerate(self.of(REDIRECTS), start=1):
            if line and line.startswith(f"{old}#"):
                self.put(REDIRECTS, number, line.replace(old, new, 1) if new else None)

    def withdraw(self, key: str) -> None:
        """Take away the line of a page that is there again."""
        for number, line in enumerate(self.of(REDIRECTS), start=1):
            if line and re.match(rf"{re.escape(key)}\s*:", line):
                self.put(REDIRECTS, number, None)

    def files(self) -> dict[str, tuple[bytes | None, bytes | None]]:
        """What each file that changes holds, and what it should; None for no file."""
        found: dict[str, tuple[bytes | None, bytes | None]] = {}
        for path in (*self.moved, *self.lines):
            file = self.project.root / path
            old = file.read_bytes() if file.is_file() else None
            to = self.moved.get(path, path)
            text = self._text(path)
            if old is None and not text:
                continue
            if to != path:
                found[path] = old, None
            if to is not None:
                before = old if to == path else None
                found[to] = before, text.encode()
        return {path: change for path, change in found.items() if change[0] != change[1]}

    def to_read(self) -> list[tuple[str, int]]:
        """The places that a person must read again, by the lines that they will have."""
        found = []
        for path, line in sorted(self.reread):
            if (to := self.moved.get(path, path)) and self.of(path)[line - 1] is not None:
                found.append((to, self._joined(path, line).count("\n") + 1))
        return found

    def _joined(self, path: str, end: int | None = None) -> str:
        lines = "\n".join(line for line in self.of(path)[:end] if line is not None)
        return re.sub(r"\n{3,}", "\n\n", lines) if path.endswith(".md") else lines

    def _text(self, path: str) -> str:
        tidy = self._joined(path)
        text = tidy.rstrip("\n") + "\n" if tidy.strip() else ""
        return text.replace("\n", self._ends.get(path, "\n"))

    # Links

    def relink(
        self,
        lead: Callable[[Address], Address | None],
        words: Mapping[str, str],
        *,
        read: bool = False,
    ) -> None:
        """Lead every link of the pages to where `lead` says, if it says something else.

        `words` are texts of such links that change with it, as they are and as they should be; with
        `read`, links that keep their texts are to be read again.
        """
        for page in self.project.handbook.pages.values():
            to = self.moved.get(page.path, page.path)
            if to is None:
                continue
            folder = posixpath.dirname(to.removeprefix(f"{DOCS}/{page.language}/"))
            for link in page.links:
                if (at := address(page, link)) is None:
                    if (moved := _moved_file(page, link, to)) != link.target:
                        self._lead(page, link, moved, {})
                    continue
                new = lead(at) or at
                if new != at or folder != posixpath.dirname(page.key):
                    self._lead(page, link, _typed(new, folder, same=new[0] == page.key), words)
                    if read and link.text not in words:
                        self.reread.add((page.path, link.line))

    def _lead(self, page: Page, link: Link, target: str, words: Mapping[str, str]) -> None:
        new = words.get(link.text, link.text)
        typed = re.escape(link.target)
        for number in range(link.line, min(link.line + _BELOW, len(page.lines)) + 1):
            text = self.line(page.path, number)
            changed = re.sub(rf"\]\({typed}(?=[\s)])", f"]({target}", text, count=1)
            if changed != text:
                changed = changed.replace(f"[{link.text}]({target}", f"[{new}]({target}", 1)
                self.put(page.path, number, changed)
                break
        for number in range(page.first_line, len(page.lines) + 1):
            text = self.line(page.path, number)
            changed = re.sub(rf"^( {{0,3}}\[[^\]]+\]:\s*){typed}(?=\s|$)", rf"\g<1>{target}", text)
            self.put(page.path, number, changed if text else self.of(page.path)[number - 1])

    def mentions(self, pattern: str, *but: str) -> None:
        """Have the lines read again on which `pattern` stands, of files other than `but`."""
        for page in self.project.handbook.pages.values():
            if page.path in but or page.key.startswith(("contributing/", "changes")):
                continue
            for run in page.runs:
                if re.search(pattern, run.text) and not run.code:
                    self.reread.add((page.path, run.line))

    def note(self, role: str, kind: Kind, what: Mapping[str, str], said: Mapping[str, str]) -> None:
        """Let the change log say something of `what`, a section of a role, by language."""
        colon = both("sign.colon")
        text = {of: f"{what[of]}{colon[of]}{said[of]}" for of in AUTHORED}
        self.notes.append(Note(role, kind, text))

    def pages(self, key: str) -> Iterator[Page]:
        """The page `key` in each language that has it."""
        found = (self.project.handbook.page(language, key) for language in AUTHORED)
        yield from filter(None, found)


def address(page: Page, link: Link) -> Address | None:
    """The page of the handbook that a link leads to, and the place on it; None for another."""
    path, _, anchor = link.target.partition("#")
    if link.kind != "a" or link.raw or re.match(r"[a-z][a-z0-9+.-]*:|//|/", link.target):
        return None
    if not path:
        return page.key, unquote(anchor)
    if not path.endswith(".md"):
        return None
    key = posixpath.normpath(posixpath.join(posixpath.dirname(page.key), unquote(path)))
    return None if key.startswith("../") else (key.removesuffix(".md"), unquote(anchor))


def _moved_file(page: Page, link: Link, to: str) -> str:
    """How the page leads to a file beside it, such as a picture, once it stands at `to`."""
    folder, new = posixpath.dirname(page.path), posixpath.dirname(to)
    if folder == new or link.raw or re.match(r"[a-z][a-z0-9+.-]*:|/|#", link.target):
        return link.target
    return posixpath.relpath(posixpath.join(folder, link.target), new)


def _typed(to: Address, folder: str, *, same: bool) -> str:
    key, anchor = to
    path = "" if same and anchor else posixpath.relpath(f"{key}.md", folder or ".")
    return f"{path}#{anchor}" if anchor else path
