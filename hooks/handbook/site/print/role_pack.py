"""The training pack of a role: the trainee's copy, and the trainer's with the answers.

Both have one language or two. Summary, the role in full, self-check, cases; a leaf to sign for the
trainee; for the trainer aims, what to listen for, answers and the duties that they are from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from handbook.base.words import Words, capital, words
from handbook.pages.model import Duty, Role, TermUse
from handbook.pages.schema import authored
from handbook.site.print.form_fields import Field
from handbook.site.print.parts import page_part, parallel
from handbook.site.print.printing import Printing
from handbook.site.print.words import told
from handbook.views.questions import LETTERS, Question

Copy = Literal["trainee", "trainer"]


def role_pack(
    printing: Printing, languages: Sequence[str], slug: str, copy: Copy = "trainee"
) -> dict[str, Any]:
    """The pack of the role whose page is `slug`.

    Args:
        printing: what is printed.
        languages: one of "zh", "en" and "zh-Hans", or both that are written.
        slug: the role's page, which each of the languages has.
        copy: for whom it is.
    """
    first = languages[0]
    sides = [told(_side(printing, each, slug, anchors=each == first), each) for each in languages]
    return {
        **told(printing.common(first, slug, languages if len(languages) > 1 else ()), first),
        "kind": "pack",
        "copy": copy,
        "title": " ".join(side["title"] for side in sides),
        "book": sides[0]["book"],
        "sides": sides,
        "in-both": parallel([side["part"] for side in sides]) if len(sides) > 1 else {},
    }


def _side(printing: Printing, language: str, slug: str, *, anchors: bool) -> dict[str, Any]:
    """What a pack says in one of its languages."""
    of, key = authored(language), f"roles/{slug}"
    role = printing.handbook.role_pages[of, key]
    setting = printing.setting(language, [key], anchors=anchors)
    asked = printing.questions.in_pack(slug)
    written = [each for each in asked if not each.options]
    made = [each for each in asked if each.options]
    return {
        **printing.common(language, slug),
        "book": printing.handbook.title(of),
        "title": role.title,
        "number": str(role.section),
        "part": page_part(printing.handbook.pages[of, key], setting, role),
        "summary": _summary(role, printing, of),
        "check": [_duty(duty) for duty in role.duties],
        "talk": [*_abilities(role, printing)],
        "cases": [_asked(n, each, printing, of, slug) for n, each in enumerate(written, start=1)],
        "quick": [_asked(n, each, printing, of, slug) for n, each in enumerate(made, start=1)],
        "run": _run(written, words(of)),
        "sort": _sorting(printing, slug, of),
        "plan": [*_planned(words(of), talk=role.abilities, cases=written, quick=made)],
    }


def fields(pack: dict[str, Any]) -> dict[str, Field]:
    """The form fields of a pack, by the names that the template marks them with."""
    filled_in = {"trainee": _of_trainee, "trainer": _of_trainer}[pack["copy"]]
    every = [{**_of_both(side), **filled_in(side)} for side in pack["sides"]]
    return {
        name: Field(field.kind, " / ".join(each[name].name for each in every if name in each))
        for name, field in every[0].items()
    }


def _of_both(side: dict[str, Any]) -> dict[str, Field]:
    own, found = side["words"], dict[str, Field]()
    for duty in side["check"]:
        name = f"{duty['number']} {duty['name']}"
        for task in duty["tasks"]:
            found[f"tick-{task['id']}"] = Field("box", own["tick"].format(item=task["can"]))
        found[f"note-{duty['id']}"] = Field("lines", own["note"].format(item=name))
        found[f"seen-{duty['id']}"] = Field("line", own["seen"].format(item=name))
    for ability in side["talk"]:
        found[f"talk-{ability['id']}"] = Field(
            "lines", own["talk-note"].format(item=ability["name"])
        )
    return found


def _of_trainer(side: dict[str, Any]) -> dict[str, Field]:
    own = side["words"]
    named = {duty["id"]: f"{duty['number']} {duty['name']}" for duty in side["check"]}
    named |= {part["id"]: part["name"] for part in side["plan"]} | {"total": own["plan-total"]}
    return {
        f"time-{part}": Field("line", own["time-field"].format(item=name))
        for part, name in named.items()
    }


def _of_trainee(side: dict[str, Any]) -> dict[str, Field]:
    own, found = side["words"], dict[str, Field]()
    for case in side["cases"]:
        found[f"answer-{case['n']}"] = Field("lines", own["answer-field"].format(n=case["n"]))
    for each in side["quick"]:
        question = own["question"].format(n=each["n"])
        for option in each["options"]:
            said = f"{question}{own['colon']}{option['letter']}. {option['text']}"
            found[f"choice-{each['n']}-{option['letter']}"] = Field("box", said)
    for task in side["sort"]["tasks"]:
        found[f"sort-{task['n']}"] = Field("line", own["sort-field"].format(item=task["text"]))
    for person in ("trainee", "trainer"):
        for what in ("name", "signature", "date"):
            label = own[person] if what == "name" else f"{own[person]}{own['colon']}{own[what]}"
            found[f"{person}-{what}"] = Field("line", label)
    return found


def _summary(role: Role, printing: Printing, of: str) -> dict[str, Any]:
    vocabulary = printing.handbook.vocabulary

    def listed(group: str, uses: Iterable[TermUse]) -> list[str]:
        """By the name of each term, as a list in a row has them: only the first with a capital."""
        known = vocabulary.group(group)
        names = [known[use.id].text(of).name if use.id else use.words for use in uses]
        return [capital(name) if n == 0 else name for n, name in enumerate(names)]

    return {
        "abilities": listed("abilities", (ability.term for ability in role.abilities)),
        "groups": [
            {"title": label.names[of], "names": listed(label.group, uses)}
            for label, uses in role.terms()
            if label.group
        ],
    }


def _duty(duty: Duty) -> dict[str, Any]:
    """A duty as what one can do; and what to listen for: what it names behind its labels."""
    return {
        "id": duty.anchor,
        "number": duty.number,
        "name": duty.name,
        "purpose": duty.purpose.text if duty.purpose else "",
        "tasks": [
            {"id": f"{duty.anchor}-{n}", "text": task.text, "can": _after_can(task.text)}
            for n, task in enumerate(duty.tasks, start=1)
        ],
        "lines": [block.passage.text for block in duty.body if block.kind in duty.labelled],
    }


def _after_can(task: str) -> str:
    """A task after "I can": its first letter small, unless it begins with an abbreviation."""
    return task[:1].lower() + task[1:] if task[1:2].islower() else task


def _abilities(role: Role, printing: Printing) -> Iterator[dict[str, str]]:
    terms = printing.handbook.vocabulary.abilities
    for n, ability in enumerate(role.abilities, start=1):
        term = terms.get(ability.term.id)
        yield {
            "id": str(n),
            "name": ability.term.words,
            "asked": ability.qualification.text,
            "definition": term.text(role.language).definition if term else "",
        }


def _planned(say: Words, **parts: Sequence[object]) -> Iterator[dict[str, str]]:
    """The parts of a session beside the duties, of which some may be missing."""
    for name in ("check", *(name for name, part in parts.items() if part)):
        yield {"id": name, "name": say(f"pdf.{name}"), "how": say(f"pdf.plan-{name}")}


def _run(cases: Sequence[Question], say: Words) -> list[str]:
    """How to run a case, if there is one; who does what is asked where one is about two duties."""
    steps = 4 if any(len(case.duties) > 1 for case in cases) else 3
    return [say(f"pdf.run-{n}") for n in range(1, steps + 1)] if cases else []


def _asked(n: int, each: Question, printing: Printing, of: str, slug: str) -> dict[str, Any]:
    duties = [printing.questions.duties[at] for at in each.duties]
    return {
        "n": str(n),
        "text": each.text[of],
        "answer": each.answer[of],
        "right": LETTERS[each.right] if each.options else "",
        "reason": each.reason[of] if each.reason else "",
        "options": [
            {"letter": letter, "text": option[of]}
            for letter, option in zip(LETTERS, each.options, strict=False)
        ],
        "duties": [
            {
                "number": twin.number,
                "name": twin.name[of],
                "label": f"roles/{twin.role}#{twin.duty[of].anchor}" if twin.role == slug else "",
                "tasks": [task[of] for task in twin.tasks],
            }
            for twin in duties
        ],
    }


def _sorting(printing: Printing, slug: str, of: str) -> dict[str, Any]:
    """Tasks to be given back to their roles; no tasks where the roles cannot be kept apart."""
    sorting, handbook = printing.questions.tasks.sorting(slug), printing.handbook
    if sorting is None:
        return {"roles": [], "tasks": []}
    roles = {at: handbook.role_pages[of, f"roles/{at}"] for at in sorting.roles}
    return {
        "roles": [{"number": str(role.section), "title": role.title} for role in roles.values()],
        "tasks": [
            {
                "n": str(n),
                "text": task.text[of],
                "role": str(roles[task.role].section),
                "duty": task.duty,
            }
            for n, task in enumerate(sorting.tasks, start=1)
        ],
    }
