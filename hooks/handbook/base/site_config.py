"""The few settings of `mkdocs.yml` that the library needs, read without MkDocs."""

from __future__ import annotations

import os
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
import yaml_env_tag

from handbook.base.words import Told

_BUILTIN = ("toc", "tables", "fenced_code")
"""What MkDocs 1.6 adds to every site's extensions (`mkdocs/config/defaults.py`)."""


class ConfigError(Told):
    """`mkdocs.yml` cannot be read; says why."""


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """Markdown extensions with their settings, and the site's address ("" if unknown)."""

    extensions: tuple[str, ...]
    extension_settings: dict[str, dict[str, Any]]
    site_url: str = ""


class _Loader(yaml.SafeLoader):
    """Reads MkDocs' own tags: `!ENV` as the first variable set, every other tag as nothing."""


def _nothing(_loader: _Loader, _suffix: str, _node: yaml.Node) -> None:
    return None


_Loader.add_constructor("!ENV", yaml_env_tag.construct_env_tag)
_Loader.add_multi_constructor("!", _nothing)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", _nothing)


def read(root: Path) -> SiteConfig:
    """Read `mkdocs.yml` in `root`.

    Raises:
        ConfigError: if the file is missing, is not YAML, or is not a mapping.
    """
    path = root / "mkdocs.yml"
    try:
        text = path.read_text(encoding="utf-8")
        return _parse(text, frozenset(each for each in os.environ.items() if each[0] in text))
    except FileNotFoundError as error:
        raise ConfigError("config.missing") from error
    except OSError as error:
        raise ConfigError("config.unreadable", reason=error) from error
    except UnicodeError as error:
        raise ConfigError("config.encoding") from error
    except yaml.YAMLError as error:
        raise ConfigError("config.syntax", line=_line(error)) from error


def _line(error: yaml.YAMLError) -> int:
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark else 1


@lru_cache(maxsize=1)  # every hook asks; PyYAML takes 30 ms each time
def _parse(text: str, _environment: AbstractSet[tuple[str, str]]) -> SiteConfig:
    """The settings in `text`, whose `!ENV` tags name some of the environment."""
    config = yaml.load(text, Loader=_Loader)  # noqa: S506
    if not isinstance(config, dict):
        raise ConfigError("config.mapping")
    settings: dict[str, dict[str, Any]] = {name: {} for name in _BUILTIN}
    entries = config.get("markdown_extensions") or []
    for entry in [entries] if isinstance(entries, dict) else entries:
        for name, options in (entry if isinstance(entry, dict) else {entry: None}).items():
            settings.setdefault(str(name), {}).update(options or {})
    return SiteConfig(tuple(settings), settings, str(config.get("site_url") or ""))
