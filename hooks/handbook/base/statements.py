"""What editors state about translation at the top of a role's page; messages give the lines."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

PART = r"(intro|abilities|duty-[1-9][0-9]{0,3}-[1-9][0-9]{0,3})"
"""A section of a role page: its introduction, a duty by its anchor, its abilities."""

Parts = list[Annotated[str, Field(pattern=f"^{PART}$")]]
"""Sections that changed in the page's language and are to be translated: `[duty-3-2]`."""

Agreed = list[Annotated[str, Field(pattern=f"^{PART} [0-9a-f]{{6}}-[0-9a-f]{{6}}$")]]
"""Sections whose words, by their fingerprints, say the same: `[duty-3-2 3f2a91-77ab01]`."""
