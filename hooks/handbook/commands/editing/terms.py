"""`rename-term`, `remove-term`, `new-term`, `new-topic`: the vocabulary with all that names it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from handbook.base.words import both, words
from handbook.commands.editing.in_yaml import append, cut_entry, cut_topics, located, scalar
from handbook.commands.editing.plan import Plan, Refused
from handbook.commands.editing.term_uses import Use, beside, like, put, uses
from handbook.pages.loader import VOCABULARY
from handbook.pages.schema import AUTHORED, GROUPS, Group
from handbook.pages.vocabulary import TERM_GROUPS
from handbook.versions.changes import Kind, label
from handbook.versions.parts import ABILITIES
from handbook.views.glossary import FOLDER as GLOSSARY
from handbook.views.glossary import term_key
from handbook.views.topics import FOLDER as TOPICS


def term_named(plan: Plan, name: str) -> tuple[Group, str]:
    """The group and id of a term, by its id or one of its names in either language.

    Raises:
        Refused: if there is none.
    """
    vocabulary = plan.project.handbook.vocabulary
    wanted = name.strip().casefold()
    for group in GROUPS:
        for term_id, term in vocabulary.entries(group).items():
            texts = [term.text(of) for of in AUTHORED]
            names = {each.casefold() for text in texts for each in (text.name, *text.also)}
            if wanted in names | {term_id}:
                return group, term_id
    raise Refused("edit.no-term", found=name)


def rename_term(plan: Plan, name: str, names: Mapping[str, str]) -> None:
    """Give a term other names, on the pages too; the old ones stay as its other names.

    Raises:
        Refused: if there is no such term, or another has the name.
    """
    group, term_id = term_named(plan, name)
    term = plan.project.handbook.vocabulary.entries(group)[term_id]
    old = {of: term.text(of).name for of in AUTHORED}
    new = {of: names.get(of) or old[of] for of in AUTHORED}
    for language in AUTHORED:
        _refuse_taken(plan, language, new[language], term_id)
        if new[language] != old[language]:
            _rename_entry(plan, (group, term_id, language), new[language], term.text(language).also)
    changed = [of for of in AUTHORED if new[of] != old[of]]
    found = [
        use
        for use in uses(plan, group, term_id)
        if (of := use.role.language) in changed and use.words.casefold() == old[of].casefold()
    ]
    for use in found:
        of = use.role.language
        put(plan, use, like(use.words, old[of], new[of]))
    for language in changed:
        plan.mentions(re.escape(old[language]), VOCABULARY)
    called, unchanged = _called(old, new), both("log.other-only")
    told = {of: (called if of in changed else unchanged)[of] for of in AUTHORED}
    _note(plan, found, "wording", told)


def remove_term(plan: Plan, name: str, into: str) -> None:
    """Remove a term from the vocabulary and the pages; `into` is one that takes its place.

    Raises:
        Refused: if there is no such term, or none of its group to take its place.
    """
    group, term_id = term_named(plan, name)
    vocabulary = plan.project.handbook.vocabulary
    term = vocabulary.entries(group)[term_id]
    other_group, other = term_named(plan, into) if into else (group, "")
    if other == term_id or other_group != group:
        raise Refused("edit.other-group", found=into)
    new = {of: vocabulary.entries(group)[other].text(of).name if other else "" for of in AUTHORED}
    if group == "topics":
        cut_topics(plan, [term_id], f"{TOPICS}/{other}" if other else TOPICS)
        return
    found = [*uses(plan, group, term_id)]
    for use in found:
        there = {each.words for each in uses(plan, group, other) if beside(each, use)}
        of = use.role.language
        put(plan, use, "" if there else like(use.words, term.text(of).name, new[of]))
    if group == "abilities":
        for slug in dict.fromkeys(use.role.slug for use in found):
            at = f"roles/{slug}"
            plan.redirect(
                f"{at}#ability-{term_id}", f"{at}#{f'ability-{other}' if other else ABILITIES}"
            )
    if topic := vocabulary.topic_of.get(term_id):
        led = vocabulary.topic_of.get(other)
        cut_topics(plan, [topic], f"{TOPICS}/{led}" if led else TOPICS)
    cut_entry(plan, VOCABULARY, (group, term_id))
    listed = term_key(f"{group}-{other}") if other else GLOSSARY
    plan.redirect(term_key(f"{group}-{term_id}"), listed)
    old = {of: term.text(of).name for of in AUTHORED}
    for language in AUTHORED:
        plan.mentions(re.escape(old[language]), VOCABULARY)
    gone = both("log.removed", words=both("sign.quoted", text=old))
    _note(plan, found, "meaning", _called(old, new) if other else gone)


def new_term(
    plan: Plan, group: str, names: Mapping[str, str], definitions: Mapping[str, str]
) -> None:
    """Add a term at the end of a group; its id is made from the English name.

    Raises:
        Refused: if another term has its name or id.
    """
    term_id = _new_id(plan, group, names)
    texts = {of: defined(names[of], definitions[of]) for of in AUTHORED}
    append(plan, group, as_entry(term_id, texts, "origin: editors"))


def term_called(plan: Plan, name: str) -> str:
    """The id of the term, of any group, that has a name in Chinese, or ""."""
    found = (plan.project.terms.find(group, "zh", name) for group in TERM_GROUPS)
    return next(filter(None, found), "")


def new_topic(
    plan: Plan,
    names: Mapping[str, str],
    definitions: Mapping[str, str],
    duties: Sequence[str],
    area: str,
) -> None:
    """Add a topic at the end of its group; one that is a term has that term's definition.

    Raises:
        Refused: if there is no such group of topics, or another topic has its name or id.
    """
    vocabulary = plan.project.handbook.vocabulary
    numbers = ", ".join(f'"{number}"' for number in duties)
    shown = {of: f"words: [{scalar(names[of])}]" for of in AUTHORED}
    if term := term_called(plan, names["zh"]):
        topic_id, lines = term, as_entry(term, shown, f"term: {term}")
    else:
        topic_id = _new_id(plan, "topics", names)
        texts = {of: f"{defined(names[of], definitions[of])}, {shown[of]}" for of in AUTHORED}
        lines = as_entry(topic_id, texts, "origin: editors")
    if topic_id in vocabulary.written_topics:
        raise Refused("edit.name-taken", name=names["zh"], owner=topic_id)
    begins = [each.begins for each in vocabulary.areas]
    wanted = [
        n for n, each in enumerate(vocabulary.areas) if area in {each.zh, each.en, each.begins}
    ]
    if not wanted and begins:
        known = ", ".join(f"{each.zh} / {each.en}" for each in vocabulary.areas)
        raise Refused("edit.no-area", found=area, known=known)
    following = begins[wanted[0] + 1] if wanted and wanted[0] + 1 < len(begins) else ""
    append(plan, "topics", [*lines, f"    duties: [{numbers}]"], before=following)


def _new_id(plan: Plan, group: str, names: Mapping[str, str]) -> str:
    term_id = re.sub(r"[^a-z0-9]+", "-", names["en"].lower()).strip("-")
    if group not in GROUPS:
        raise Refused("edit.no-group", found=group, known=", ".join(GROUPS))
    vocabulary = plan.project.handbook.vocabulary
    if not term_id or term_id in {**vocabulary.terms, **vocabulary.written_topics}:
        raise Refused("edit.name-taken", name=names["en"], owner=term_id)
    for language in AUTHORED:
        _refuse_taken(plan, language, names[language], "")
    return term_id


def defined(name: str, definition: str) -> str:
    """What an entry says in one language, within braces."""
    return f"name: {scalar(name)}, definition: {scalar(definition)}"


def as_entry(term_id: str, texts: Mapping[str, str], *stated: str) -> list[str]:
    """The lines of an entry: what is `stated`, then its texts by language."""
    said = (f"{of}: {{{texts[of]}}}" for of in AUTHORED)
    return [f"  {term_id}:", *(f"    {line}" for line in (*stated, *said))]


def _refuse_taken(plan: Plan, language: str, name: str, but: str) -> None:
    for _, owner, of, taken in plan.project.handbook.vocabulary.names():
        if of == language and owner != but and taken.casefold() == name.casefold():
            raise Refused("edit.name-taken", name=name, owner=owner)


def _rename_entry(plan: Plan, at: tuple[Group, str, str], new: str, also: Sequence[str]) -> None:
    """Change the name in the vocabulary, and keep the old one among the other names."""
    yaml = located(plan, VOCABULARY)
    line, column = yaml.place((*at, "name"))
    text = plan.line(VOCABULARY, line)
    value = re.compile(r"(name:\s*)(\"(?:[^\"\\]|\\.)*\"|'[^']*'|[^,}\n]*[^,}\s])")
    found = value.search(text, column - 1)
    if found is None:
        return
    old = found[2]
    text = f"{text[: found.start(2)]}{scalar(new)}{text[found.end(2) :]}"
    others = [scalar(each) for each in also if each != new]
    listed = f"also: [{', '.join([old, *others])}]"
    written = re.compile(r"also:\s*\[[^\]]*\]")
    if written.search(text, column - 1):
        text = f"{text[: column - 1]}{written.sub(lambda _: listed, text[column - 1 :], count=1)}"
    elif text.rstrip().endswith("}"):
        text = f"{text.rstrip()[:-1]}, {listed}}}"
    else:
        text = f"{text}\n{' ' * (column - 1)}{listed}"
    plan.put(VOCABULARY, line, text)


def _called(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    before, after = (both("sign.quoted", text=names) for names in (old, new))
    return both("log.called", old=before, new=after)


def _note(plan: Plan, found: Sequence[Use], kind: Kind, told: Mapping[str, str]) -> None:
    """A note for each role that names the term, with the sections that do."""
    book = plan.project.handbook
    for slug in dict.fromkeys(use.role.slug for use in found):
        parts = dict.fromkeys(use.part for use in found if use.role.slug == slug)
        what = {}
        for language in AUTHORED:
            role = book.role_pages[language, f"roles/{slug}"]
            names = {duty.anchor: duty.name for duty in role.duties}
            listed = [label(part, names.get(part, ""), language) for part in parts]
            what[language] = words(language)("sign.comma").join(listed)
        plan.note(slug, kind, what, told)
