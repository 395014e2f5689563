"""What files may hold: the closed model of their entries, and patterns of texts in them."""

from __future__ import annotations

from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

T = TypeVar("T")


class Closed(BaseModel):
    """An entry of a file: a key that is not listed is an error; values are taken as they are."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class InLanguages(Generic[T]):
    """An entry with the fields `zh` and `en`."""

    def text(self, language: str) -> T:
        """What it says in `language` ("zh" or "en")."""
        text: T = getattr(self, language)
        return text


_UNSEEN = r"\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufff9-\uffff"  # noqa: E501
VISIBLE = rf"^[^{_UNSEEN}]*$"
"""Text of which a reader sees every character; emoji may be joined by U+200D."""
ONE_LINE = rf"^[^\s{_UNSEEN}][^\n{_UNSEEN}]*$"
"""The same on one line, on which there is something."""
ONE_NAME = rf"^[^\s\u3001\uff0c\uff1b;{_UNSEEN}][^\n\u3001\uff0c\uff1b;{_UNSEEN}]*$"
"""The same without signs that stand between names: with one of them it is a list that YAML reads
as one name."""

DUTY_PART = r"duty-[1-9][0-9]{0,3}-[1-9][0-9]{0,3}"
PART = rf"(intro|abilities|{DUTY_PART}|page|(exercise|section|term|topic)-[a-z0-9-]{{1,200}})"
"""A part of the handbook, see `versions.parts`: the introduction of a role, a duty, a term."""
Parts = list[Annotated[str, Field(pattern=f"^{PART}$")]]
"""Sections that changed in the page's language and are to be translated: `[duty-3-2]`."""
Agreed = list[Annotated[str, Field(pattern=f"^{PART} [0-9a-f]{{6}}-[0-9a-f]{{6}}$")]]
"""Sections whose words, by their fingerprints, say the same: `[duty-3-2 3f2a91-77ab01]`."""


class Declared(Closed):
    """What editors state about the translation of an entry, in which both languages stand.

    The messages of the check give the lines to paste.
    """

    translate: Literal["zh", "en"] | None = Field(
        default=None, description="The language that is to follow what changed in the other."
    )
    same: str | None = Field(
        default=None,
        pattern="^[0-9a-f]{6}-[0-9a-f]{6}$",
        description="That both languages say the same as they are; pasted from the message that "
        "asks for it.",
    )
