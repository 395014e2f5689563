"""What a page says in place of a duty or an anchor that it has no longer.

A retired number has a note where the duty stood: what it was, since which edition it is gone,
where it went. Another anchor marks the place on its page that readers are led to; a note at the
end of the page leads to another page.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Sequence
from html import escape

from lxml.html import HtmlElement

from handbook.base.html import fragment
from handbook.base.words import capital, words
from handbook.pages.model import Handbook, Role
from handbook.pages.redirects import page_of, retired
from handbook.versions.editions import Snapshot
from handbook.versions.parts import ABILITIES, number_of
from handbook.views.topics import FOLDER as TOPICS

Notes = Mapping[tuple[str, str, str], str]
"""Notes as HTML, by language, page and the anchor that is gone, such as `duty-3-3`."""


def notes(handbook: Handbook, snapshots: Sequence[Snapshot]) -> Notes:
    """The note on each retired number; `snapshots` are the editions, newest first."""
    found = {}
    for language in ("zh", "en"):
        for role in handbook.roles(language):
            numbers = {n: at for slug, n, at in retired(handbook.moved) if slug == role.slug}
            for (section, n), target in sorted(numbers.items()):
                part = f"duty-{section}-{n}"
                found[language, f"roles/{role.slug}", part] = _note(
                    role, part, target, handbook, snapshots
                )
    return found


def _note(
    role: Role, part: str, target: str, handbook: Handbook, snapshots: Sequence[Snapshot]
) -> str:
    say, former = words(role.language), (role.slug, *handbook.former(role.slug))
    name, when = "", say("retired.before")
    for newer, snapshot in zip((None, *snapshots), snapshots, strict=False):
        kept = next(
            (snapshot.kept[slug, part] for slug in former if (slug, part) in snapshot.kept), None
        )
        if kept:
            name, since = kept.names[role.language], newer or snapshot
            when = say(f"retired.{'in' if newer else 'after'}-edition", edition=since.edition.name)
            break
    duty = escape(f"{number_of(part)} {name}".rstrip(), quote=False)
    if target == f"roles/{role.slug}":
        return f"<p>{say('retired.removed', duty=duty, when=when)}</p>"
    link = _link(target, handbook, role.language, "roles")
    return f"<p>{say('retired.moved', duty=duty, when=when, link=link)}</p>"


def _link(target: str, handbook: Handbook, language: str, folder: str) -> str:
    """A link to `target` for a page in `folder`, in the words of the place that it leads to."""
    key, _, anchor = target.partition("#")
    page = handbook.page(language, key)
    topic = handbook.vocabulary.topics.get(key.removeprefix(f"{TOPICS}/"))
    text = page.title if page else capital(topic.text(language).name) if topic else key
    if page and anchor:
        text = next((h.text for h in page.headings if h.anchor == anchor), text)
    path = posixpath.relpath(f"{key}.md", folder or ".") + (f"#{anchor}" if anchor else "")
    return f'<a href="{path}">{escape(text, quote=False)}</a>'


def in_order(role: Role, notes: Notes) -> list[tuple[int, str, str]]:
    """The notes of a role that stand in for a duty: the second number, the part, the note."""
    there = {duty.anchor for duty in role.duties}
    return sorted(
        (int(number_of(part).partition(".")[2]), part, html)
        for (of, key, part), html in notes.items()
        if (of, key) == (role.language, f"roles/{role.slug}")
        and number_of(part)
        and part not in there
    )


def is_behind(anchor: str, n: int) -> bool:
    """Whether a heading, of a duty or of the abilities, stands behind the duty number `n`."""
    number = number_of(anchor).partition(".")[2]
    return anchor == ABILITIES or (number != "" and int(number) > n)


def add_notes(
    body: HtmlElement,
    key: str,
    language: str,
    handbook: Handbook,
    notes: Notes,
    address: Callable[[str], str],
) -> None:
    """Put the notes and anchors of what is gone from the page `key` into its body.

    `address` tells where a page (`roles/marketing`) stands, as this one links to it.
    """
    role = handbook.role_pages.get((language, key))
    for n, part, html in in_order(role, notes) if role else ():
        note = _element(html, part, "roles", address)
        headings = body.iter("h2", "h3")
        following = next((each for each in headings if is_behind(each.get("id", ""), n)), None)
        if following is None:
            body.append(note)
        else:
            following.addprevious(note)
    folder, say = posixpath.dirname(key), words(language)
    for old, target in handbook.moved.items():
        anchor = old.partition("#")[2]
        if page_of(old) != key or not anchor or (role and number_of(anchor)):
            continue
        there = target.partition("#")[2] or "top"  # the title
        if page_of(target) == key and (place := body.get_element_by_id(there, None)) is not None:
            _mark(place, anchor)
        else:
            link = _link(target, handbook, language, folder)
            html = f"<p>{say('retired.place', link=link)}</p>"
            body.append(_element(html, anchor, folder, address))


def _element(html: str, anchor: str, folder: str, address: Callable[[str], str]) -> HtmlElement:
    (note,) = fragment(html)
    note.set("id", anchor)
    note.set("class", "hb-retired")
    for link in note.iter("a"):
        path, _, place = link.get("href").partition("#")
        key = posixpath.normpath(posixpath.join(folder, path)).removesuffix(".md")
        link.set("href", address(key) + (f"#{place}" if place else ""))
    return note


def _mark(place: HtmlElement, anchor: str) -> None:
    """Let an element be led to by another anchor too."""
    mark = place.makeelement("span", {"id": anchor})
    mark.tail, place.text = place.text, None
    place.insert(0, mark)
