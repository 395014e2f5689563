"""The training pack of one role: a page to hang up, the role in full, self-check, exercises."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from handbook.pages.model import Exercise, Role
from handbook.pages.schema import authored
from handbook.site.print.form_fields import Field
from handbook.site.print.parts import page_part
from handbook.site.print.printing import Printing
from handbook.site.print.words import told, words


def role_pack(printing: Printing, language: str, role: Role) -> dict[str, Any]:
    """The pack of `role`, which is of the language that `language` is, or is derived from."""
    key = f"roles/{role.slug}"
    page = printing.handbook.pages[role.language, key]
    setting = printing.setting(language, [key])
    home = printing.handbook.page(role.language, "index")
    own = [exercise for exercise in printing.handbook.exercises if exercise.role == role.slug]
    tree = {
        **printing.common(language, role.slug),
        "kind": "pack",
        "book": home.title if home else "",
        "title": role.title,
        "number": str(role.section),
        "part": page_part(page, setting, role),
        "summary": _summary(role, printing, language),
        "check": _check(role, language),
        "exercises": _exercises(own, role, language),
        "address": printing.address(language, key),
    }
    return {**told(tree, language)}


def fields(pack: dict[str, Any]) -> dict[str, Field]:
    """The form fields of a pack, by the names that the template marks them with."""
    own = pack["words"]
    found = {}
    for group in pack["check"]:
        for item in group["items"]:
            found[f"tick-{item['id']}"] = Field("box", own["tick"].format(item=item["plain"]))
            found[f"note-{item['id']}"] = Field("line", own["note"].format(item=item["plain"]))
    for exercise in pack["exercises"]:
        name = own["answer-field"].format(n=exercise["n"])
        found[f"answer-{exercise['n']}"] = Field("lines", name)
    for person in ("trainee", "trainer"):
        for what in ("name", "signature", "date"):
            label = own[person] if what == "name" else f"{own[person]}{own['colon']}{own[what]}"
            found[f"{person}-{what}"] = Field("line", label)
    return found


def _summary(role: Role, printing: Printing, language: str) -> dict[str, Any]:
    vocabulary = printing.handbook.vocabulary
    abilities = [
        vocabulary.abilities[term.id].text(role.language).name if term.id else term.words
        for term in (ability.term for ability in role.abilities)
    ]
    return {
        "duties": [
            {
                "number": duty.number,
                "name": duty.name,
                "purpose": duty.purpose.text if duty.purpose else "",
            }
            for duty in role.duties
        ],
        "abilities": _listed(abilities, language),
        "groups": [
            {
                "title": label.names[role.language],
                "names": _listed([use.words for use in uses], language),
            }
            for label, uses in role.terms()
        ],
    }


def _listed(names: Iterable[str], language: str) -> list[str]:
    """`names` as a list in a row has them: only the first with a capital letter."""
    listed = list(names)
    return [name[:1].upper() + name[1:] if n == 0 else name for n, name in enumerate(listed)]


def _check(role: Role, language: str) -> list[dict[str, Any]]:
    """What can be ticked off as understood: each duty, each ability."""
    own = words(language)
    duties = [
        {
            "id": duty.anchor,
            "number": duty.number,
            "name": duty.name,
            "plain": f"{duty.number} {duty.name}",
        }
        for duty in role.duties
    ]
    abilities = [
        {
            "id": f"ability-{n}",
            "number": "",
            "name": ability.term.words,
            "plain": ability.term.words,
        }
        for n, ability in enumerate(role.abilities, start=1)
    ]
    return [
        {"title": own["duties"], "items": duties},
        {"title": own["abilities"], "items": abilities},
    ]


def _exercises(exercises: Sequence[Exercise], role: Role, language: str) -> list[dict[str, Any]]:
    duties = {duty.number: duty for duty in role.duties}
    of = authored(language)
    return [
        {
            "n": str(n),
            "question": exercise.question[of],
            "answer": exercise.answer[of],
            "duty": exercise.duty,
            "name": duties[exercise.duty].name,
            "label": f"roles/{role.slug}#{duties[exercise.duty].anchor}",
        }
        for n, exercise in enumerate((each for each in exercises if each.duty in duties), start=1)
    ]
