"""Starts a role: its page in both languages and its name in the vocabulary, with places to fill.

The places are what the rules call placeholders, so the validation fails, and says where, until an
editor has filled them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from handbook.base.words import Told
from handbook.checks.rules.language import is_simplified
from handbook.pages.loader import DOCS, VOCABULARY, Project
from handbook.pages.schema import AUTHORED, FILE_NAME, INTRO_SAMPLE, SECTIONS, Group

_ABILITY_SAMPLE = {
    "zh": "- **能力名稱**：對這個崗位的特別要求",
    "en": "- **Name of an ability**: what this role asks of it in particular",
}
_CHINESE = re.compile("[\u3400-\u9fff]")
_ENGLISH = re.compile(r"[A-Za-z]")
_GROUP: Group = "partners"
_NEEDS_QUOTES = re.compile(r"""[,:#\[\]{}&*!|>'"%@`?-]|^\s|\s$""")
_TERM = """\
  {id}:
    origin: editors
    role: {slug}
    zh: {{name: {zh}, definition: {zh_text}}}
    en: {{name: {en}, definition: {en_text}}}
"""


class NotPossible(Exception):  # noqa: N818 - an answer that does not do, not a failure
    """The role cannot be started; `reasons` say why."""

    def __init__(self, reasons: Sequence[Told]) -> None:
        self.reasons = reasons
        super().__init__("\n".join(map(str, reasons)))


@dataclass(frozen=True, slots=True)
class NewRole:
    """What a new role needs to be told: its page's name, its section, its name by language."""

    slug: str
    section: int
    names: dict[str, str]


def free_section(project: Project) -> int:
    """The section after the last."""
    return max((role.section for role in project.handbook.role_pages.values()), default=1) + 1


def refusals(role: NewRole, project: Project) -> list[Told]:
    """Why `role` cannot be started; [] if it can."""
    taken = {each.section for each in project.handbook.role_pages.values()}
    found = []
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


def start(role: NewRole, project: Project) -> list[str]:
    """Write the pages and the vocabulary entry of `role`; returns the paths written.

    Raises:
        NotPossible: if one of them is not possible; then nothing is written.
        OSError: if a file cannot be written.
    """
    if found := refusals(role, project):
        raise NotPossible(found)
    vocabulary = project.root / VOCABULARY
    text = vocabulary.read_text(encoding="utf-8")
    written = []
    for language in AUTHORED:
        path = role_path(language, role.slug)
        (project.root / path).parent.mkdir(parents=True, exist_ok=True)
        _write(project.root / path, page(role, language))
        written.append(path)
    known = [project.terms.find(_GROUP, of, name) for of, name in _partner_names(role).items()]
    if any(known) or f"{role.slug}-team" in project.handbook.vocabulary.group(_GROUP):
        return written
    _write(vocabulary, with_partner(text, role))
    return [*written, VOCABULARY]


def _partner_names(role: NewRole) -> dict[str, str]:
    return {"zh": f"{role.names['zh']}團隊", "en": f"{_small(role.names['en'])} team"}


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


def with_partner(vocabulary: str, role: NewRole) -> str:
    """The vocabulary's text with the role's team as the last partner, all else as it stands."""
    lines = vocabulary.rstrip("\n").split("\n")
    if f"{_GROUP}:" not in lines:
        lines += ["", f"{_GROUP}:"]
    start = lines.index(f"{_GROUP}:") + 1
    end = next((n for n in range(start, len(lines)) if lines[n][:1].strip()), len(lines))
    while not lines[end - 1].strip():
        end -= 1
    names = _partner_names(role)
    term = _TERM.format(
        id=f"{role.slug}-team",
        slug=role.slug,
        zh=_scalar(names["zh"]),
        zh_text=_scalar(f"負責{role.names['zh']}的團隊"),
        en=_scalar(names["en"]),
        en_text=_scalar(f"the team in charge of {_small(role.names['en'])}"),
    )
    return "\n".join([*lines[:end], *term.rstrip("\n").split("\n"), *lines[end:]]) + "\n"


def _scalar(text: str) -> str:
    """`text` as YAML takes it within braces."""
    return json.dumps(text, ensure_ascii=False) if _NEEDS_QUOTES.search(text) else text


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
