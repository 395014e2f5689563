"""`add-duty`, `remove-duty`, `move-duty`: a duty with all that names it, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from handbook.base.word_search import finder
from handbook.base.words import both
from handbook.commands.editing.in_yaml import renumber
from handbook.commands.editing.plan import Address, Plan, Refused
from handbook.pages.model import Duty, Page, Role
from handbook.pages.redirects import retired
from handbook.pages.schema import AUTHORED, SECTIONS
from handbook.pages.terms import Topic
from handbook.site.addresses import recorded

_STATED = re.compile(r"^(translate|same):")


def role_named(plan: Plan, name: str) -> str:
    """The page of the role with a name, number or title as people type it.

    Raises:
        Refused: if there is none.
    """
    book = plan.project.handbook
    wanted = name.strip().casefold()
    for role in book.role_pages.values():
        if wanted in {role.slug, str(role.section), role.title.casefold()}:
            return role.slug
    titles = [f"{role.section} {role.title}" for role in book.roles(AUTHORED[0])]
    raise Refused("edit.no-role", found=name, known="\n".join(f"  {title}" for title in titles))


def both_of(plan: Plan, slug: str) -> dict[str, Role]:
    """A role in each language."""
    book = plan.project.handbook
    return {of: book.role_pages[of, f"roles/{slug}"] for of in AUTHORED}


def duty_named(plan: Plan, number: str) -> tuple[str, dict[str, Duty]]:
    """The role that has the duty with a number as printed, and the duty in each language.

    Raises:
        Refused: if both languages have none.
    """
    wanted = number.strip().lstrip("#").removeprefix("duty-").replace("-", ".")
    for role in plan.project.handbook.roles(AUTHORED[0]):
        found = {
            of: duty
            for of, each in both_of(plan, role.slug).items()
            for duty in each.duties
            if duty.number == wanted
        }
        if len(found) == len(AUTHORED):
            return role.slug, found
    section = wanted.partition(".")[0]
    own = [d.number for r in plan.project.handbook.roles("zh") for d in r.duties]
    near = [each for each in own if each.startswith(f"{section}.")] or own
    raise Refused("edit.no-duty", found=number, known=", ".join(near))


def free_number(plan: Plan, slug: str) -> tuple[int, int]:
    """The number after the last that the role ever had."""
    book, role = plan.project.handbook, plan.project.handbook.role_pages["zh", f"roles/{slug}"]
    used = [duty.n for each in both_of(plan, slug).values() for duty in each.duties]
    for of, (section, n), _ in retired({**recorded(plan.project.root), **book.moved}):
        if of in {slug, *book.former(slug)} and section == role.section:
            used.append(n)
    return role.section, max(used, default=0) + 1


def add_duty(plan: Plan, role: str, names: Mapping[str, str]) -> None:
    """Begin a duty at the end of a role's."""
    slug = role_named(plan, role)
    section, n = free_number(plan, slug)
    number = f"{section}.{n}"
    for language, each in both_of(plan, slug).items():
        sample = SECTIONS[0].sample[language].format(section=section)
        text = sample.partition("\n")[2]
        _append(plan, each, f"### {number} {names[language].strip()}\n{text}")
    said = {of: f"{number} {name}" for of, name in names.items()}
    plan.note(slug, "duty", said, both("log.new"))


def remove_duty(plan: Plan, number: str, into: str) -> None:
    """Remove a duty; `into` is the number of one that takes its place."""
    slug, duties = duty_named(plan, number)
    anchor = duties["zh"].anchor
    old, target = f"roles/{slug}#{anchor}", f"roles/{slug}"
    following, others = "", dict[str, Duty]()
    if into:
        other, others = duty_named(plan, into)
        following = others["zh"].number
        if (other, following) == (slug, duties["zh"].number):
            raise Refused("edit.into-itself", number=following)
        target = f"roles/{other}#{others['zh'].anchor}"
    for language, duty in duties.items():
        role = both_of(plan, slug)[language]
        _cut(plan, role, duty)

    def speaks(topic: Topic) -> bool:
        return all(each.mentions(finder(topic.text(of).words)) for of, each in others.items())

    _lead(plan, old, target, duties["zh"].number, following, speaks)
    plan.sections[slug, anchor] = None
    said = {of: f"{duty.number} {duty.name}" for of, duty in duties.items()}
    key = "log.merged" if into else "log.gone"
    plan.note(slug, "duty", said, both(key, number=following))


def move_duty(plan: Plan, number: str, role: str) -> None:
    """Move a duty to the end of a role's, its own or another."""
    slug, duties = duty_named(plan, number)
    to = role_named(plan, role)
    section, n = free_number(plan, to)
    new, anchor, before = f"{section}.{n}", f"duty-{section}-{n}", duties["zh"]
    for language, duty in duties.items():
        lines = _cut(plan, both_of(plan, slug)[language], duty)
        text = "\n".join(lines).strip("\n").replace(duty.number, new, 1)
        if to != slug:  # a link to the page it stood on, by its anchor alone
            text = re.sub(r"\]\(#", f"]({slug}.md#", text)
        _append(plan, both_of(plan, to)[language], text)
    _lead(plan, f"roles/{slug}#{before.anchor}", f"roles/{to}#{anchor}", before.number, new)
    plan.sections[slug, before.anchor] = (to, anchor)
    said = {of: f"{duty.number} {duty.name}" for of, duty in duties.items()}
    plan.note(slug, "duty", said, both("log.moved-to", number=new))
    if to != slug:
        said = {of: f"{new} {duty.name}" for of, duty in duties.items()}
        plan.note(to, "duty", said, both("log.moved-from", number=before.number))


def _lead(
    plan: Plan,
    old: str,
    target: str,
    number: str,
    new: str,
    speaks: Callable[[Topic], bool] = lambda _: True,
) -> None:
    """Lead links, topics, exercises and readers from a duty to what takes its place."""
    page, _, anchor = old.partition("#")
    to_page, _, to_anchor = target.partition("#")

    def lead(at: Address) -> Address | None:
        return (to_page, to_anchor) if at == (page, anchor) else None

    plan.relink(lead, {number: new} if new else {}, read=True)
    plan.redirect(old, target)
    renumber(plan, {number: new}, speaks)
    plan.mentions(rf"(?<![\d.]){re.escape(number)}(?![\d.])")


def _cut(plan: Plan, role: Role, duty: Duty) -> list[str]:
    """Leave out a duty, and what the top of its page states of it; returns its lines."""
    page = plan.project.handbook.pages[role.language, f"roles/{role.slug}"]
    for number in range(1, page.first_line):
        if _STATED.match(text := plan.line(role.path, number)):
            part = rf"\b{duty.anchor}(?!-?\d)(?: [0-9a-f]{{6}}-[0-9a-f]{{6}})?"
            text = re.sub(rf",\s*{part}|{part},?\s*", "", text)
            plan.put(role.path, number, None if text.endswith("[]") else text)
    return plan.cut(role.path, duty.line, _end(page, duty.line))


def _end(page: Page, start: int) -> int:
    """The line after the last of the duty that begins on line `start`."""
    lines = (h.line for h in page.headings if h.line > start and h.level <= 3 and not h.container)
    return min(lines, default=len(page.lines) + 1)


def _append(plan: Plan, role: Role, text: str) -> None:
    """Put a duty below the last of a role."""
    page = plan.project.handbook.pages[role.language, f"roles/{role.slug}"]
    last = max((duty.line for duty in role.duties), default=0)
    if not last:
        last = next(heading.line for heading in page.headings if heading.anchor == "duties")
    plan.after(role.path, _end(page, last) - 1, f"\n{text}\n")
