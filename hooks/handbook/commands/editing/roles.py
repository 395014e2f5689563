"""`rename-role`, `remove-role`, `rename-page`: a page in both languages, with what leads there."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Mapping

from handbook.base.words import both
from handbook.commands.editing.duties import both_of, role_named
from handbook.commands.editing.in_yaml import cut_entry, located, renumber
from handbook.commands.editing.plan import Address, Note, Plan, Refused
from handbook.commands.editing.terms import rename_term
from handbook.commands.new_role import partner_names, role_path
from handbook.pages.loader import DOCS, VOCABULARY
from handbook.pages.redirects import KEY
from handbook.pages.schema import AUTHORED
from handbook.site.layout import layout
from handbook.versions import change_log
from handbook.versions.changes import PARTS, came_or_went
from handbook.versions.parts import INTRO
from handbook.views.glossary import FOLDER as GLOSSARY
from handbook.views.glossary import term_key

_KEPT = {"index", "overview", "about", "changes", "contributing/rules"}
"""Pages that the site and its messages lead to by their names."""


def page_name(english: str) -> str:
    """The name of a page with an English title: `live-streaming` for `Live Streaming`."""
    plain = unicodedata.normalize("NFKD", english).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def rename_role(plan: Plan, role: str, names: Mapping[str, str]) -> None:
    """Give a role other names; its page has one made from the English name.

    Raises:
        Refused: if there is no such role, or a page of the new name.
    """
    old = role_named(plan, role)
    new = page_name(names["en"])
    if (new != old and [*plan.pages(f"roles/{new}")]) or not new or new == "index":
        raise Refused("edit.page-taken", path=role_path("zh", new))
    titles = {of: each.title for of, each in both_of(plan, old).items()}
    for page in plan.pages(f"roles/{old}"):
        line = next(heading.line for heading in page.headings if heading.level == 1)
        plan.change(page.path, line, titles[page.language], names[page.language])
        plan.moved[page.path] = role_path(page.language, new)
    _lead(plan, f"roles/{old}", f"roles/{new}", {titles[of]: names[of] for of in AUTHORED})
    plan.roles[old] = new
    _rename_partner(plan, old, new, titles, names)
    _rename_in_log(plan, old, new, names)
    for language in AUTHORED:
        plan.mentions(re.escape(titles[language]), *(p.path for p in plan.pages(f"roles/{old}")))
    said = both("log.renamed", name=both("sign.quoted", text=titles))
    plan.note(new, "wording", PARTS[INTRO], said)


def remove_role(plan: Plan, role: str, into: str) -> None:
    """Remove a role with its duties; `into` is a role that takes its place.

    Raises:
        Refused: if there is no such role.
    """
    old = role_named(plan, role)
    target = f"roles/{role_named(plan, into)}" if into else "roles/index"
    roles = both_of(plan, old)
    for each in roles.values():
        plan.moved[each.path] = None
    plan.rename_in_redirects(f"roles/{old}", "")
    plan.relink(lambda at: (target, "") if at[0] == f"roles/{old}" else None, {}, read=True)
    for place in dict.fromkeys(duty.anchor for each in roles.values() for duty in each.duties):
        plan.retarget(f"roles/{old}#{place}", target)
    plan.redirect(f"roles/{old}", target)
    numbers = (duty.number for each in roles.values() for duty in each.duties)
    renumber(plan, dict.fromkeys(numbers, ""))
    plan.roles[old] = ""
    _let_go_of_partner(plan, old)
    plan.notes.append(Note(old, "duty", came_or_went(was=True)))
    for each in roles.values():
        plan.mentions(re.escape(each.title), each.path)


def rename_page(plan: Plan, old: str, new: str) -> None:
    """Give a page that is no role's another name, folder or both.

    Raises:
        Refused: if there is no such page, one that must keep its name, or one of the new name.
    """
    old, new = (re.sub(rf"^(?:{DOCS}/)?(?:zh/|en/)?|\.md$", "", each) for each in (old, new))
    if not [*plan.pages(old)]:
        raise Refused("edit.no-page", found=old)
    if old.startswith("roles/") or new.startswith("roles/"):
        raise Refused("edit.role-page")
    if old in _KEPT or layout(old)[0] != "main.html" or not KEY.fullmatch(new):
        raise Refused("edit.keeps-name", old=old, new=new)
    if [*plan.pages(new)]:
        raise Refused("edit.page-taken", path=f"{DOCS}/zh/{new}.md")
    for page in plan.pages(old):
        plan.moved[page.path] = posixpath.join(DOCS, page.language, f"{new}.md")
    _lead(plan, old, new, {})


def _lead(plan: Plan, old: str, new: str, words: Mapping[str, str]) -> None:
    """Lead links and readers from a page to another, place by place."""

    def lead(at: Address) -> Address | None:
        return (new, at[1]) if at[0] == old else None

    if new != old or words:
        plan.relink(lead, words)
    if new != old:
        plan.withdraw(new)
        plan.rename_in_redirects(old, new)
        plan.redirect(old, new)


def _rename_partner(
    plan: Plan, old: str, new: str, titles: Mapping[str, str], names: Mapping[str, str]
) -> None:
    """Lead the partner that is the role to its page; named after the role, it takes its name."""
    for term_id, term in plan.project.handbook.vocabulary.group("partners").items():
        if term.role != old:
            continue
        line, _ = located(plan, VOCABULARY).place(("partners", term_id, "role"))
        typed = plan.line(VOCABULARY, line)
        plan.put(VOCABULARY, line, re.sub(rf"\b{re.escape(old)}(?=\s|$)", new, typed))
        before, after = partner_names(titles), partner_names(names)
        if {of: term.text(of).name for of in AUTHORED} == before:
            rename_term(plan, term_id, after)


def _let_go_of_partner(plan: Plan, old: str) -> None:
    """The partner that was the role has no page any more; if nobody names it, it goes too."""
    book = plan.project.handbook
    used = {
        use.id
        for role in book.role_pages.values()
        if role.slug != old
        for duty in role.duties
        for use in duty.uses("partners")
    }
    for term_id, term in book.vocabulary.group("partners").items():
        if term.role == old and term_id in used | {*book.vocabulary.topic_of}:
            line, _ = located(plan, VOCABULARY).place(("partners", term_id, "role"))
            plan.put(VOCABULARY, line, None)
        elif term.role == old:
            cut_entry(plan, VOCABULARY, ("partners", term_id))
            plan.redirect(term_key(f"partners-{term_id}"), GLOSSARY)


def _rename_in_log(plan: Plan, old: str, new: str, names: Mapping[str, str]) -> None:
    """What the log says of the role since the last edition, it says of it by its new name."""
    before, after = (change_log.anchor("", slug) for slug in (old, new))
    for page in plan.pages(change_log.KEY):
        for heading in page.headings:
            if heading.anchor == before:
                plan.put(page.path, heading.line, f"### {names[page.language]} {{ #{after} }}")
