"""Makes the built pages light and safe: one small style sheet within each, and a security policy.

While serving, pages stay as they are: live reload needs a script that no policy can know.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

from handbook import session
from handbook.policy import PolicyError, theme_scripts
from handbook.published import PublishingError, Site

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


_sources: dict[str, Path] = {}
"""The files that pages are written in, from where `mkdocs.yml` stands, by page."""


@event_priority(-300)  # when the pages of this language are all there
def on_files(files: Files, config: MkDocsConfig) -> None:
    """Note where each page comes from, for what is said of it."""
    root = Path(config.config_file_path).parent
    for file in files.documentation_pages():
        if file.abs_src_path:
            _sources[file.dest_uri] = Path(file.abs_src_path).relative_to(root)


@event_priority(-300)  # after the last language, when every page is written
def on_post_build(config: MkDocsConfig) -> None:
    """Rewrite the pages of all languages at once."""
    i18n: Any = config.plugins["i18n"]
    if session.serving or i18n.building:
        return
    root = Path(config.config_file_path).parent
    try:
        scripts = theme_scripts(lambda name: _template(name, config), config.extra["scope"])
        base = urlsplit(config.site_url or "/").path or "/"
        Site(Path(config.site_dir), scripts, base, root, _sources).publish()
    except (PolicyError, PublishingError) as error:
        raise PluginError(f"pages must not be published\n{error}") from error


def _template(name: str, config: MkDocsConfig) -> str:
    """The source of a template, as the theme or an override has it."""
    environment: Any = config.theme.get_env()
    source: str = environment.loader.get_source(environment, name)[0]
    return source
