"""Where the readers of renamed and removed pages are led: `docs/redirects.yml`, in one table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from handbook.base.limits import LONGEST_ADDRESS, MOST_REDIRECTS
from handbook.pages.model import Handbook
from handbook.pages.redirects import ADDRESS, page_of
from handbook.site.addresses import addresses
from handbook.views.compare import pairs
from handbook.views.derived import SIDE_BY_SIDE

_ROLES = "roles/"


def redirects(handbook: Handbook) -> dict[str, str]:
    """Every page that leads elsewhere, and where: the file's own and those that follow from them.

    What breaks a rule is left out.
    """
    there = addresses(handbook)
    plain = {
        old: target
        for old, target in handbook.moved.items()
        if "#" not in old and page_of(target) in there
    }
    return dict(_following(plain, handbook)) | plain


def redirects_schema() -> dict[str, object]:
    """The JSON Schema of the file, for editors' tools."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Redirects",
        "description": "Pages and anchors that are gone, and where their readers are led.",
        "type": ["object", "null"],
        "maxProperties": MOST_REDIRECTS,
        "propertyNames": {"pattern": f"^{ADDRESS.pattern}$", "maxLength": LONGEST_ADDRESS},
        "additionalProperties": {
            "type": "string",
            "pattern": f"^{ADDRESS.pattern}$",
            "description": "The page that took its place, such as roles/marketing#duty-3-1.",
        },
    }


def _following(plain: Mapping[str, str], handbook: Handbook) -> Iterator[tuple[str, str]]:
    """The derived pages of roles that are now another role's."""
    for old, target in plain.items():
        slug, new = old.removeprefix(_ROLES), page_of(target).removeprefix(_ROLES)
        if not old.startswith(_ROLES) or ("zh", f"{_ROLES}{new}") not in handbook.role_pages:
            continue
        yield f"{SIDE_BY_SIDE}/{slug}", f"{SIDE_BY_SIDE}/{new}"
        for pair in pairs(handbook, "zh"):
            slugs = pair.first.slug, pair.second.slug
            if new in slugs:
                # Which of the two came first when the page was there, no one knows any more.
                other = slugs[slugs.index(new) - 1]
                yield f"compare/{slug}/{other}", pair.key
                yield f"compare/{other}/{slug}", pair.key
