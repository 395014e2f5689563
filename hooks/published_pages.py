"""Makes the built pages light and safe: one small style sheet within each, and a security policy.

While serving, pages stay as they are: live reload needs a script that no policy can know.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

from handbook import session
from handbook.policy import PolicyError, theme_scripts
from handbook.published import PublishingError, Site

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


@event_priority(-300)  # after the last language, when every page is written
def on_post_build(config: MkDocsConfig) -> None:
    """Rewrite the pages of all languages at once."""
    i18n: Any = config.plugins["i18n"]
    if session.serving or i18n.building:
        return
    try:
        scripts = theme_scripts(lambda name: _template(name, config), config.extra["scope"])
        Site(Path(config.site_dir), scripts).publish()
    except (PolicyError, PublishingError) as error:
        raise PluginError(f"pages must not be published\n{error}") from error


def _template(name: str, config: MkDocsConfig) -> str:
    """The source of a template, as the theme or an override has it."""
    environment: Any = config.theme.get_env()
    source: str = environment.loader.get_source(environment, name)[0]
    return source
