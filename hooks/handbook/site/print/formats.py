"""Which books there are, on what they are printed, and how large their type is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from handbook.base.table import TAGS
from handbook.pages.schema import AUTHORED
from handbook.site.downloads import BOTH

BOOKS = {tag: (language,) for language, tag in TAGS.items()} | {BOTH: AUTHORED}
"""The languages of each book, by what its file's name calls it."""
Paper = Literal["a4", "a5", "letter"]
PAPERS: tuple[Paper, ...] = get_args(Paper)


@dataclass(frozen=True, slots=True)
class Format:
    """A paper, and whether its type is large; what follows from it is the template's."""

    paper: Paper = "a4"
    large: bool = False

    @property
    def suffix(self) -> str:
        """What a file's name says of it: "", `-a5`, `-letter-large`."""
        named = {self.paper: self.paper != PAPERS[0], "large": self.large}
        return "".join(f"-{name}" for name, said in named.items() if said)
