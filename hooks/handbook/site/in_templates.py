"""What the templates know, under one name: `site`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from handbook.base.table import TAGS
from handbook.base.words import Words, words
from handbook.pages.handbook_file import OWN
from handbook.pages.loader import DOCS
from handbook.pages.model import Handbook, Page, Role
from handbook.pages.schema import AUTHORED, SECTIONS
from handbook.site import downloads
from handbook.site.navigation import above
from handbook.site.page.language_switch import Language, Translation, translations
from handbook.site.page.reporting import Subject, report_address
from handbook.site.page.retired import Notes
from handbook.versions.editions import Edition, Snapshot, currency_key
from handbook.versions.status import Status, part_name
from handbook.versions.translation_status import by_page
from handbook.views import Views
from handbook.views.currency import CLASSES, Prints, Since
from handbook.views.reviews import Review
from handbook.views.tables import Tables

_SENTENCE = re.compile(r".+?(?:[。！？]|[.!?](?=\s|$))", re.DOTALL)


class ReportLink(NamedTuple):
    """The address for a report; `number` and `name` are a duty's, "" for the whole page."""

    address: str
    number: str
    name: str


@dataclass(frozen=True, eq=False)
class TemplateSite:
    """The site in one language, as its templates see it.

    Args:
        handbook: what the pages say.
        locale: the language that is built; `language` the authored one that it shows.
        languages: those of the site.
        urls: where pages stand, from the site's root, by key; `translated` also in other languages.
        edition: the edition that is built; `snapshots` those that were kept.
        retired: the notes on retired numbers; `statuses` how far the two languages agree.
        reviews: when each role's page was reviewed; `changes` when each page last changed, by path.
        repository: where mistakes are reported; `report_to` goes before it.
        search: where the search stands.
        logo: the site's icon, as HTML.
        has_downloads: whether there will be any; `has_prints` whether PDFs are among them.
    """

    handbook: Handbook
    locale: str
    language: str
    languages: Sequence[Language]
    urls: Mapping[str, str]
    translated: Callable[[str, str], str]
    edition: Edition
    snapshots: Sequence[Snapshot]
    retired: Notes
    statuses: tuple[Status, ...]
    reviews: Sequence[Review]
    changes: Mapping[str, date]
    repository: str
    report_to: str
    search: str
    logo: Markup
    has_downloads: bool
    has_prints: bool

    own = OWN
    change_classes = CLASSES
    currency_key = staticmethod(currency_key)

    @property
    def words(self) -> Words:
        """What the site itself says."""
        return words(self.language)

    @cached_property
    def says(self) -> Callable[..., Callable[[str], Markup]]:
        """What a sign says, by its key: in the words of the site, else in those of the theme."""
        texts = self.words.texts
        said: dict[str, Markup] = {}

        def says(tag: str, *of_the_theme: Callable[[str], str]) -> Callable[[str], Markup]:
            def say(key: str) -> Markup:
                if key not in said:
                    own = tag if key == "language" else texts.get(f"page.{key}")
                    others = (say_it(key) for say_it in of_the_theme)
                    found = own or texts.get(f"sign.{key}") or next(filter(None, others), key)
                    said[key] = escape(found)
                return said[key]

            return say

        return says

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """The roles in the handbook's order."""
        return self.handbook.roles(self.language)

    @cached_property
    def views(self) -> Views:
        """Who handles what, who needs what, how two roles differ."""
        return Views(self.handbook, self.language, self.retired)

    def title(self, key: str) -> str:
        """The title of the page `key`; "" if there is none."""
        return self.handbook.title(self.language, key)

    def key(self, page: Any) -> str:
        """A page's name in every language, such as `roles/marketing`."""
        return str(page.file.src_uri).removeprefix(f"{self.language}/").removesuffix(".md")

    def above(self, page: Any) -> tuple[str, ...]:
        """The pages above `page`, the home page first."""
        return above(self.key(page), self.urls)

    def translations(self, page: Any) -> list[Translation]:
        """Where `page` stands in every language; the homes, for what is no page."""
        alternates = getattr(page.file, "alternates", {}) if page else {}
        urls = {locale: file.url for locale, file in alternates.items()}
        return translations(self.languages, self.locale, urls)

    def other_language(self, page: Any) -> Translation:
        """The other authored language, as a page in either script of this one names it."""
        (other,) = (of for of in AUTHORED if of != self.language)
        return next(each for each in self.translations(page) if each.locale == other)

    @property
    def headings(self) -> list[str]:
        """What the sections of a role's page are called."""
        return [section.headings[self.language] for section in SECTIONS]

    @property
    def downloads(self) -> Any:
        """The names of the downloads; None if there will be none."""
        return downloads if self.has_downloads else None

    @property
    def columns(self) -> list[tuple[str, str]]:
        """The columns of the CSV: the key of each, and what it holds."""
        columns = Tables(self.handbook).joined.columns
        named = [(each.key, each.what[TAGS[self.language]]) for each in columns]
        return [*named, ("edition", self.words("table.what.edition"))]

    @property
    def editions(self) -> list[Edition]:
        """The editions that were kept."""
        return [snapshot.edition for snapshot in self.snapshots]

    @cached_property
    def since(self) -> Callable[[str], Since]:
        """What has changed since an edition, by its name; each role's page asks for all of it."""
        return cache(Prints(self.snapshots, self.handbook, self.language).since)

    @cached_property
    def translation(self) -> Sequence[Any]:
        """How far the translation of each page is."""
        return tuple(by_page(self.statuses))

    def part_name(self, status: Status) -> str:
        """What a part is called."""
        return part_name(status.sections[self.language], self.language)

    def review(self, page: Any) -> Review | None:
        """The review of a role's page; None for any other."""
        return self._reviews.get(f"{DOCS}/{page.file.src_uri}")

    @cached_property
    def _reviews(self) -> Mapping[str, Review]:
        return {review.role.path: review for review in self.reviews}

    def review_url(self, review: Review) -> str:
        """Where the page of `review` stands, in the reader's script if it is in their language.

        "" while this language lacks the page, as when somebody has just begun a role.
        """
        own = review.role.language == self.language
        locale = self.locale if own else review.role.language
        return self.translated(f"roles/{review.role.slug}.md", locale)

    def last_change(self, page: Any) -> date | None:
        """The day a page last changed."""
        return self.changes.get(f"{DOCS}/{page.file.src_uri}")

    def report_links(self, page: Any) -> list[ReportLink]:
        """Where to report a mistake in a page: it as a whole, then duty by duty."""
        path = f"{DOCS}/{page.file.src_uri}"
        role = self.handbook.role_pages.get((self.language, self.key(page)))
        duties = [(duty.number, duty.name) for duty in (role.duties if role else ())]
        links = []
        for passage in (("", ""), *duties):
            subject = Subject(self.language, str(page.title), path, *passage)
            if address := report_address(subject, self.repository, self.report_to):
                links.append(ReportLink(address, *passage))
        return links


def first_sentence(text: str) -> str:
    """The first sentence of `text`, or all of it if it has no end."""
    match = _SENTENCE.match(text)
    return match[0] if match else text


def first_paragraph(page: Page) -> str:
    """The text of the page's first paragraph, or "": what describes it if nothing else does."""
    return next((block.passage.text for block in page.blocks if block.tag == "p"), "")
