"""Where the readers of what is gone are led: `docs/redirects.yml`, one address a line.

roles/promotion: roles/marketing                          a page
overview#areas: overview#fields                           an anchor
roles/marketing#duty-3-3: roles/content-editing#duty-6-6  a duty, whose number is retired
roles/marketing#duty-3-4: roles/marketing                 one that nothing took the place of
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from pathlib import Path

from handbook.base import located_yaml
from handbook.base.docs_files import DOCS
from handbook.base.limits import LONGEST_ADDRESS, MOST_REDIRECTS, start_of
from handbook.base.source import NotUtf8, decode

REDIRECTS = f"{DOCS}/redirects.yml"
KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*")
"""A page as under `docs/zh/` and `docs/en/`, without `.md`: `roles/marketing`."""
ADDRESS = re.compile(rf"{KEY.pattern}(#[A-Za-z0-9_-]+)?")
"""A page, or a place on one."""
_DUTY = re.compile(r"roles/(?P<role>[a-z0-9-]+)#duty-(?P<section>\d{1,4})-(?P<n>\d{1,4})")


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


def moved(root: Path) -> dict[str, str]:
    """The lines of the file that are well formed: what was where, and where it is now."""
    try:
        written = read(root).data
    except (located_yaml.YamlProblem, NotUtf8):
        return {}
    return {
        old: target
        for old, target in islice(written.items(), MOST_REDIRECTS)
        if len(old) <= LONGEST_ADDRESS and ADDRESS.fullmatch(old)
        if isinstance(target, str) and ADDRESS.fullmatch(target)
    }


def page_of(address: str) -> str:
    """The page of an address, without the place on it."""
    return address.partition("#")[0]


def retired(moved: Mapping[str, str]) -> Iterator[tuple[str, tuple[int, int], str]]:
    """The numbers that are used no more: the role, the number, and where its duty is now."""
    for old, target in moved.items():
        if duty := _DUTY.fullmatch(old):
            yield duty["role"], (int(duty["section"]), int(duty["n"])), target


def roles_now(moved: Mapping[str, str], roles: Collection[str]) -> dict[str, str]:
    """What each of the roles that there were together is called now, by the names of their pages.

    One that became part of another of them keeps its name: it is gone.
    """
    found = {}
    for role in roles:
        target = moved.get(f"roles/{role}", "").removeprefix("roles/")
        renamed = re.fullmatch(r"[a-z0-9-]+", target) and target not in {"index", *roles}
        found[role] = target if renamed else role
    return found
