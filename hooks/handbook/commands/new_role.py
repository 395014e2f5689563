"""Starts a role: its page in both languages and its name in the vocabulary, with places to fill.

The places are what the rules call placeholders, so the validation fails, and says where, until an
editor has filled them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from handbook.base.words import Told
from handbook.checks.rules.text.language import is_simplified
from handbook.commands.editing.in_yaml import append
from handbook.commands.editing.plan import Note, Plan, Refused
from handbook.commands.editing.terms import as_entry, defined
from handbook.pages.loader import DOCS, Project
from handbook.pages.redirects import retired
from handbook.pages.schema import AUTHORED, FILE_NAME, INTRO_SAMPLE, SECTIONS, Group
from handbook.site.addresses import recorded
from handbook.versions.changes import came_or_went

_ABILITY_SAMPLE = {
    "zh": "- **能力名稱**：對這個崗位的特別要求",
    "en": "- **Name of an ability**: what this role asks of it in particular",
}
_CHINESE = re.compile("[\u3400-\u9fff]")
_ENGLISH = re.compile(r"[A-Za-z]")
_GROUP: Group = "partners"


def used_sections(project: Project) -> set[int]:
    """The sections of all roles that there are or were: none is used again."""
    gone = retired({**recorded(project.root), **project.handbook.moved})
    now = {role.section for role in project.handbook.role_pages.values()}
    return now | {section for _, (section, _), _ in gone}


def free_section(project: Project) -> int:
    """The section after the last."""
    return max(used_sections(project), default=1) + 1


def refusals(slug: str, section: int, names: Mapping[str, str], project: Project) -> list[Told]:
    """Why a role cannot be started; [] if it can."""
    taken, found = used_sections(project), list[Told]()
    if not FILE_NAME.fullmatch(f"{slug}.md") or slug == "index":
        found.append(Told("new-role.slug", found=slug))
    found += [
        Told("new-role.exists", path=path)
        for path in (role_path(language, slug) for language in AUTHORED)
        if (project.root / path).exists()
    ]
    if section < 1 or section in taken:
        free = free_section(project)
        found.append(Told("new-role.section", found=section, free=free))
    if not _CHINESE.search(names["zh"]) or any(map(is_simplified, names["zh"])):
        found.append(Told("new-role.zh-name", found=names["zh"]))
    if not _ENGLISH.search(names["en"]) or _CHINESE.search(names["en"]):
        found.append(Told("new-role.en-name", found=names["en"]))
    return found


def start(plan: Plan, slug: str, section: int, names: Mapping[str, str]) -> None:
    """Plan the pages of a role, and its team in the vocabulary if that has none by its name.

    Args:
        plan: what is to be changed.
        slug: what the role's page is called.
        section: the number of the role.
        names: what the role is called, by language.

    Raises:
        Refused: if one of them is not possible.
    """
    if found := refusals(slug, section, names, plan.project):
        raise Refused("edit.reasons", reasons=found)
    for language in AUTHORED:
        plan.create(role_path(language, slug), page(section, names[language], language))
    plan.withdraw(f"roles/{slug}")
    for overview in plan.pages("overview"):  # its list of the roles is for a person to write
        listed = [link.line for link in overview.links if link.target.startswith("roles/")]
        plan.reread.update({(overview.path, max(listed))} if listed else ())
    plan.notes.append(Note(slug, "duty", came_or_went(was=False)))
    called = partner_names(names)
    known = [plan.project.terms.find(_GROUP, of, name) for of, name in called.items()]
    if any(known) or f"{slug}-team" in plan.project.handbook.vocabulary.group(_GROUP):
        return
    definitions = {
        "zh": f"負責{names['zh']}的團隊",
        "en": f"the team in charge of {_small(names['en'])}",
    }
    texts = {of: defined(called[of], definitions[of]) for of in AUTHORED}
    append(plan, _GROUP, as_entry(f"{slug}-team", texts, "origin: editors", f"role: {slug}"))


def partner_names(names: Mapping[str, str]) -> dict[str, str]:
    """What the team of a role is called, by the role's names."""
    return {"zh": f"{names['zh']}團隊", "en": f"{_small(names['en'])} team"}


def _small(name: str) -> str:
    """`name` as it stands within a sentence; abbreviations such as IT stay."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def role_path(language: str, slug: str) -> str:
    """Where the page of a role stands, from the repository's root."""
    return f"{DOCS}/{language}/roles/{slug}.md"


def page(section: int, name: str, language: str) -> str:
    """The text of a role's page, every place of it still to be filled."""
    duties, abilities = (section.headings[language] for section in SECTIONS)
    duty = SECTIONS[0].sample[language].format(section=section)
    return (
        f"---\nsection: {section}\n---\n\n# {name}\n\n"
        f"{INTRO_SAMPLE[language]}\n\n## {duties}\n\n{duty}\n\n"
        f"## {abilities}\n\n{_ABILITY_SAMPLE[language]}\n"
    )
