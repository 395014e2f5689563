"""The redirects: each leads from where nothing is to what exists, and what is gone has its line.

What editions published is on record; `handbook check --since COMMIT` looks at what it had too.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from itertools import islice

from handbook.base.folding import misspelt
from handbook.base.limits import LONGEST_ADDRESS, MOST_REDIRECTS
from handbook.base.located_yaml import YamlProblem
from handbook.base.source import NotUtf8
from handbook.base.words import both, words
from handbook.checks.rules.docs.contents import long_address, too_many_redirects
from handbook.checks.rules.docs.files import TAKEN, WINDOWS_NAMES
from handbook.checks.rules.shared.promises import on_record
from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.loader import DOCS, Project
from handbook.pages.redirects import KEY, REDIRECTS, page_of, read
from handbook.pages.schema import AUTHORED
from handbook.site.addresses import addresses
from handbook.versions.parts import number_of
from handbook.views.derived import derived_pages
from handbook.views.glossary import FOLDER as GLOSSARY
from handbook.views.topics import FOLDER as TOPICS

REDIRECT_FORM = rule("redirect-form")
_TYPED = re.compile(r"(?:- +)?([\w/#.-]+?)\s*(?:[:\uff1a]|[=-]?>|\u2192)\s*([\w/#.-]+)")
"""A line that lacks its space, has the colon of Chinese, or begins with a tab."""
REDIRECT_TARGET = rule("redirect-target")
REDIRECT_CHAIN = rule("redirect-chain")
REDIRECT_TAKEN = rule("redirect-taken")

_HOME = "index"
_EXAMPLE = ("roles/promotion", "roles/marketing")
_ANCHOR = re.compile(r"[A-Za-z0-9_-]+")


def check_redirects(project: Project) -> Iterator[Diagnostic]:
    """Every line of `docs/redirects.yml`."""
    try:
        located = read(project.root)
    except NotUtf8 as error:
        yield REDIRECT_FORM.at(
            Place(REDIRECTS, error.line), found=error.encoding, fix=_in_one("rule.redirects.utf-8")
        )
        return
    except YamlProblem as problem:
        place = Place(REDIRECTS, problem.line, problem.column)
        again = problem.kind == "duplicate"
        found = both("rule.redirects.again", found=problem.what) if again else problem.what
        typed = _TYPED.fullmatch(problem.what)
        right = ": ".join(typed.groups() if typed else _EXAMPLE)
        fix = _in_one("rule.redirects.delete") if again else right
        yield REDIRECT_FORM.at(place, found=found, fix=fix)
        return
    if len(located.data) > MOST_REDIRECTS:
        first = next(islice(located.data, MOST_REDIRECTS, None))
        yield too_many_redirects(Place(REDIRECTS, *located.place((first,))), len(located.data))
        return
    addresses = set[str]()
    for old, target in located.data.items():
        place = Place(REDIRECTS, *located.place((old,)))
        if len(old) > LONGEST_ADDRESS:
            yield long_address(place, len(old))
        elif _address(old) in addresses:
            found = both("rule.redirects.again", found=old)
            yield REDIRECT_FORM.at(place, found=found, fix=_in_one("rule.redirects.delete"))
        elif _is_target(old) and isinstance(target, str) and _is_target(target):
            yield from _sense(old, target, located.data, place, project)
        else:
            meant = _key(old), _target(str(target or ""))
            fix = ": ".join(each or sample for each, sample in zip(meant, _EXAMPLE, strict=True))
            found, mended = f"{old}: {target or ''}".rstrip(), fix if all(meant) else None
            yield REDIRECT_FORM.at(place, found=found, fix=fix, mended=mended)
        addresses.add(_address(old))


def _in_one(key: str) -> str:
    """A hint in both languages on one line."""
    return " / ".join(words(language)(key) for language in ("en", "zh"))


def _sense(
    old: str, target: str, redirects: Mapping[str, object], place: Place, project: Project
) -> Iterator[Diagnostic]:
    if "#" in old:
        there: object = old if old in addresses(project.handbook) else ""
        if there and number_of(old.partition("#")[2]) and old not in on_record(project).kept:
            there = ""  # a new duty has the number of one that is gone: `duty-retired` tells
    else:
        there = _page_at(old, project) or _never_a_page(old)
    if there:
        yield REDIRECT_TAKEN.at(place, found=there)
    elif following := _following(target, redirects):
        yield _chain(old, following, redirects, place)
    elif not any(_is_there(target, language, project) for language in AUTHORED):
        near = _nearest(target, project)
        fix = f"{old}: {near or _HOME}"
        yield REDIRECT_TARGET.at(place, found=target, fix=fix, mended=fix if near else None)


def _address(key: str) -> str:
    """Where the page `key` is: `roles` and `roles/index` have the same address."""
    return key.removesuffix("/index")


def _page_at(old: str, project: Project) -> str:
    """The page that has the address of `old`, "" for none."""
    address = _address(old)
    pages = {*project.handbook.pages, *project.unread}
    for place in ((of, key) for key in (address, f"{address}/index") for of in AUTHORED):
        if place in pages:
            return f"{DOCS}/{place[0]}/{place[1]}.md"
    made = (page.key for page in derived_pages(project.handbook, AUTHORED[0]))
    return next((f"{key}/" for key in made if key == address), "")


def _never_a_page(old: str) -> dict[str, str] | None:
    """What the address of `old` is, if no page can have had it."""
    folder, *within = old.split("/")
    if folder in TAKEN or (folder == "downloads" and within):
        return both("rule.redirects.of-the-site", folder=folder)
    name = next(filter(WINDOWS_NAMES.fullmatch, (folder, *within)), "")
    no_name = both("rule.redirects.no-windows-name", name=name)
    return no_name if name else None


def _following(target: str, redirects: Mapping[str, object]) -> str:
    """The line that leads on from `target`, by its left side; "" for none."""
    return next((at for at in (target, page_of(target)) if at in redirects), "")


def _chain(old: str, page: str, redirects: Mapping[str, object], place: Place) -> Diagnostic:
    """The end of a chain is what was meant; a loop has none."""
    seen, at, end = {old}, page, page
    while at and at not in seen:
        seen.add(at)
        end = str(redirects[at])
        at = _following(end, redirects)
    mended = None if at else f"{old}: {end}"
    fix = mended or both("rule.redirects.circle")
    return REDIRECT_CHAIN.at(place, found=page, next=redirects[page], fix=fix, mended=mended)


def _is_there(target: str, language: str, project: Project) -> bool:
    page = project.handbook.page(language, page_of(target))
    if target.startswith((f"{TOPICS}/", f"{GLOSSARY}/")):
        return target in addresses(project.handbook)
    if page is None:
        return (language, page_of(target)) in project.unread
    _, hash_sign, anchor = target.partition("#")
    return not hash_sign or anchor in page.anchors


def _nearest(target: str, project: Project) -> str:
    """The page or place that is meant by a slip of the keys; "" if there is none."""
    page, _, anchor = target.partition("#")
    found = project.handbook.page("zh", page)
    if found is not None:
        near = misspelt(anchor, found.anchors)
        return f"{page}#{near}" if near else page
    keys = [key for language, key in project.handbook.pages if language == "zh"]
    return misspelt(page, keys, posixpath.basename)


def _is_target(text: str) -> bool:
    page, hash_sign, anchor = text.partition("#")
    is_key = KEY.fullmatch(page) and page.partition("/")[0] not in {*AUTHORED, DOCS}
    return bool(is_key and (not hash_sign or _ANCHOR.fullmatch(anchor)))


def _key(text: str) -> str:
    """The page that was most likely meant: its path or address without what is around it, or ""."""
    path = re.sub(r"^.*://[^/]*|(?:/index)?(?:\.html|\.md)$", "", text.strip()).strip("/")
    path = re.sub(rf"^(?:{DOCS}/)?(?:(?:{'|'.join(AUTHORED)}|zh-Hans)/)?", "", path).lower()
    return path if KEY.fullmatch(path) else ""


def _target(text: str) -> str:
    page, _, anchor = text.partition("#")
    key = _key(page)
    return f"{key}#{anchor}" if key and _ANCHOR.fullmatch(anchor) else key
