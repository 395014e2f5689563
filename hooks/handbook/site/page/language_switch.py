"""Where a page stands in the other languages, for the links from each to all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from handbook.base.words import Words, words
from handbook.pages.schema import DERIVED, authored


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the site: `tag` as in `<html lang>`, `home` its home from the site's root."""

    locale: str
    tag: str
    name: str
    short: str
    home: str


@dataclass(frozen=True, slots=True)
class Translation(Language):
    """A page in one language: `url` from the site's root."""

    url: str
    current: bool

    @property
    def words(self) -> Words:
        """What the site itself says there."""
        return words(authored(self.locale))


def translations(
    languages: Sequence[Language], current: str, urls: Mapping[str, str]
) -> list[Translation]:
    """A page in every language, that which is read included.

    Args:
        languages: those of the site.
        current: the locale that is read.
        urls: where the page stands, by locale; {} for a page that leads to the homes.
    """
    return [
        Translation(**asdict(each), url=_url(each, urls), current=each.locale == current)
        for each in languages
    ]


def _url(language: Language, urls: Mapping[str, str]) -> str:
    if language.locale in urls:
        return urls[language.locale]
    source = DERIVED.get(language.locale, "")
    if source in urls:
        # A derived page has the address of the page it is made from, in a folder of its own.
        return f"{language.locale}/{urls[source].removeprefix('./')}"
    return language.home
