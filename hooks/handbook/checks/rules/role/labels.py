"""What names the vocabulary's terms: the labelled lines of a duty, and the abilities."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from handbook.base.folding import fold, slipped
from handbook.base.source import instead
from handbook.base.word_search import finder
from handbook.base.words import both, capital
from handbook.checks.rules.places import seen_lines, set_apart, typed_lines
from handbook.checks.rules.role.sections import has_content
from handbook.checks.rules.text.blocks import apart, in_rows
from handbook.checks.rules.text.leftovers import PLACEHOLDER
from handbook.pages.diagnostics import Diagnostic, rule
from handbook.pages.model import Ability, Block, Duty, Page, Role
from handbook.pages.parsing.structure import locate
from handbook.pages.schema import AUTHORED, GROUPS, LABELS, SECTION_LEVEL, Group, LabelSchema
from handbook.pages.vocabulary import TERM_GROUPS, Index

LABEL_NAME = rule("label-name")
_STUCK = rule("label-name/stuck")
_LISTED = rule("label-name/listed")
LABEL_DUPLICATE = rule("label-duplicate")
TERM_UNKNOWN = rule("term-unknown")
ABILITY_LIST = rule("ability-list")
ABILITY_TERM = rule("ability-term")
_NO_COLON = rule("ability-term/colon")
_NO_ITEM = rule("ability-term/item")
ABILITY_DUPLICATE = rule("ability-duplicate")


_START = re.compile(
    r"\s{0,3}(?P<marks>(?:[>*+•#-]+\s+)?[*_＊]*)\s*(?P<word>[^\W\d_][^:：*_＊#]{0,20}?)\s*"
    r"(?:(?P<bold>[*_＊]+)\s*[:：]?|[:：]\s*[*_＊]*|$)\s*(?P<rest>.*)"
)
"""A source line that begins with a label, whatever marks are about it."""


_NOT_PLAIN = re.compile(
    r"[^\w %/（）()·-]|^[\W\d]|\s$|^(?:y|n|yes|no|on|off|true|false|null)$", re.IGNORECASE
)
"""What could make a name something else in YAML, unless it is quoted."""
AND = re.compile(rf"\s*(?:[{TERM_UNKNOWN.words['and']}/／&＆+＋]|\band\b)\s*")
"""What stands between two terms instead of the sign of a list."""
_NOT_IN_ID = re.compile(r"[^a-z0-9]+")
_TO_NAME = {PLACEHOLDER.words["ability"], "Name of an ability"}
"""What stands for the name of an ability on a page that was begun by command."""
_BARE = re.compile(
    r"(?P<bold>\*\*|__)?(?P<name>[^*_:：]+)(?(bold)(?:[:：](?P=bold)|(?P=bold) ?[:：])|[:：]).*"
)
"""A line that is an ability and no item."""
_TOO_SHORT = 4
"""Letters of which one slip makes another word."""
_NAMES = {label.key: {fold(name) for name in label.names.values()} for label in LABELS}


@dataclass(frozen=True, slots=True)
class _Line:
    """A source line that begins like a label."""

    line: int
    word: str
    rest: str
    item: bool
    """Whether it is a list item."""
    marked: bool
    """Whether the word is bold or has a colon behind it."""


def check_labels(
    page: Page, duty: Duty, lines: range, body: Sequence[Block], terms: Index
) -> Iterator[Diagnostic]:
    """The labelled lines of one duty, whose source lines are `lines` and whose blocks `body`."""
    right = {block.passage.line: block.kind for block in body if block.kind}
    wrong: list[int] = []
    for line in _candidates(page, lines):
        label = _meant(page, line, terms)
        named = label and line.word == label.names[page.language]
        if label and not (named and right.get(line.line) == label.key):
            wrong.append(line.line)
            yield _wrong(page, line, label)
        elif label and not line.rest:
            yield _empty(page, line, label)
    yield from _twice(page, duty, body)
    for label in LABELS:
        uses = duty.terms(label.key)
        broken = any(_is_stuck(page, use.line, wrong) for use in uses)
        for use in () if broken else uses:
            if label.group and not use.id:
                yield _unknown_term(page, label.group, use.words, use.line, terms)


def _candidates(page: Page, lines: range) -> Iterator[_Line]:
    typed = typed_lines(page)
    for number in lines:
        text = typed[number - 1].replace("\\*", "*") if number <= len(typed) else ""
        match = _START.fullmatch(text)
        if match and number in seen_lines(page):
            marks = match["marks"]
            heading = "#" in marks
            marked = bool(match["bold"]) or ":" in text or "：" in text or heading
            item = re.match(r"[*+-]\s", marks) is not None
            yield _Line(number, match["word"].strip(), match["rest"].strip(), item, marked)


def _meant(page: Page, line: _Line, terms: Index) -> LabelSchema | None:
    """The label that the line is meant to begin with, or None."""
    folded = fold(line.word)
    for label in LABELS:
        known = folded in _NAMES[label.key] or (folded in label.near and not line.item)
        if known and line.marked:
            return label
        if label.group and line.marked and not line.item and _names_terms(page, line, label, terms):
            return label
    return next((label for label in LABELS if _is_slip(page, line, label)), None)


def _is_slip(page: Page, line: _Line, label: LabelSchema) -> bool:
    """Whether a bold word is a slip of the keys away from a label that is long enough to tell.

    With another first letter it is rather another word: `Sample` is no `Example`.
    """
    name = label.names[page.language]
    bold = page.lines[line.line - 1].lstrip().startswith("**")
    begun = bold and not line.item and fold(line.word)[:1] == fold(name)[:1]
    return begun and len(fold(name)) > _TOO_SHORT and slipped(line.word, name)


def _names_terms(page: Page, line: _Line, label: LabelSchema, terms: Index) -> bool:
    """Whether only terms of the label's group follow: then the word is a misspelt label."""
    names = [name.strip() for name in re.split(r"[、,，;；]", line.rest.rstrip("。."))]
    group = label.group
    return group is not None and all(terms.find(group, page.language, name) for name in names)


