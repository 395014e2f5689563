"""Slides on a role for whoever trains people in it: a presentation that an office can change.

The notes have what the trainer's copy of the training pack has.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handbook.base.table import TAGS
from handbook.base.words import words
from handbook.pages.model import Duty
from handbook.pages.schema import SECTIONS, authored
from handbook.site import downloads
from handbook.site.files.data_files import LICENCE
from handbook.site.files.slide_deck import SlideDeck
from handbook.site.print.role_pack import role_pack
from handbook.site.print.words import told

if TYPE_CHECKING:
    from handbook.site.print.printing import Printing


def write(printing: Printing, folder: Path) -> None:
    """Write the slides on every role in every language into `folder`."""
    for language, tag in TAGS.items():
        for role in printing.handbook.roles(authored(language)):
            made = slides(printing, language, role.slug)
            (folder / downloads.slides(role.slug, tag)).write_bytes(made)


def slides(printing: Printing, language: str, slug: str) -> bytes:
    """The presentation on the role whose page is `slug`, in "zh", "zh-Hans" or "en"."""
    of = authored(language)
    (side,) = role_pack(printing, [language], slug, "trainer")["sides"]
    say, edition = side["words"], side["edition"]
    role = printing.handbook.role_pages[of, f"roles/{slug}"]
    deck = SlideDeck(language, f"{side['title']} · {edition['title']}", say)
    deck.front(side["title"], [side["book"], edition["title"]], _run(side))
    intro = [(0, told(passage.text, language)) for passage in role.intro]
    duties = [(1, f"{duty['number']} {duty['name']}") for duty in side["check"]]
    deck.content(say["pack-for"], [*intro, *duties], notes=[*_named(side)])
    for duty, texts in zip(side["check"], map(_further, role.duties), strict=True):
        top = [(0, duty["purpose"])] if duty["purpose"] else []
        top += [(1, task["text"]) for task in duty["tasks"]]
        further = [told(text, language) for text in texts]
        deck.content(f"{duty['number']} {duty['name']}", top, further, [*_aim(duty, say)])
    if side["talk"]:
        heading = next(each.headings[of] for each in SECTIONS if each.key == "abilities")
        asked = [(1, _labelled(say, each["name"], each["asked"])) for each in side["talk"]]
        meant = [_labelled(say, each["name"], each["definition"]) for each in side["talk"]]
        deck.content(told(heading, language), asked, notes=[say["plan-talk"], "", *meant])
    for case in side["cases"]:
        deck.case(say["case"].format(n=case["n"]), case["text"], [*_told(case, say)])
    address = printing.address(language, f"roles/{slug}")
    about = [*_about(edition, address, say)]
    if edition["address"]:
        about += [told(words(of)("slides.current"), language), edition["address"]]
    deck.content(say["colophon"], [(0, line) for line in about])
    return deck.file(f"{side['title']} · {side['book']}", printing.edition.date)


def _labelled(say: dict[str, str], label: str, text: str) -> str:
    return f"{label}{say['colon']}{text}" if text else label


def _run(side: dict[str, Any]) -> list[str]:
    """How to run a case, where there is one."""
    say = side["words"]
    steps = [f"{n}. {step}" for n, step in enumerate(side["run"], start=1)]
    return [say["run"] + say["colon"].rstrip(), *steps] if steps else []


def _named(side: dict[str, Any]) -> Iterator[str]:
    """The abilities that the role needs, and the terms that its duties name, by label."""
    say, abilities = side["words"], side["summary"]["abilities"]
    for title, names in (
        (say["abilities"], abilities),
        *((each["title"], each["names"]) for each in side["summary"]["groups"]),
    ):
        if names:
            yield _labelled(say, title, say["comma"].join(names))


def _further(duty: Duty) -> list[str]:
    """What a duty says beside its purpose and its tasks."""
    rest = [block for block in duty.body if block.kind not in {"purpose", "tasks"}]
    return [passage.text for block in rest for passage in block.items or (block.passage,)]


def _aim(duty: dict[str, Any], say: dict[str, str]) -> Iterator[str]:
    """What a duty is for, and what it names behind its labels."""
    if duty["purpose"]:
        yield _labelled(say, say["plan-aim"], duty["purpose"])
    yield from duty["lines"]


def _told(case: dict[str, Any], say: dict[str, str]) -> Iterator[str]:
    """What the trainer is told of a case: answer, duties, tasks to go through."""
    duties = say["comma"].join(f"{each['number']} {each['name']}" for each in case["duties"])
    yield _labelled(say, say["answer"], case["answer"])
    yield _labelled(say, say["answer-duty"], duties)
    for each in case["duties"]:
        yield _labelled(say, say["case-tasks"], f"{each['number']} {each['name']}")
        yield from (f"• {task}" for task in each["tasks"])


def _about(edition: dict[str, Any], address: str, say: dict[str, str]) -> Iterator[str]:
    """Edition and licence, and where the role is on the web."""
    for what, text in (
        ("edition", edition["name"]),
        ("date", edition["date"]),
        ("licence", LICENCE),
        ("address", address),
    ):
        if text:
            yield _labelled(say, say[f"colophon-{what}"], text)
