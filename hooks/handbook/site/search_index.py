"""The search index of one language: what can be found, made from the model.

One entry is a duty, an ability, a role, or a section of another page; the reader's language alone
decides which pages are in it. The search itself is `docs/assets/javascripts/search/engine.js`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from handbook.pages.model import Block, Handbook, Page, Role
from handbook.pages.schema import AUTHORED, SECTION_LEVEL, SECTIONS
from handbook.site.search_words import QUESTIONS, STOP_WORDS, fold_map, synonyms

SCRIPTS = ("vendor/minisearch/minisearch.min.js", "search/engine.js", "search/messages.js")
"""What a worker is made of before its index, below `docs/assets/javascripts`."""

WORKER = "search/worker.js"
"""Where it is written, from the home of its language."""

_START, _END = "handbookAnswer(handbookSearch(", "));\n"

_HEADINGS_ONLY = ("contributing/",)
"""Pages for editors: their headings can be found; their many examples would only be in the way."""

_ABILITIES = next(section for section in SECTIONS if section.key == "abilities")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found: `place` says where it stands, `other` are hidden words."""

    page: str
    anchor: str
    number: str
    title: str
    place: str
    pieces: tuple[str, ...]
    other: str = ""


def worker(
    handbook: Handbook,
    language: str,
    urls: Mapping[str, str],
    scripts: Sequence[str],
    shown: Callable[[str], str] = str,
) -> str:
    """The script that answers the searches of one language: the engine, and the index it starts on.

    Args:
        handbook: what can be found.
        language: the language it is written in, "zh" or "en".
        urls: where the site has each page, by its key; no other page can be found.
        scripts: the sources of the engine, in order.
        shown: converts what readers see, to Simplified characters for instance.
    """
    found = [entry for entry in entries(handbook, language) if entry.page in urls]
    index = _data(found, handbook, language, urls, shown)
    return "\n".join([*scripts, _start(index)])


def relocated(script: str, address: Callable[[str], str]) -> str:
    """The script of `worker` with results that lead elsewhere.

    Args:
        script: what `worker` returned.
        address: gives the new address of a page for the one it was made with.
    """
    engine, start, data = script.rpartition(_START)
    index = json.loads(data.removesuffix(_END))
    index["pages"] = [address(page) for page in index["pages"]]
    return engine + _start(index) if start else script


def _start(index: Mapping[str, object]) -> str:
    """The last line of a worker, with which it starts."""
    return f"{_START}{json.dumps(index, ensure_ascii=False, separators=(',', ':'))}{_END}"


def _data(
    found: Sequence[Entry],
    handbook: Handbook,
    language: str,
    urls: Mapping[str, str],
    shown: Callable[[str], str],
) -> dict[str, object]:
    texts = [text for entry in found for text in (entry.title, entry.place, *entry.pieces)]
    names = synonyms(handbook.vocabulary, language, texts)
    hidden = [word for name in names for word in (*name.typed, *name.means)]
    hidden += [entry.other for entry in found]
    pairs = fold_map([*texts, *hidden, *QUESTIONS])
    keys = list(dict.fromkeys(entry.page for entry in found))
    return {
        "fold": "".join(char + simple for char, simple in pairs.items()),
        "ignore": [*QUESTIONS, *STOP_WORDS],
        "synonyms": [[name.typed, name.means] for name in names],
        "pages": [urls[key] for key in keys],
        "aside": [at for at, key in enumerate(keys) if key.startswith(_HEADINGS_ONLY)],
        "entries": [
            [
                keys.index(entry.page),
                entry.anchor,
                entry.number,
                shown(entry.title),
                shown(entry.place),
                shown("\n".join(entry.pieces)),
                entry.other,
            ]
            for entry in found
        ],
    }


def entries(handbook: Handbook, language: str) -> Iterator[Entry]:
    """All that can be found in `language`: the roles in their order, then the other pages."""
    other = next(name for name in AUTHORED if name != language)
    twins = {role.slug: role for role in handbook.roles(other)}
    for role in handbook.roles(language):
        page = handbook.page(language, f"roles/{role.slug}")
        if page is not None:
            yield from _role(role, page, twins.get(role.slug), handbook, other)
    for (of, key), page in handbook.pages.items():
        if of == language and not page.is_role:
            yield from _page(page, handbook.page(other, key))


def _role(
    role: Role, page: Page, twin: Role | None, handbook: Handbook, other: str
) -> Iterator[Entry]:
    intro = tuple(passage.text for passage in role.intro)
    yield Entry(page.key, "", "", role.title, "", intro, twin.title if twin else "")
    names = {duty.anchor: duty.name for duty in twin.duties} if twin else {}
    for duty in role.duties:
        pieces = tuple(_pieces(duty.body))
        hidden = names.get(duty.anchor, "")
        yield Entry(page.key, duty.anchor, duty.number, duty.name, role.title, pieces, hidden)
    place = f"{role.title} · {_ABILITIES.headings[role.language]}"
    if opening := tuple(_opening(page, _ABILITIES.anchor)):
        title = _ABILITIES.headings[role.language]
        yield Entry(page.key, _ABILITIES.anchor, "", title, role.title, opening)
    for ability in role.abilities:
        term = handbook.vocabulary.abilities.get(ability.term.id)
        if term is not None:
            text = ability.qualification.text
            pieces = (text,) if text else ()
            hidden = term.text(other).name
            yield Entry(page.key, ability.anchor, "", ability.term.words, place, pieces, hidden)


def _page(page: Page, twin: Page | None) -> Iterator[Entry]:
    headings = {heading.anchor: heading.text for heading in twin.headings} if twin else {}
    for anchor, title, blocks in _sections(page):
        text = () if page.key.startswith(_HEADINGS_ONLY) else tuple(_pieces(blocks))
        hidden = headings.get(anchor, "") if anchor else twin.title if twin else ""
        yield Entry(page.key, anchor, "", title, page.title if anchor else "", text, hidden)


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
