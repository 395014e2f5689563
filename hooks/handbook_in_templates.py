"""Lets the templates see what the pages say: their roles, titles and addresses."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.pages.loader import load
from handbook.pages.schema import authored

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from handbook.pages.model import Role

_SENTENCE = re.compile(r".+?(?:[。！？]|[.!?](?=\s|$))", re.DOTALL)
_TERM_GROUPS = ("measures", "partners", "tools")


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Give every template of this language the roles, the addresses and two filters."""
    language = authored(config.plugins["i18n"].current_language)  # type: ignore[attr-defined]
    handbook = load(Path(config.config_file_path).parent)
    roles = handbook.roles(language)
    env.globals["roles"] = roles
    env.globals["roles_by_slug"] = {role.slug: role for role in roles}
    env.globals["titles"] = {
        key: page.title for (of, key), page in handbook.pages.items() if of == language
    }
    env.globals["urls"] = {
        getattr(file, "norm_src_uri", file.src_uri).removesuffix(".md"): file.url
        for file in files.documentation_pages()
    }
    env.filters["first_sentence"] = first_sentence
    env.filters["role_terms"] = role_terms


def first_sentence(text: str) -> str:
    """The first sentence of `text`, or all of it if it has no end."""
    match = _SENTENCE.match(text)
    return match[0] if match else text


def role_terms(role: Role) -> list[tuple[str, list[str]]]:
    """What a role measures, works with and uses, by group."""
    named = ((group, role.terms(group)) for group in _TERM_GROUPS)
    return [(group, terms) for group, terms in named if terms]