def _wrong(page: Page, line: _Line, label: LabelSchema) -> Diagnostic:
    name = label.names[page.language]
    right = f"**{name}**{_colon(page)}{line.rest or _below(page, line.line)}"
    above = page.lines[line.line - 2].strip() if line.line > 1 else ""
    place, found = page.place(line.line), page.lines[line.line - 1].strip()
    fix: object = both("rule.labels.apart", line=right) if above else right
    if not line.rest:
        joined = not right.endswith(_colon(page))
        fix = both("rule.labels.with-below", line=right) if joined else both("rule.labels.behind")
    case = _STUCK if above and found == right else LABEL_NAME
    mended = set_apart(page, line.line, right) if line.rest else None
    return case.at(place, expected=name, found=found, fix=fix, mended=mended)


def _empty(page: Page, line: _Line, label: LabelSchema) -> Diagnostic:
    """A label with nothing behind it; what is meant to be may be the list below it."""
    name = f"**{label.names[page.language]}**{_colon(page)}"
    below = [text.strip() for text in page.lines[line.line :] if text.strip()]
    items = [text[2:] for text in takewhile(lambda text: re.match(r"[-*+] \S", text), below)]
    if not (label.group and items):
        return PLACEHOLDER.at(page.place(line.line), found=name)
    listed = ("、" if page.language == "zh" else ", ").join(items)
    fix = both("rule.labels.with-below", line=name + listed)
    return _LISTED.at(page.place(line.line), expected=name.strip(), fix=fix)


def _below(page: Page, line: int) -> str:
    """The words on the next line with words, if they are by themselves; a list's are not."""
    rest = [text.strip() for text in page.lines[line:]]
    words = next(filter(None, rest), "")
    after = "".join(rest[rest.index(words) + 1 :][:1])
    return "" if after or re.match(r"[#>|*+`-]|\d+\. ", words) else words


def _colon(page: Page) -> str:
    return "：" if page.language == "zh" else ": "


def _is_stuck(page: Page, line: int, wrong: Sequence[int]) -> bool:
    """Whether a wrong label stands in the same paragraph, further down."""
    return any(
        line < other and all(page.lines[number - 1].strip() for number in range(line, other))
        for other in wrong
    )


def _twice(page: Page, duty: Duty, body: Sequence[Block]) -> Iterator[Diagnostic]:
    labels = {label.key: label for label in LABELS}
    seen: set[str] = set()
    for block in body:
        label = labels.get(block.kind)
        if label and label.key in seen:
            name = f"**{label.names[page.language]}**"
            fix = both("rule.labels.join") if label.group else both("rule.labels.join-prose")
            at = page.place(block.passage.line)
            yield LABEL_DUPLICATE.at(at, number=duty.number, name=name, fix=fix)
        seen.add(block.kind)
    for key in labels:
        uses = duty.terms(key)
        for position, use in enumerate(uses):
            if use.id and use.id in {each.id for each in uses[:position]}:
                place = page.place(use.line)
                fix = both("rule.labels.once")
                yield LABEL_DUPLICATE.at(place, number=duty.number, name=use.words, fix=fix)


def _unknown_term(page: Page, group: Group, words: str, line: int, terms: Index) -> Diagnostic:
    """The diagnostic for words that name no term of the vocabulary, with the nearest that does."""
    several = _several_terms(page, group, words, terms)
    known = ("、" if page.language == "zh" else ", ").join(several)
    known = known or _nearest_term(page, group, words, terms)
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
    within = _named_within(page, group, words, terms)
    names = {of: name if of == page.language else "" for of in AUTHORED}
    lines = "\n    origin: editors"
    lines += "".join(f"\n    {of}: {{name: {names[of]}, definition: }}" for of in AUTHORED)
    term_id = term_id if term_id[:1].isalpha() else "term-id"
    new = both("rule.labels.new-term", group=group, lines=lines, id=term_id)
    return {of: f"{within}\n{text}".lstrip() for of, text in new.items()}


