"""The partners of the vocabulary that are roles of the handbook: each has its role page."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from handbook.base.limits import start_of
from handbook.base.located_yaml import read as read_yaml
from handbook.base.source import decode
from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.loader import VOCABULARY, Reading

PARTNER_ROLE = rule("partner-role")

_ROLES = "roles/"
_DELETE = {"zh": "刪去 role 這一行", "en": "delete the line `role`"}


def check_partners(reading: Reading) -> Iterator[Diagnostic]:
    """All partners; each message stands in the vocabulary, where it can be mended."""
    keys = {key for _, key in (*reading.handbook.pages, *reading.unread)}
    slugs = sorted(
        key.removeprefix(_ROLES)
        for key in keys
        if key.startswith(_ROLES) and key != f"{_ROLES}index"
    )
    for term_id, partner in reading.handbook.vocabulary.partners.items():
        if partner.role is None or partner.role in slugs:
            continue
        near = get_close_matches(partner.role, slugs, n=1, cutoff=0.5)
        yaml = read_yaml(decode(start_of(reading.root / VOCABULARY)))
        yield PARTNER_ROLE.at(
            Place(VOCABULARY, *yaml.place(("partners", term_id, "role"))),
            name={"zh": partner.zh.name, "en": partner.en.name},
            found=partner.role,
            fix=f"role: {near[0]}" if near else _DELETE,
        )
