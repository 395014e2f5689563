"""Words that name no term of the vocabulary, and what they are most likely meant as."""

from __future__ import annotations

import json
import re

from handbook.base.folding import slipped
from handbook.base.source import instead
from handbook.base.word_search import finder
from handbook.base.words import both
from handbook.pages.diagnostics import Diagnostic, rule
from handbook.pages.model import Page
from handbook.pages.schema import AUTHORED, GROUPS, Group
from handbook.pages.vocabulary import TERM_GROUPS, Index

TERM_UNKNOWN = rule("term-unknown")


_NOT_PLAIN = re.compile(
    r"[^\w %/（）()·-]|^[\W\d]|\s$|^(?:y|n|yes|no|on|off|true|false|null)$", re.IGNORECASE
)
"""What could make a name something else in YAML, unless it is quoted."""
AND = re.compile(rf"\s*(?:[{TERM_UNKNOWN.words['and']}/／&＆+＋]|\band\b)\s*")
"""What stands between two terms instead of the sign of a list."""
_NOT_IN_ID = re.compile(r"[^a-z0-9]+")


def unknown_term(page: Page, group: Group, words: str, line: int, terms: Index) -> Diagnostic:
    """The diagnostic for words that name no term of the vocabulary, with the nearest that does."""
    several = several_terms(page, group, words, terms)
    known = ("、" if page.language == "zh" else ", ").join(several)
    known = known or nearest_term(page, group, words, terms)
    fix: object = (
        known
        or _of_another_group(page, group, words, terms)
        or _removed(page, group, words, terms)
        or _new_term(page, group, words, terms)
    )
    mended = instead(page.lines[line - 1], words, known) if known else None
    named = {of: name.lower() for of, name in GROUPS[group].items()}
    place = page.place(line, words)
    return TERM_UNKNOWN.at(place, group=named, found=words, fix=fix, mended=mended)


def _of_another_group(page: Page, group: Group, words: str, terms: Index) -> dict[str, str]:
    """Where a term belongs that the vocabulary has in another group than `group`; {} if none."""
    other = next((each for each in TERM_GROUPS if terms.find(each, page.language, words)), "")
    if not other:
        return {}
    own, its = (GROUPS[each][page.language].lower() for each in (group, other))
    return both("rule.labels.of-another-group", words=words, group=its, own=own)


def _removed(page: Page, group: Group, words: str, terms: Index) -> dict[str, str]:
    """What to do with a term that the vocabulary had; {} if it had none of that name."""
    if (group, page.language, words) not in terms.former:
        return {}
    return both("rule.labels.removed", words=words)


def _new_term(page: Page, group: Group, words: str, terms: Index) -> dict[str, str]:
    """How to add `words` to the vocabulary, below the name that stands within them, if one does.

    What is left empty is asked for once the term is there.
    """
    name = json.dumps(words, ensure_ascii=False) if _NOT_PLAIN.search(words) else words
    term_id = _NOT_IN_ID.sub("-", words.lower()).strip("-")
    within = named_within(page, group, words, terms)
    names = {of: name if of == page.language else "" for of in AUTHORED}
    lines = "\n    origin: editors"
    lines += "".join(f"\n    {of}: {{name: {names[of]}, definition: }}" for of in AUTHORED)
    term_id = term_id if term_id[:1].isalpha() else "term-id"
    new = both("rule.labels.new-term", group=group, lines=lines, id=term_id)
    return {of: f"{within}\n{text}".lstrip() for of, text in new.items()}


def several_terms(page: Page, group: Group, words: str, terms: Index) -> list[str]:
    """The terms that "A and B" is meant to name; none if one of them is none."""
    parts = [part for part in AND.split(words) if part]
    if page.language == "zh" and len(parts) == 1:
        parts = words.split()
    found = [
        part if terms.find(group, page.language, part) else nearest_term(page, group, part, terms)
        for part in parts
    ]
    return found if len(found) > 1 and all(found) else []


def nearest_term(page: Page, group: Group, words: str, terms: Index) -> str:
    """The name that `words` are meant to be: translated, or the most alike; "" if there is none."""
    if now := terms.renamed(group, page.language, words):
        return now
    for language in AUTHORED:
        term_id = terms.find(group, language, words) if language != page.language else ""
        if term_id:
            return terms.vocabulary.group(group)[term_id].text(page.language).name
    near = terms.nearest(group, page.language, words)
    return near if slipped(words, near) else _one_character_off(page, group, words, terms)


def named_within(page: Page, group: Group, words: str, terms: Index) -> str:
    """The only name within a sentence, or ""."""
    names = [term.text(page.language).name for term in terms.vocabulary.group(group).values()]
    said = {found.casefold() for found in finder(names).findall(words)}
    named = [name for name in names if name.casefold() in said]
    return named[0] if len(named) == 1 else ""


def _one_character_off(page: Page, group: Group, words: str, terms: Index) -> str:
    """The only name that differs in one character: 溝痛 is half of 溝通, and yet near."""
    names = [term.text(page.language).name for term in terms.vocabulary.group(group).values()]
    near = [
        name
        for name in names
        if len(name) == len(words) > 1
        and sum(a != b for a, b in zip(name, words, strict=True)) == 1
    ]
    return near[0] if len(near) == 1 else ""
