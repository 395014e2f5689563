"""What a style sheet may meet: the names that stand in the site's pages and in its scripts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

_TOKEN = re.compile(r"[\w-]{3,}")  # shorter ones are the variables of minified scripts
_QUOTED = re.compile(r"""["'`](?:</?)?([a-z][a-z0-9]*)(?=["'` />])""")
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_PROPERTY = re.compile(r"--[\w-]+")

THEME_PARTS: dict[str, set[str]] = {
    "md-annotation": {"annotate"},
    "md-code__": {"content.code.annotate", "content.code.copy", "content.code.select"},
    "md-mermaid": {"mermaid"},
    "md-source__": {"source"},
    "md-tag": {"md-tag"},
    "md-tooltip": {"annotate", "content.tooltips", "content.footnote.tooltips"},
    "md-version": {"mike"},
    "mermaid": {"mermaid"},
    "tabbed": {"tabbed-set"},
}
"""What the theme's script makes only of what it finds: names by how they begin, and the class,
component or feature (one of them is enough) without which no page ever gets them."""


@dataclass(slots=True)
class UsedNames:
    """The tags, classes, ids and attributes of pages, and the words of scripts.

    A script can give any element any name that it holds, so its words count as classes, ids,
    attributes and values of attributes, and what it quotes as tags.
    """

    tags: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    attributes: dict[str, set[str]] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    properties: set[str] = field(default_factory=set)

    def add_features(self, features: Iterable[str]) -> None:
        """Note which of the theme's features are on."""
        self.classes.update(features)

    def add_page(self, page: HtmlElement) -> None:
        """Note the names of every element of a page."""
        for element in page.iter():
            if not isinstance(element.tag, str):
                continue  # a comment
            self.tags.add(element.tag)
            for name, value in element.items():
                self.attributes.setdefault(str(name), set()).add(str(value))
            self.classes.update(str(element.get("class", "")).split())
        self.ids.update(self.attributes.get("id", ()))

    def add_script(self, source: str) -> None:
        """Note the words of a script."""
        words = set(_TOKEN.findall(source))
        self.words |= words
        # element.dataset.someName is the attribute data-some-name
        self.words |= {f"data-{_CAPITAL.sub('-', word).lower()}" for word in words}
        self.tags |= set(_QUOTED.findall(source))
        self.properties |= set(_PROPERTY.findall(source))

    def has_class(self, name: str) -> bool:
        """Whether an element can be of this class."""
        return name in self.classes or self._can_be_made(name)

    def has_id(self, name: str) -> bool:
        """Whether an element can have this id."""
        return name in self.ids or self._can_be_made(name)

    def has_attribute(self, name: str, value: str | None) -> bool:
        """Whether an element can have this attribute, with just this value if one is given."""
        if name not in self.attributes:
            return self._can_be_made(name)
        if value is None or value in self.attributes[name]:
            return True
        return name != "dir" and value in self.words  # no script turns the direction of the text

    def reads_property(self, name: str) -> bool:
        """Whether a script reads this custom property."""
        return name in self.properties and not self._is_dormant(name.removeprefix("--"))

    def _can_be_made(self, name: str) -> bool:
        return name in self.words and not self._is_dormant(name)

    def _is_dormant(self, name: str) -> bool:
        present = self.classes | self.attributes.get("data-md-component", set())
        return any(
            name.startswith(part) and present.isdisjoint(conditions)
            for part, conditions in THEME_PARTS.items()
        )
