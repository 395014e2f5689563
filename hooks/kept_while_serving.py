"""Keeps from language to language, and while serving from build to build, what stays the same.

That is what templates compile to (a fifth of a build) and which files the theme has; while serving
also what a text renders to. A build of the whole site begins anew, but for the templates, whose
source decides.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from jinja2 import BytecodeCache
from mkdocs.plugins import event_priority

from engine import session

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType

    from jinja2 import Environment
    from jinja2.bccache import Bucket
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page


class _Memory(BytecodeCache):
    """Keeps what was compiled as long as the source of the template stays the same."""

    def __init__(self) -> None:
        self._compiled: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._compiled.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._compiled[bucket.key, bucket.checksum] = bucket.code


_compiled = _Memory()

_theme_files: list[str] = []
_rendered: dict[tuple[str, str, str], dict[str, Any]] = {}
"""By language, source and text: what MkDocs notes of a page when it renders it."""


@event_priority(90)  # after hooks/fast_reload.py has said whether this is a build of one language
def on_config(config: MkDocsConfig) -> None:
    """Begin anew with the whole site."""
    if not config.plugins["i18n"].building:  # type: ignore[attr-defined]
        _theme_files.clear()
        _rendered.clear()
    if not isinstance(config.theme.get_env, partial):
        config.theme.get_env = partial(_theme, config.theme.get_env)  # type: ignore[method-assign]


@event_priority(-200)  # when nothing else changes the Markdown
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Render a text only once."""
    if session.serving:
        key = _language(config), page.file.src_uri, markdown
        page.render = partial(_render, page, key)  # type: ignore[method-assign]


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Compile a template only once, for all languages."""
    # What a filter makes of a constant would be compiled in, and some filters speak a language.
    env.optimized = False
    env.bytecode_cache = _compiled


def _language(config: MkDocsConfig) -> str:
    language: str = config.plugins["i18n"].current_language  # type: ignore[attr-defined]
    return language


def _render(page: Page, key: tuple[str, str, str], config: MkDocsConfig, files: Files) -> None:
    if key not in _rendered:
        before = {**vars(page)}
        type(page).render(page, config, files)
        made = {name: value for name, value in vars(page).items() if before.get(name) is not value}
        # Where its links lead is the validation's to say; the files would be those of this build.
        made.pop("links_to_anchors", None)
        _rendered[key] = made
    vars(page).update(_rendered[key])


def _theme(make: Callable[[], Environment]) -> Environment:
    """The theme's environment, which looks through its 15,000 files only once."""
    env = make()
    look = env.list_templates

    def list_templates(*args: Any, **kwargs: Any) -> list[str]:
        if not _theme_files:
            _theme_files.extend(look(*args, **kwargs))
        return _theme_files

    env.list_templates = list_templates  # type: ignore[method-assign]
    return env
