"""What every printed file is made with: the handbook, its edition, and where its pages are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import segno

from handbook.base.days import in_words
from handbook.base.table import TAGS
from handbook.pages.model import Handbook
from handbook.pages.schema import DUTY_LEVEL, authored
from handbook.site.addresses import public_anchors
from handbook.site.print.nodes import Setting
from handbook.site.print.words import words
from handbook.versions.editions import Edition, Sections, currency_url, folder_of, taken
from handbook.versions.prints import fragment
from handbook.views.questions import Questions


@dataclass(frozen=True)
class Printing:
    """What the files of one printing share.

    Args:
        handbook: the model.
        edition: the edition that is printed.
        site_url: the site's address, or "" if it is not known.
        notices: what to say of sections that are behind and of duties that are gone, as HTML, by
            language, page and anchor.
    """

    handbook: Handbook
    edition: Edition
    site_url: str
    notices: Mapping[tuple[str, str, str], str] = field(default_factory=dict)

    def address(self, language: str, key: str, anchor: str = "") -> str:
        """The full address of a page, or "" if the site's is not known or there is no such page."""
        if not self.site_url or self.handbook.page(authored(language), key) is None:
            return ""
        path = "" if key == "index" else f"{key.removesuffix('/index')}/"
        return f"{self._root}{folder_of(language)}{path}{'#' if anchor else ''}{anchor}"

    @cached_property
    def questions(self) -> Questions:
        """Questions on the handbook, for the packs."""
        return Questions.on(self.handbook)

    @cached_property
    def _held(self) -> Sections:
        """The parts of the handbook as they are printed."""
        return taken(self.handbook)

    def edition_in_words(
        self, language: str, role: str | None, languages: Sequence[str]
    ) -> dict[str, Any]:
        """The edition as a book prints it, with where to see whether it is still current.

        `address` is short and answers by edition; behind the `code` stands what the print holds.
        """
        named_so = self.site_url and self.edition.name
        address = f"{self._root}{currency_url(self.edition, role, language)}" if named_so else ""
        beside = self.questions.quoted(role) if role else ()
        numbers = fragment(self._held, languages, role, beside) if address else ""
        revised = self.edition.revised
        date = in_words(self.edition.date, authored(language))
        named = words(language)["edition"].format(name=self.edition.label)
        return {
            "name": self.edition.label,
            "title": named if self.edition.name else date,
            "plus": words(language)["plus"].format(name=self.edition.name) if revised else "",
            "date": date,
            "commit": self.edition.commit[:10],
            "address": address,
            "link": f"{address}#{numbers}",
            "code": _code(f"{address}#", numbers) if address else "",
            "home": self.address(language, "index"),
        }

    def setting(self, language: str, keys: Iterable[str], *, anchors: bool = True) -> Setting:
        """How passages are set in a book that holds the pages `keys`."""
        own = authored(language)
        pages = [page for key in keys if (page := self.handbook.page(own, key))]
        # A heading within a duty may stand in one language only: there the other's are not led to.
        deepest = 6 if anchors else DUTY_LEVEL
        labels = {
            f"{page.key}#{anchor}"
            for page in pages
            for anchor in ("", *public_anchors(page, self.handbook, deepest))
        }
        return Setting(
            TAGS[language],
            f"docs/{own}",
            frozenset(labels),
            lambda key, anchor: self.address(language, key, anchor),
            anchors,
            self.notices,
        )

    def common(
        self, language: str, role: str | None = None, languages: Sequence[str] = ()
    ) -> dict[str, Any]:
        """What every file says: its language, its words, its edition.

        `languages` are those of the print, if it has more than one.
        """
        return {
            "lang": TAGS[language],
            "words": words(language),
            "edition": self.edition_in_words(language, role, languages or (authored(language),)),
        }

    @property
    def _root(self) -> str:
        return f"{self.site_url.rstrip('/')}/"


def _code(address: str, numbers: str) -> str:
    """A QR code as a drawing, without a margin of its own; digits take half the room of letters."""
    parts: Any = [address, numbers]  # each in the mode that suits it; the types know one only
    code = segno.make(parts, error="m", micro=False)
    svg: str = code.svg_inline(border=0, omitsize=True)
    return svg
