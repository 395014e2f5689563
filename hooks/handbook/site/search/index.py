"""The search index of one language: what can be found, made from the model.

One entry is a topic, a duty, an ability, a role, a term, or a section of another page; the reader's
language alone decides which pages are in it. The search itself is
`docs/assets/javascripts/search/`. Of a long handbook, names come with the search itself, and texts
in a file of their own after it.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import accumulate, chain
from operator import itemgetter
from typing import Any

from handbook.base.html import fragment
from handbook.base.words import both, words
from handbook.pages import schema
from handbook.pages.model import Block, Duty, Handbook, Page, Role
from handbook.pages.schema import SECTION_LEVEL, SECTIONS
from handbook.site.page.retired import Notes, in_order
from handbook.site.search.words import (
    ASKED,
    IGNORED,
    fold_map,
    irregular_forms,
    same_words,
    sounds,
    synonyms,
    typed_in,
)
from handbook.versions.parts import number_of
from handbook.views.glossary import GlossaryEntry, glossary
from handbook.views.topics import topic_views

SCRIPTS = (
    "vendor/minisearch/minisearch.min.js",
    *(
        f"search/{part}.js"
        for part in ("text", "names", "index", "slips", "ranking", "results", "messages")
    ),
)
"""What a worker is made of before its index, below `docs/assets/javascripts`."""

_COMMENT = re.compile(r"^\s*/\*.*?\*/\n|(?:^|(?<=[;{,]))\s*// .*?$", re.DOTALL | re.MULTILINE)
_INDENT = re.compile(r"^\s+", re.MULTILINE)

WORKER = "search/worker.js"
"""Where it is written, from the home of its language."""

FIRST = 220_000
"""Bytes of entries that come with the engine, a quarter as sent: all of some thirty roles."""

_START, _END = "handbookAnswer(", ");\n"

_HEADINGS_ONLY = ("contributing/",)
"""Pages for editors: their headings can be found; their many examples would only be in the way."""

_PAIR = "compare/"
_WAYS = ("who-handles-what",)
"""Where to look when nothing is found, before the roles."""

_MOST_WAYS = 24
"""Of more roles than these, their list is the way."""

_REPORT = "feedback"
"""Where the page about the handbook says how to tell the editors of something."""

_ABILITIES = next(section for section in SECTIONS if section.key == "abilities")


KINDS = ("topic", "duty", "ability", "role", "term", "page", "aside")
"""What can be found; results stand together by these."""

_SOONEST = ("topic", "role", "term", "page", "duty", "ability", "aside")
"""What can be found first in a long handbook: what leads on to the rest."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found.

    `place` says where it stands, `names` are what else it is called, in either language; `uses` are
    the (page, anchor) of what deals with it.
    """

    kind: str
    page: str
    anchor: str
    title: str
    number: str = ""
    place: str = ""
    pieces: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    uses: tuple[tuple[str, str], ...] = ()


def worker(
    handbook: Handbook,
    language: str,
    urls: Mapping[str, str],
    scripts: Sequence[str],
    shown: Callable[[str], str] = str,
    gone: Notes | None = None,
) -> dict[str, str]:
    """What answers the searches of one language: the engine with its index, at `WORKER`.

    If the index is long, the script has only names; beside it is the file that it fetches the rest
    from, named by its contents.

    Args:
        handbook: what can be found.
        language: the language it is written in, "zh" or "en".
        urls: where the site has each page, by its key; no other page can be found.
        scripts: the sources of the engine, in order.
        shown: converts what readers see, to Simplified characters for instance.
        gone: the notes on retired numbers.
    """
    found = [entry for entry in entries(handbook, language, gone) if entry.page in urls]
    soon = _soonest(found)
    index = _data(soon, handbook, language, urls, shown)
    made = {}
    if soon is not found:
        whole = _data(found, handbook, language, urls, shown)
        rest = _json({key: value for key, value in whole.items() if value != index[key]})
        index["rest"] = f"rest.{sha256(rest.encode()).hexdigest()[:8]}.json"
        made[posixpath.join(posixpath.dirname(WORKER), index["rest"])] = rest
    theirs, ours = scripts[:1], scripts[1:]
    return made | {WORKER: "\n".join([*theirs, *map(_short, ours), _start(index)])}


def rest_of(script: str) -> str:
    """The name of the file beside a script of `worker` that has the rest of its index, or ""."""
    return str(json.loads(script.rpartition(_START)[2].removesuffix(_END)).get("rest", ""))


def relocated(script: str, address: Callable[[str], str], rest: str = "{}") -> str:
    """The script of `worker` with results that lead elsewhere, and all of its index.

    Args:
        script: what `worker` made.
        address: gives the new address of a page for the one it was made with.
        rest: the contents of the file that has the rest of the index.
    """
    engine, _, data = script.rpartition(_START)
    index = json.loads(data.removesuffix(_END)) | json.loads(rest)
    index.pop("rest", None)
    index["pages"] = [address(page) for page in index["pages"]]
    index["ways"] = [address(page) for page in index["ways"]]
    page, _, anchor = index["report"].partition("#")
    index["report"] = f"{address(page)}#{anchor}" if page else ""
    index["pairs"] = {key: address(page) for key, page in index["pairs"].items()}
    index["absent"] = [
        [typed, text, address(page) if page else "", anchor]
        for typed, text, page, anchor in index["absent"]
    ]
    return engine + _start(index)


def _short(script: str) -> str:
    """One of our scripts without its comments and indents, which readers would have to load.

    It has no text of several lines, and nothing but a comment has blanks around two slashes.
    """
    return _INDENT.sub("", _COMMENT.sub("", script))


def _start(index: Mapping[str, object]) -> str:
    """The last line of a worker, with which it starts."""
    return f"{_START}{_json(index)}{_END}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _soonest(found: Sequence[Entry]) -> Sequence[Entry]:
    """What comes with the engine: all that is found, or of a long handbook the names of the first.

    All of them would take megabytes, and a reader has to wait for them before anything is found.
    """
    if sum(map(_size, found)) <= FIRST:
        return found
    names = [entry if entry.kind == "topic" else replace(entry, pieces=()) for entry in found]
    soon = sorted(names, key=lambda entry: _SOONEST.index(entry.kind))
    ends = accumulate(map(_size, soon))
    return [entry for entry, end in zip(soon, ends, strict=True) if end <= FIRST]


def _size(entry: Entry) -> int:
    said = entry.anchor, entry.title, entry.place, *entry.pieces, *entry.names
    return sum(len(text.encode()) + 1 for text in said)


def _data(
    found: Sequence[Entry],
    handbook: Handbook,
    language: str,
    urls: Mapping[str, str],
    shown: Callable[[str], str],
) -> dict[str, Any]:
    vocabulary = handbook.vocabulary
    texts = [text for entry in found for text in (entry.title, entry.place, *entry.pieces)]
    meant = synonyms(vocabulary, language, texts)
    names = [name for entry in found for name in (entry.title, *entry.names)]
    typed = [word for each in meant for word in (*each.typed, *each.means)]
    absent = [typed_in(language, each.typed) for each in vocabulary.absent]
    keys = list(dict.fromkeys(entry.page for entry in found))
    places = {(entry.page, entry.anchor): at for at, entry in enumerate(found)}
    roles = [entry.page for entry in found if entry.kind == "role"]
    roles = roles if len(roles) <= _MOST_WAYS else ["roles/index"]
    pairs = fold_map([*texts, *names, *typed, *chain(*absent), *IGNORED])
    return {
        "fold": "".join(char + simple for char, simple in pairs.items()),
        "same": same_words(vocabulary) if language == "zh" else {},
        "numbers": {
            "digits": [*both("search.digits").values()],
            "around": [
                " ".join(both(f"search.{side}-number").values()) for side in ("before", "after")
            ],
        },
        "ignore": IGNORED,
        **ASKED,
        "irregular": irregular_forms(),
        # What means the same stands together: so 1 KB less is sent.
        "synonyms": sorted(
            (["\n".join(each.typed), "\n".join(each.means)] for each in meant), key=itemgetter(1)
        ),
        "sounds": sounds((*names, *typed)) if language == "zh" else [[], "", ""],
        "absent": [
            ["\n".join(typed), shown(each.text(language)), urls.get("about", ""), each.anchor]
            for typed, each in zip(absent, vocabulary.absent, strict=True)
        ],
        "pairs": {
            key.removeprefix(_PAIR): url for key, url in urls.items() if key.startswith(_PAIR)
        },
        "words": {key: shown(text) for key, text in words(language).group("found").items()}
        | {"abilities": shown(_ABILITIES.headings[language])},
        "report": f"{urls['about']}#{_REPORT}" if ("about", _REPORT) in places else "",
        "ways": [urls[key] for key in (*_WAYS, *roles) if key in urls],
        "pages": [urls[key] for key in keys],
        "entries": [
            [
                KINDS.index(entry.kind),
                keys.index(entry.page),
                entry.anchor,
                entry.number,
                shown(entry.title),
                shown(entry.place),
                shown("\n".join(entry.pieces)),
                "\n".join(dict.fromkeys(entry.names)),
                [places[use] for use in entry.uses if use in places],
            ]
            for entry in found
        ],
    }


def entries(handbook: Handbook, language: str, gone: Notes | None = None) -> Iterator[Entry]:
    """All that can be found in `language`: topics, roles in their order, terms, other pages.

    `gone` has the notes on retired numbers, each of which is found by its number.
    """
    other = schema.other(language)
    for view in topic_views(handbook, language):
        twin = handbook.vocabulary.topics[view.id].text(other)
        yield Entry(
            "topic", view.key, "", view.text.name,
            pieces=(view.text.definition,),
            names=(*view.text.also, *view.text.words, twin.name, *twin.also, *twin.words),
            uses=tuple((f"roles/{of.role.slug}", of.duty.anchor) for of in view.angles),
        )  # fmt: skip
    for role in handbook.roles(language):
        page = handbook.pages[language, f"roles/{role.slug}"]
        yield from _role(role, page, handbook, other)
        yield from _gone(role, page, gone or {})
    for group in glossary(handbook, language):
        if group.key != "topics":
            yield from (_term(entry, group.name) for entry in group.entries)
    for (of, key), page in handbook.pages.items():
        if of == language and not page.is_role:
            yield from _page(page, handbook.page(other, key))


def _role(role: Role, page: Page, handbook: Handbook, other: str) -> Iterator[Entry]:
    twin = handbook.role_pages.get((other, page.key))
    intro = tuple(passage.text for passage in role.intro)
    # "Data analysis and optimisation" is asked for as "data analysis".
    titles = [role.title, *([twin.title] if twin else [])]
    short = [re.split("|".join(both("search.joined").values()), title)[0] for title in titles]
    names = (*titles[1:], *(each for each in short if each not in titles))
    uses = tuple((page.key, duty.anchor) for duty in role.duties)
    yield Entry("role", page.key, "", role.title, str(role.section), "", intro, names, uses)
    others = {duty.anchor: duty for duty in twin.duties} if twin else {}
    for duty in role.duties:
        yield _duty(duty, role, page, others.get(duty.anchor))
    heading = _ABILITIES.headings[role.language]
    if opening := tuple(_opening(page, _ABILITIES.key)):
        yield Entry("ability", page.key, _ABILITIES.key, heading, "", role.title, opening)
    for ability in role.abilities:
        term = handbook.vocabulary.abilities.get(ability.term.id)
        if term is not None:
            text = ability.qualification.text
            yield Entry(
                "ability", page.key, ability.anchor, ability.term.words, "",
                f"{role.title} · {heading}",
                (text,) if text else (),
                (*term.text(role.language).also, term.text(other).name, *term.text(other).also),
            )  # fmt: skip


def _duty(duty: Duty, role: Role, page: Page, twin: Duty | None) -> Entry:
    names = (twin.name,) if twin else ()
    pieces = tuple(_pieces(duty.body))
    return Entry("duty", page.key, duty.anchor, duty.name, duty.number, role.title, pieces, names)


def _gone(role: Role, page: Page, notes: Notes) -> Iterator[Entry]:
    for _, part, html in in_order(role, notes):
        number = number_of(part)
        note = fragment(html).text_content().removeprefix(number).lstrip(" :：")
        yield Entry("duty", page.key, part, note, number, role.title)


def _term(entry: GlossaryEntry, group: str) -> Entry:
    text, other = entry.text, entry.other
    names = (*text.also, other.name, *other.also)
    uses = tuple((f"roles/{use.role.slug}", use.anchor) for use in entry.uses)
    pieces = (text.definition,)
    return Entry("term", entry.key, "", text.name, "", group, pieces, names, uses)


def _page(page: Page, twin: Page | None) -> Iterator[Entry]:
    headings = {heading.anchor: heading.text for heading in twin.headings} if twin else {}
    aside = page.key.startswith(_HEADINGS_ONLY)
    for anchor, title, blocks in _sections(page):
        text = () if aside else tuple(_pieces(blocks))
        named = headings.get(anchor, "") if anchor else twin.title if twin else ""
        kind, names = "aside" if aside else "page", (named,) if named and not aside else ()
        place = page.title if anchor else ""
        yield Entry(kind, page.key, anchor, title, "", place, text, names)


def _sections(page: Page) -> Iterator[tuple[str, str, list[Block]]]:
    """(anchor, heading, blocks) of each section of a page; the anchor of the page itself is ""."""
    anchor, title = "", page.title
    blocks: list[Block] = []
    for block in page.blocks:
        heading = block.heading
        if heading is None:
            blocks.append(block)
        elif heading.level >= SECTION_LEVEL and heading.anchor:
            yield anchor, title, blocks
            anchor, title, blocks = heading.anchor, heading.text, []
    yield anchor, title, blocks


def _opening(page: Page, anchor: str) -> Iterator[str]:
    """What a section says before its list."""
    for at, _, blocks in _sections(page):
        if at == anchor:
            yield from _pieces(block for block in blocks if block.tag == "p")


def _pieces(blocks: Iterable[Block]) -> Iterator[str]:
    """The texts of some blocks; each item of a list by itself."""
    for block in blocks:
        passages = block.items or (block.passage,)
        yield from (" ".join(passage.text.split()) for passage in passages if passage.text.strip())
