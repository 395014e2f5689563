"""Rewrites a page's elements, as an HTML parser sees them; all else stays byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from typing import Literal

from markupsafe import Markup

Attributes = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Instead:
    """What is written in the place of an element and all it holds, as HTML."""

    html: str


Decision = Literal["keep", "unwrap"] | Instead | dict[str, str]
"""What becomes of an element: it stays, goes without what it holds, is replaced, or is given other
values for some of its attributes."""
DROP = Instead("")
Decide = Callable[[str, Attributes, Sequence[str]], Decision]
"""Decides from an element's name, its attributes and the names of the elements around it."""

VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
}  # fmt: skip
"""Elements that hold nothing and have no end tag."""


def as_html(html: str) -> Markup:
    """`html`, which was made as HTML, marked so that no template escapes it.

    Nothing else marks a text (ruff's S704 sees to it), and tests/house/test_escaping.py lists who
    asks for it.
    """
    return Markup(html)  # noqa: S704 - the one place


def rewritten(html: str, decide: Decide) -> str:
    """The page with its elements as `decide` wants them."""
    return _Page(decide).passed(html)


class Verbatim(HTMLParser):
    """Goes through a page and writes it as it stands; whoever extends it says what changes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []

    def passed(self, page: str) -> str:
        """What becomes of the page."""
        self.feed(page)
        self.close()
        return "".join(self.out)

    def write(self, text: str) -> None:
        """Write a piece of the page."""
        self.out.append(text)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Pass on an element without an end."""
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        """Pass on text."""
        self.write(data)

    def handle_entityref(self, name: str) -> None:
        """Pass on a named character."""
        self.write(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Pass on a numbered character."""
        self.write(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        """Pass on a comment."""
        self.write(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        """Pass on a declaration."""
        self.write(f"<!{decl}>")

    def unknown_decl(self, data: str) -> None:
        """Pass on a marked section."""
        self.write(f"<![{data}]>")

    def handle_pi(self, data: str) -> None:
        """Pass on a processing instruction."""
        self.write(f"<?{data}>")


class _Page(Verbatim):
    def __init__(self, decide: Decide) -> None:
        super().__init__()
        self._decide = decide
        self._open: list[str] = []
        self._unwrapped: list[int] = []
        self._dropped_at = 0  # how many elements are open around the one that is dropped, and it

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        source = self.get_starttag_text() or ""
        holds = tag not in VOID and not source.endswith("/>")
        decision = "keep" if self._dropped_at else self._decide(tag, dict(attrs), self._open)
        if holds:
            self._open.append(tag)
        if isinstance(decision, Instead):
            self.write(decision.html)
            self._dropped_at = len(self._open) if holds else 0
        elif decision == "unwrap":
            if holds:
                self._unwrapped.append(len(self._open))
        elif isinstance(decision, dict):
            self.write(_start_tag(tag, dict(attrs) | decision, source.endswith("/>")))
        else:
            self.write(source)

    def handle_endtag(self, tag: str) -> None:
        depth = next((i for i in range(len(self._open), 0, -1) if self._open[i - 1] == tag), 0)
        if depth and depth < self._dropped_at:
            self._dropped_at = 0  # what was to be dropped never ended
        if depth not in self._unwrapped:
            self.write(f"</{tag}>")
        if depth:
            del self._open[depth - 1 :]
            self._unwrapped = [each for each in self._unwrapped if each < depth]
        if depth == self._dropped_at:
            self._dropped_at = 0

    def write(self, text: str) -> None:
        if not self._dropped_at:
            super().write(text)


def _start_tag(tag: str, attributes: Attributes, closed: bool) -> str:
    values = (
        f" {name}" if value is None else f' {name}="{escape(value)}"'
        for name, value in attributes.items()
    )
    return f"<{tag}{''.join(values)}{'/' if closed else ''}>"
