"""The pages that no one writes: every pair of roles compared, every role in two languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handbook.pages.model import Handbook
from handbook.pages.schema import AUTHORED
from handbook.views.compare import pairs

SIDE_BY_SIDE = "side-by-side"

_COMPARE = {
    "zh": (
        "比較：{first}、{second}",
        "{first}和{second}兩個崗位有何不同：共有的能力、各自的能力，以及都涉及的事項。",
    ),
    "en": (
        "{first} and {second} compared",
        "How {first} and {second} differ: shared abilities, those of each, topics both deal with.",
    ),
}
_BOTH = {
    "zh": ("{title}（中英對照）", "{title}：職責和能力要求，中文與英文逐項對照。"),
    "en": (
        "{title}, in English and Chinese",
        "{title}: duties and ability requirements, English and Chinese side by side.",
    ),
}


@dataclass(frozen=True, slots=True)
class DerivedPage:
    """A page made from the model: its key, as those of authored pages, its title and summary.

    `listed`: whether search engines are told of it.
    """

    key: str
    title: str
    description: str
    listed: bool = True


def derived_pages(handbook: Handbook, language: str) -> Iterator[DerivedPage]:
    """The derived pages that exist in every language, in the words of `language`."""
    everywhere = set.intersection(
        *({role.slug for role in handbook.roles(each)} for each in AUTHORED)
    )
    title, description = _COMPARE[language]
    for pair in pairs(handbook, language):
        if {pair.first.slug, pair.second.slug} <= everywhere:
            names = {"first": pair.first.title, "second": pair.second.title}
            yield DerivedPage(pair.key, title.format(**names), description.format(**names))
    title, description = _BOTH[language]
    for role in handbook.roles(language):
        if role.slug in everywhere:
            yield DerivedPage(
                f"{SIDE_BY_SIDE}/{role.slug}",
                title.format(title=role.title),
                description.format(title=role.title),
            )