def _several_terms(page: Page, group: Group, words: str, terms: Index) -> list[str]:
    """The terms that "A and B" is meant to name; none if one of them is none."""
    parts = [part for part in AND.split(words) if part]
    if page.language == "zh" and len(parts) == 1:
        parts = words.split()
    found = [
        part if terms.find(group, page.language, part) else _nearest_term(page, group, part, terms)
        for part in parts
    ]
    return found if len(found) > 1 and all(found) else []


def _nearest_term(page: Page, group: Group, words: str, terms: Index) -> str:
    """The name that `words` are meant to be: translated, or the most alike; "" if there is none."""
    if now := terms.renamed(group, page.language, words):
        return now
    for language in AUTHORED:
        term_id = terms.find(group, language, words) if language != page.language else ""
        if term_id:
            return terms.vocabulary.group(group)[term_id].text(page.language).name
    near = terms.nearest(group, page.language, words)
    return near if slipped(words, near) else _one_character_off(page, group, words, terms)


def _named_within(page: Page, group: Group, words: str, terms: Index) -> str:
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


def check_abilities(page: Page, role: Role, terms: Index) -> Iterator[Diagnostic]:
    """All abilities of a role page."""
    section = next(each for each in locate(page) if each.schema.key == "abilities")
    if (
        section.heading is None
        or section.flaw == "hidden"
        or not has_content(page, section.heading)
    ):
        return
    abilities = role.abilities
    bare = [*_bare_abilities(page, role, section.heading.line, terms)]
    yield from bare
    if not abilities and not bare:
        place = page.place(section.heading.line)
        yield ABILITY_LIST.at(place, heading=section.schema.headings[page.language])
    lines: dict[str, int] = {}
    for ability in abilities:
        place = page.place(ability.line)
        name = ability.term.words
        if rest := _without_colon(page, ability, terms):
            yield _NO_COLON.at(place, found=name, fix=item_of(page, name, rest))
        elif not ability.term.id and name in _TO_NAME:
            yield PLACEHOLDER.at(place, found=name)
        elif not ability.term.id:
            yield _unknown(page, name, ability.qualification.text, ability.line, terms)
        elif ability.term.id in lines:
            yield ABILITY_DUPLICATE.at(place, name=name, first=lines[ability.term.id])
        lines.setdefault(ability.term.id, ability.line)


def _without_colon(page: Page, ability: Ability, terms: Index) -> str:
    """What stands right behind the name of an ability on its line; "" if a sign is between."""
    name = ability.term.words
    item = rf"\W*(?:\d+\.)?\s(?P<bold>\*\*|__)?{re.escape(name)}(?(bold)(?P=bold))\s*(\w[^:：]*)$"
    said = re.match(item, page.lines[ability.line - 1])
    known = said and terms.find("abilities", page.language, name)
    return said[2] if said and known and not AND.match(said[2]) else ""


def _bare_abilities(page: Page, role: Role, start: int, terms: Index) -> Iterator[Diagnostic]:
    """Abilities below line `start` that are no items, with the line below, which would be none."""
    typed, listed = typed_lines(page), {ability.term.id for ability in role.abilities}
    after = (h.line for h in page.headings if h.line > start and h.level <= SECTION_LEVEL)
    bare = set()
    for number in range(start + 1, min(after, default=len(typed) + 1)):
        match = _BARE.fullmatch(typed[number - 1])
        term_id = terms.find("abilities", page.language, match["name"]) if match else ""
        if term_id and term_id not in listed:
            bare.add(number)
    for run in in_rows(bare):
        below = "".join(typed[run[-1] : run[-1] + 1]).strip()
        if not (listed or below or len(run) > 1):
            continue  # then there is no list at all
        lines = page.lines[run[0] - 1 : run[-1] + bool(below)]
        items = ("- " * (number in bare) + line for number, line in enumerate(lines, start=run[0]))
        right = apart(page, run[0]) + "\n".join(items)
        values = {"found": lines[0], "fix": right, "mended": right, "lines": len(lines)}
        yield _NO_ITEM.at(page.place(run[0]), **values)


def _unknown(page: Page, name: str, rest: str, line: int, terms: Index) -> Diagnostic:
    near = _nearest_term(page, "abilities", name.strip("*_ "), terms)
    if not rest and not near and (near := _named_within(page, "abilities", name, terms)):
        rest = name.removeprefix(near) if name.count(near) > 1 else name
    meant = _several_terms(page, "abilities", name, terms) or [near] * bool(near)
    items = [item_of(page, each, rest) for each in meant]
    fix = "\n".join(items) or _unknown_term(page, "abilities", name, line, terms).hint
    mended = "\n".join(items) or None
    return ABILITY_TERM.at(page.place(line), found=name, fix=fix, mended=mended)


def item_of(page: Page, name: str, rest: str) -> str:
    """The list item of an ability."""
    name = capital(name) if page.language == "en" else name
    return f"- **{name}**" + (f"{_colon(page)}{rest}" if rest else "")
