"""Starts a role: its page in both languages and its name in the vocabulary, with places to fill.

The places are what the rules call placeholders, so the validation fails, and says where, until an
editor has filled them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from handbook.base.words import Told
from handbook.checks.rules.language import is_simplified
from handbook.commands.editing.in_yaml import append, scalar
from handbook.commands.editing.plan import Note, Plan, Refused
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
_TERM = """\
  {id}:
    origin: editors
    role: {slug}
    zh: {{name: {zh}, definition: {zh_text}}}
    en: {{name: {en}, definition: {en_text}}}
"""


@dataclass(frozen=True, slots=True)
class NewRole:
    """What a new role needs to be told: its page's name, its section, its name by language."""

    slug: str
    section: int
    names: dict[str, str]


def used_sections(project: Project) -> set[int]:
    """The sections of all roles that there are or were: none is used again."""
    published = dict.fromkeys(recorded(project.root), "")
    gone = (*retired(project.handbook.moved), *retired(published))
    now = {role.section for role in project.handbook.role_pages.values()}
    return now | {section for _, (section, _), _ in gone}


def free_section(project: Project) -> int:
    """The section after the last."""
    return max(used_sections(project), default=1) + 1


def refusals(role: NewRole, project: Project) -> list[Told]:
    """Why `role` cannot be started; [] if it can."""
    taken, found = used_sections(project), list[Told]()
    if not FILE_NAME.fullmatch(f"{role.slug}.md") or role.slug == "index":
        found.append(Told("new-role.slug", found=role.slug))
    found += [
        Told("new-role.exists", path=path)
        for path in map(role_path, AUTHORED, [role.slug] * len(AUTHORED))
        if (project.root / path).exists()
    ]
    if role.section < 1 or role.section in taken:
        free = free_section(project)
        found.append(Told("new-role.section", found=role.section, free=free))
    if not _CHINESE.search(role.names["zh"]) or any(map(is_simplified, role.names["zh"])):
        found.append(Told("new-role.zh-name", found=role.names["zh"]))
    if not _ENGLISH.search(role.names["en"]) or _CHINESE.search(role.names["en"]):
        found.append(Told("new-role.en-name", found=role.names["en"]))
    return found


def start(role: NewRole, plan: Plan) -> None:
    """Plan the pages of `role`, and its team in the vocabulary if that has none by its name.

    Raises:
        Refused: if one of them is not possible.
    """
    if found := refusals(role, plan.project):
        raise Refused("edit.reasons", reasons=found)
    for language in AUTHORED:
        plan.create(role_path(language, role.slug), page(role, language))
    plan.withdraw(f"roles/{role.slug}")
    for overview in plan.pages("overview"):  # its list of the roles is for a person to write
        listed = [link.line for link in overview.links if link.target.startswith("roles/")]
        plan.reread.update({(overview.path, max(listed))} if listed else ())
    told = {of: came_or_went(of, was=False) for of in AUTHORED}
    plan.notes.append(Note(role.slug, "duty", told))
    names = partner_names(role.names)
    known = [plan.project.terms.find(_GROUP, of, name) for of, name in names.items()]
    if any(known) or f"{role.slug}-team" in plan.project.handbook.vocabulary.group(_GROUP):
        return
    term = _TERM.format(
        id=f"{role.slug}-team",
        slug=role.slug,
        zh=scalar(names["zh"]),
        zh_text=scalar(f"負責{role.names['zh']}的團隊"),
        en=scalar(names["en"]),
        en_text=scalar(f"the team in charge of {_small(role.names['en'])}"),
    )
    append(plan, _GROUP, term.rstrip("\n").split("\n"))


def partner_names(names: Mapping[str, str]) -> dict[str, str]:
    """What the team of a role is called, by the role's names."""
    return {"zh": f"{names['zh']}團隊", "en": f"{_small(names['en'])} team"}


def _small(name: str) -> str:
    """`name` as it stands within a sentence; abbreviations such as IT stay."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def role_path(language: str, slug: str) -> str:
    """Where the page of a role stands, from the repository's root."""
    return f"{DOCS}/{language}/roles/{slug}.md"


def page(role: NewRole, language: str) -> str:
    """The text of the role's page, every place of it still to be filled."""
    duties, abilities = (section.headings[language] for section in SECTIONS)
    duty = SECTIONS[0].sample[language].format(section=role.section)
    return (
        f"---\nsection: {role.section}\n---\n\n# {role.names[language]}\n\n"
        f"{INTRO_SAMPLE[language]}\n\n## {duties}\n\n{duty}\n\n"
        f"## {abilities}\n\n{_ABILITY_SAMPLE[language]}\n"
    )
