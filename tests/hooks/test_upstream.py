"""What the adapter relies on, function by function, is still so upstream."""

from __future__ import annotations

import importlib
import inspect
import re
from importlib.metadata import version
from pathlib import Path

import pytest
from mkdocs import utils
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, get_files

import engine

I18n = importlib.import_module("mkdocs_static_i18n.plugin").I18n
THEME = Path(str(importlib.import_module("material").__file__)).parent / "templates"
VERSIONS = {"mkdocs": "1.6.1", "mkdocs-static-i18n": "1.3.1", "mkdocs-material": "9.8.1"}


@pytest.mark.parametrize(("package", "number"), VERSIONS.items())
def test_the_versions_are_those_that_were_read(package: str, number: str) -> None:
    """Another one: read what each function in hooks/engine names, then change this."""
    assert version(package) == number


@pytest.mark.parametrize(
    ("relies", "where", "pattern"),
    [
        ("context.build_of", "mkdocs.commands.serve",
         r"if config is None:\s+config = get_config\(\)"),
        ("context.build_of", "mkdocs_static_i18n.plugin", r"build\(config, dirty=dirty\)"),
        ("i18n.current", "mkdocs_static_i18n.plugin",
         r"if self\.current_language is None:\s+self\.current_language = self\.default_language"),
        ("i18n.folder", "mkdocs_static_i18n.folder", r"PurePath\(current_language\) / PurePath"),
        ("i18n.is_within_another", "mkdocs_static_i18n.plugin",
         r"if self\.building:\s+return\s+self\.building = True"),
        ("i18n.build_only", "mkdocs_static_i18n.plugin",
         r"if self\.building:\s+return\s+self\.building = True"),
        ("i18n.say_less", "mkdocs_static_i18n.reconfigure", r"log\.info\("),
        ("i18n.say_less", "mkdocs.commands.build", r"log\.info\(f\"Template skipped: "),
        ("i18n.settle_fallback", "mkdocs_static_i18n.reconfigure",
         r"self\.config\.fallback_to_default is True"),
        ("i18n.tell_search_engines", "mkdocs_static_i18n.plugin",
         r'context\["i18n_alternates"\] = self\.i18n_files_per_language'),
        ("i18n.sources", "mkdocs_static_i18n.plugin",
         r"self\.i18n_files_per_language\[self\.current_language\] = i18n_files\.doc"),
        ("i18n.languages", "mkdocs_static_i18n.config", r'self\.link = f"/\{self\.locale\}/"'),
        ("i18n.source_of", "mkdocs_static_i18n.folder", r"file\.norm_src_uri = PurePath\("),
        ("i18n.alternates", "mkdocs_static_i18n.folder",
         r"file\.alternates = \{current_language: file\}"),
        ("i18n.place", "mkdocs_static_i18n.folder", r"file\.locale = file_locale"),
        ("pages.derived_file", "mkdocs.structure.files", r"def generated\("),
        ("pages.navigation", "mkdocs.structure.nav",
         r"page1\.previous_page, page1\.next_page = page0, page2"),
        ("pages.navigation", "mkdocs.structure.nav", r"child\.parent = item"),
        ("serving._building_only", "mkdocs.commands.build",
         r"utils\.clean_directory\(config\.site_dir\)"),
        ("serving.render_once", "mkdocs.commands.build", r"page\.render\(config, files\)"),
        ("serving._look_more_often", "mkdocs.livereload",
         r"self\.observer = .*PollingObserver\(timeout=polling_interval\)"),
        ("serving.build_what_is_read", "mkdocs.livereload", r"self\.builder\(\)"),
        ("theme.keep_environment", "mkdocs.theme",
         r"Environment\(loader=loader, auto_reload=False\)"),
        ("theme.mark", "mkdocs.structure.toc", r"token\['name'\]"),
        ("theme.keep_environment", "mkdocs.commands.build", r"env = config\.theme\.get_env\(\)"),
        ("pages.place_derived", "mkdocs.structure.nav", r"Page\(None, file, config\)"),
        ("theme.on_demand", "base.html",
         r"<script src=\"\{\{ 'assets/javascripts/bundle\.\w+\.min\.js' \| url \}\}\"></script>"),
    ],
)  # fmt: skip
def test_it_is_still_so(relies: str, where: str, pattern: str) -> None:
    module, name = relies.split(".")
    assert callable(getattr(importlib.import_module(f"engine.{module}"), name))
    if where.endswith(".html"):
        text = (THEME / where).read_text("utf-8")
    else:
        text = inspect.getsource(importlib.import_module(where))
    assert re.search(pattern, text), f"hooks/engine/{module}.py, {name}: {where} has moved"


@pytest.mark.parametrize(
    ("owner", "names"),
    [
        (I18n, ["default_language", "build_languages", "on_files", "on_post_build"]),
        (LiveReloadServer, ["watch", "unwatch", "set_app", "serve_request"]),
        (File, ["generated"]),
        (utils, ["clean_directory"]),
    ],
)
def test_it_is_still_there(owner: object, names: list[str]) -> None:
    assert [name for name in names if not hasattr(owner, name)] == []


def test_static_i18n_comes_between_our_first_and_our_last() -> None:
    events = ("on_config", "on_files", "on_nav", "on_post_build")
    for event in events:
        priority = getattr(I18n, event).mkdocs_priority
        assert engine.FIRST > priority > engine.LAST


def test_files_that_are_looked_for_again_are_excluded_again() -> None:
    """So that arrangement.py may add what static-i18n drops."""
    assert "set_exclusions(files, config)" in inspect.getsource(get_files)
