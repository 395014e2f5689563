"""Which duties there are, for what names them by number: topics and exercises."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from handbook.pages.loader import Reading
from handbook.pages.model import Duty
from handbook.pages.schema import AUTHORED
from handbook.pages.structure import is_whole, role_as_meant


@dataclass
class DutiesOfLanguage:
    """The duties of one language by number, and the sections whose pages cannot be relied on."""

    by_number: dict[str, tuple[str, Duty]] = field(default_factory=dict)
    """Number to the page's path and the duty."""
    in_doubt: set[str] = field(default_factory=set)


@dataclass
class KnownDuties:
    """The duties that the pages of a reading have, as they are meant."""

    reading: Reading

    @cached_property
    def duties(self) -> dict[str, DutiesOfLanguage]:
        """Those of each language."""
        found = {language: DutiesOfLanguage() for language in AUTHORED}
        for page in self.reading.handbook.pages.values():
            if not page.is_role:
                continue
            duties = found[page.language]
            role = role_as_meant(page, self.reading.handbook, self.reading.terms)
            if not is_whole(page) or [d.n for d in role.duties] != [
                *range(1, len(role.duties) + 1)
            ]:
                duties.in_doubt.add(str(role.section))
            for duty in role.duties:
                duties.by_number.setdefault(duty.number, (page.path, duty))
        return found

    def lacks(self, number: str) -> bool:
        """Whether no page has the duty `number`, and none that is wrong itself may have it."""
        section = number.partition(".")[0]
        return not self.reading.unread and not any(
            number in each.by_number or section in each.in_doubt for each in self.duties.values()
        )
