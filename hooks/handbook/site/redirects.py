"""Where the readers of renamed and removed pages are led: `docs/redirects.yml`, in one table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from handbook.base import located_yaml
from handbook.base.limits import LONGEST_ADDRESS, MOST_REDIRECTS, start_of
from handbook.base.source import NotUtf8, decode
from handbook.pages.loader import DOCS
from handbook.pages.model import Handbook
from handbook.views.compare import pairs
from handbook.views.derived import SIDE_BY_SIDE

REDIRECTS = f"{DOCS}/redirects.yml"
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*")
"""A page as under `docs/zh/` and `docs/en/`, without `.md`: `roles/marketing`."""

_ROLES = "roles/"


def read(root: Path) -> located_yaml.LocatedYaml:
    """What the file says, {} if there is none; its form and sense are for the rules to check.

    Raises:
        located_yaml.YamlProblem: if it is not a YAML mapping.
        NotUtf8: if it is in another encoding.
    """
    try:
        raw = start_of(root / REDIRECTS)
    except FileNotFoundError:
        return located_yaml.LocatedYaml({})
    return located_yaml.read(decode(raw))


def redirects(root: Path, handbook: Handbook) -> dict[str, str]:
    """Every page that leads elsewhere, and where: the file's own and those that follow from them.

    What breaks a rule is left out.
    """
    try:
        written = read(root).data
    except (located_yaml.YamlProblem, NotUtf8):
        return {}
    plain = {
        old: target
        for old, target in islice(written.items(), MOST_REDIRECTS)
        if KEY.fullmatch(old)
        and len(old) <= LONGEST_ADDRESS
        and isinstance(target, str)
        and handbook.page("zh", page_of(target))
    }
    return dict(_following(plain, handbook)) | plain


def redirects_schema() -> dict[str, object]:
    """The JSON Schema of the file, for editors' tools."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Redirects",
        "description": "Pages that were renamed or removed, and where their readers are led.",
        "type": ["object", "null"],
        "maxProperties": MOST_REDIRECTS,
        "propertyNames": {"pattern": f"^{KEY.pattern}$", "maxLength": LONGEST_ADDRESS},
        "additionalProperties": {
            "type": "string",
            "pattern": f"^{KEY.pattern}(#[A-Za-z0-9_-]+)?$",
            "description": "The page that took its place, such as roles/marketing#duty-3-1.",
        },
    }


def page_of(target: str) -> str:
    """The page that a target leads to, without the place on it."""
    return target.partition("#")[0]


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
