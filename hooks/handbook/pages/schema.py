"""The page schema: which sections a role page has, their headings and anchors, what each holds.

This is the table that the parser, the rules, the build's anchors and all that is published share.
Its nouns stand in `docs/handbook.yml`: a heading or a label is changed, or a label added, there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from handbook.base.file_models import VISIBLE, Agreed, Parts
from handbook.base.folding import fold
from handbook.pages.handbook_file import OWN

AUTHORED = ("zh", "en")
"""The languages written by hand, each in `docs/<language>/`; the first is the source's."""

DERIVED = {"zh-Hans": "zh"}
"""Languages made from an authored one when the site is built, never written by hand."""


def other(language: str) -> str:
    """The other authored language."""
    return next(each for each in AUTHORED if each != language)


def authored(language: str) -> str:
    """The authored language that `language` is, or is derived from: "zh" for "zh-Hans"."""
    return DERIVED.get(language, language)


Group = str
GROUPS: dict[Group, dict[str, str]] = {key: names.model_dump() for key, names in OWN.groups.items()}
"""The groups of the vocabulary in its order, and what each is called."""


@dataclass(frozen=True, slots=True)
class SectionSchema:
    """A section that every role page has once, at level 2, in this order."""

    key: str
    """`duties` or `abilities`: the public anchor, the same in every language."""
    headings: dict[str, str]
    """The heading's text, by language."""
    near: tuple[str, ...]
    """What people type instead, beside what merely looks alike; folded as `folding.fold` does."""
    sample: dict[str, str]
    """The least that it must hold, for hints, by language."""


@dataclass(frozen=True, slots=True)
class LabelSchema:
    """A labelled paragraph that a duty may have: `**指標**：點擊率、轉化率`."""

    key: str
    names: dict[str, str]
    """The bold word before the colon, and the heading of a column, by language."""
    near: tuple[str, ...]
    """What people type instead, folded as `folding.fold` does."""
    group: Group | None
    """The vocabulary group whose names follow, separated by `、` or `, `; None for prose."""
    filters: bool = True
    """Whether the table of all duties has a column of these terms and can be filtered by them."""
    explained: bool = True
    """Whether running text explains these terms too; names that are everyday words are not."""


_SAMPLES = {
    "duties": {
        "zh": "### {section}.1 職責名稱\n\n這項職責為了甚麼。\n\n- 做甚麼",
        "en": "### {section}.1 Name of the duty\n\nWhat the duty is for.\n\n- What to do",
    },
    "abilities": {"zh": "- **溝通**：善於溝通", "en": "- **Communication**: good at communicating"},
}

SECTIONS = tuple(
    SectionSchema(key, each.headings.model_dump(), tuple(map(fold, each.near)), _SAMPLES[key])
    for key, each in OWN.sections
)

LABELS = tuple(
    LabelSchema(key, **each.model_dump() | {"near": tuple(map(fold, each.near))})
    for key, each in OWN.labels.items()
)
"""In the order in which everything that is published has them."""
_LABEL_KEYS = {name: label.key for label in LABELS for name in label.names.values()}


def css_class(kind: str) -> str:
    """The class of a paragraph of a duty, by its `Block.kind`; "" for one that has none.

    Of a label it is what all of its sort have in common, and its own: `duty-terms duty-tools`.
    """
    label = next((label for label in LABELS if label.key == kind), None)
    if label:
        return f"{'duty-terms' if label.group else 'duty-note'} duty-{kind}"
    return "duty-purpose" if kind == "purpose" else ""


def label_of(text: str) -> str:
    """The key of the label that a paragraph's bold opening words are, or ""."""
    return _LABEL_KEYS.get(text.strip().rstrip(":：").rstrip(), "")


INTRO_SAMPLE = {"zh": "說明這個崗位做甚麼。", "en": "Say what the role does."}
"""The least that stands between the title and the first section, for hints, by language."""

SECTION_LEVEL = 2
DUTY_LEVEL = 3
DUTY_HEADING = re.compile(r"(?P<section>[1-9][0-9]{0,3})\.(?P<n>[1-9][0-9]{0,3})\s+(?P<name>\S.*)")
"""The text of a duty's heading: `3.2 廣告投放與渠道管理`."""

FILE_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.md")
"""Page names are part of public addresses: lower-case ASCII words joined by hyphens."""


def _day(text: str) -> str:
    """Refuse what is no day of the calendar, such as 2026-02-30."""
    date.fromisoformat(text)
    return text


Day = Annotated[
    str,
    Field(pattern=r"^20[0-9]{2}-[0-9]{2}-[0-9]{2}$", json_schema_extra={"format": "date"}),
    AfterValidator(_day),
]
"""A day as `2026-11-22`; text, so that front matter is the same in every tool that reads it."""


class PageFrontMatter(BaseModel):
    """The front matter of any page. Closed: a key that is not listed here is an error."""

    model_config = ConfigDict(extra="forbid", strict=True)

    description: str | None = Field(
        default=None,
        min_length=1,
        max_length=300,
        pattern=VISIBLE,
        description="One sentence for search engines; the page's first paragraph if left out.",
    )


class TranslatedFrontMatter(PageFrontMatter):
    """What editors state about the translation of a page; the messages give the lines to paste."""

    translate: Parts | None = Field(
        default=None,
        description="Sections that changed in this language and are to be translated: [duty-3-2].",
    )
    same: Agreed | None = Field(
        default=None,
        description="Sections that say the same in both languages as they are; pasted from the "
        "message that asks for it.",
    )


TRANSLATED = ("overview", "about")
"""The pages that are no role's and are compared in both languages too; the book holds them."""


class RoleFrontMatter(TranslatedFrontMatter):
    """The front matter of a role page."""

    section: int = Field(
        ge=1,
        le=9999,
        description="The role's section: the first number of its duties (3 for duties 3.1 to 3.5).",
    )
    owner: str | None = Field(
        default=None,
        min_length=1,
        max_length=80,
        pattern=VISIBLE,
        description="Whom to ask about the page: a team or a person.",
    )
    reviewed: Day | None = Field(
        default=None,
        description="The day of the last review that found nothing to change: 2026-11-22.",
    )
