"""The redirects: each leads from where no page is to one that exists, and no page goes without.

Only the history knows which pages are gone: `check_gone` is for `handbook check --since COMMIT`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from handbook.base.folding import nearest
from handbook.base.limits import LONGEST_ADDRESS, MOST_REDIRECTS
from handbook.base.located_yaml import YamlProblem
from handbook.base.source import NotUtf8
from handbook.base.words import both, words
from handbook.checks.rules.contents import long_address, too_many_redirects
from handbook.checks.rules.files import TAKEN, WINDOWS_NAMES
from handbook.pages.diagnostics import Diagnostic, Place, rule
from handbook.pages.loader import DOCS, Project, page_place
from handbook.pages.schema import AUTHORED
from handbook.site.redirects import KEY, REDIRECTS, page_of, read
from handbook.views.derived import derived_pages

REDIRECT_FORM = rule("redirect-form")
REDIRECT_TARGET = rule("redirect-target")
REDIRECT_CHAIN = rule("redirect-chain")
REDIRECT_TAKEN = rule("redirect-taken")
REDIRECT_MISSING = rule("redirect-missing")


_HOME = "index"
_EXAMPLE = "roles/promotion: roles/marketing"
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
        fix = _in_one("rule.redirects.delete") if again else _EXAMPLE
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
        elif _is_key(old) and isinstance(target, str) and _is_target(target):
            yield from _sense(old, target, located.data, place, project)
        else:
            fix = f"{_key(old)}: {_target(str(target or ''))}"
            yield REDIRECT_FORM.at(place, found=f"{old}: {target or ''}".rstrip(), fix=fix)
        addresses.add(_address(old))


def _in_one(key: str) -> str:
    """A hint in both languages on one line."""
    return " / ".join(words(language)(key) for language in ("en", "zh"))


def _sense(
    old: str, target: str, redirects: Mapping[str, object], place: Place, project: Project
) -> Iterator[Diagnostic]:
    page = page_of(target)
    if there := _page_at(old, project) or _never_a_page(old):
        yield REDIRECT_TAKEN.at(place, found=there)
    elif page in redirects:
        yield _chain(old, page, redirects, place)
    elif not any(_is_there(target, language, project) for language in AUTHORED):
        yield REDIRECT_TARGET.at(place, found=target, fix=f"{old}: {_nearest(target, project)}")


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


def _chain(old: str, page: str, redirects: Mapping[str, object], place: Place) -> Diagnostic:
    """The end of a chain is what was meant; a loop has none."""
    seen, end = {old}, page
    while end in redirects and end not in seen:
        seen.add(end)
        end = page_of(str(redirects[end]))
    looped = end in seen
    return REDIRECT_CHAIN.at(
        place,
        found=page,
        next=redirects[page],
        fix=both("rule.redirects.circle") if looped else f"{old}: {end}",
    )


def _is_there(target: str, language: str, project: Project) -> bool:
    page = project.handbook.page(language, page_of(target))
    if page is None:
        return (language, page_of(target)) in project.unread
    _, hash_sign, anchor = target.partition("#")
    return not hash_sign or anchor in page.anchors


def _nearest(target: str, project: Project) -> str:
    """The page or place most like `target`; the home page if none is."""
    page, _, anchor = target.partition("#")
    found = project.handbook.page("zh", page)
    if found is not None:
        near = nearest(anchor, found.anchors)
        return f"{page}#{near}" if near else page
    keys = [key for language, key in project.handbook.pages if language == "zh"]
    return nearest(page, keys) or _HOME


def _is_key(text: str) -> bool:
    return KEY.fullmatch(text) is not None and text.partition("/")[0] not in {*AUTHORED, DOCS}


def _is_target(text: str) -> bool:
    page, hash_sign, anchor = text.partition("#")
    return _is_key(page) and (not hash_sign or _ANCHOR.fullmatch(anchor) is not None)


def _key(text: str) -> str:
    """The page that was most likely meant: its path or address, without what is around it."""
    path = re.sub(r"^.*://[^/]*|(?:/index)?(?:\.html|\.md)$", "", text.strip()).strip("/")
    path = re.sub(rf"^(?:{DOCS}/)?(?:(?:{'|'.join(AUTHORED)}|zh-Hans)/)?", "", path).lower()
    return path if KEY.fullmatch(path) else "roles/promotion"


def _target(text: str) -> str:
    page, _, anchor = text.partition("#")
    key = _key(page) if page.strip() else "roles/marketing"
    return f"{key}#{anchor}" if _ANCHOR.fullmatch(anchor) else key


def check_gone(project: Project, gone: Mapping[str, str]) -> Iterator[Diagnostic]:
    """The pages that are gone in every language and not redirected.

    `gone` are paths that were there before, and what each was renamed to ("" for nothing).
    """
    try:
        redirected = read(project.root).data
    except (YamlProblem, NotUtf8):
        return  # another rule says so
    there = {*(key for _, key in project.handbook.pages), *(key for _, key in project.unread)}
    targets: dict[str, str] = {}
    for path, new in gone.items():
        place, new_place = page_place(path), page_place(new)
        if place and place[1] not in there and place[1] not in redirected:
            targets[place[1]] = (new_place[1] if new_place else "") or targets.get(place[1], "")
    for key, target in targets.items():
        folder = f"{key.rpartition('/')[0]}/index"
        near = folder if folder in there else _HOME  # the list that it stood in
        found = f"docs/{AUTHORED[0]}/{key}.md"
        yield REDIRECT_MISSING.at(Place(REDIRECTS), found=found, fix=f"{key}: {target or near}")
