"""While serving: one language at a time, and nothing twice."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from conftest import ROOT
from hooks.conftest import Make

from engine import i18n
from engine.context import session


def test_the_language_that_is_wanted_is_built_and_no_other(make: Make) -> None:
    session.only = "zh-Hans"
    config = make("en").config
    assert i18n.current(config) == "zh-Hans"
    assert i18n.is_within_another(config)


def test_a_text_is_rendered_once(make: Make) -> None:
    session.serving = True
    made = make().arranged().rendered()
    kept = dict(session.rendered)
    assert ("en", "en/index.md", "# Handbook\n\nThe home page.") in kept
    session.only = "en"
    again = make().arranged().rendered()
    assert session.rendered == kept
    assert again.page("index").content == made.page("index").content
    session.only = ""
    make()
    assert session.rendered == {}


def test_pages_that_are_gone_are_deleted(make: Make, root: Path) -> None:
    session.serving = True
    make().arranged().rendered().templates()
    page = root / "site/en/roles/after-sales/index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("x", "utf-8")
    (root / "docs/en/roles/after-sales.md").unlink()
    make().arranged().rendered().templates()
    assert not page.exists()


def test_a_page_is_converted_only_while_serving(make: Make) -> None:
    config = make("zh").config
    html = '<html lang="zh-Hans"><body>職責</body></html>'
    page = None
    assert config.plugins.on_post_page(html, page=page, config=config) == html  # type: ignore[arg-type]
    session.serving = True
    assert "职责" in config.plugins.on_post_page(html, page=page, config=config)  # type: ignore[arg-type]
    shown = config.plugins.on_post_template(html, template_name="404.html", config=config)
    assert "职责" in shown


def test_a_template_that_is_edited_is_compiled_anew(make: Make, root: Path) -> None:
    session.serving = True
    shutil.copytree(ROOT / "overrides", root / "own")
    settings = root / "mkdocs.yml"
    settings.write_text(
        settings.read_text("utf-8").replace(str(ROOT / "overrides"), "own"), "utf-8"
    )
    before = make().templates().get_template("partials/here.html")
    assert make().templates().get_template("partials/here.html") is before
    edited = root / "own/partials/here.html"
    edited.write_text("edited", "utf-8")
    os.utime(edited, (1, 1))
    assert make().templates().get_template("partials/here.html").render() == "edited"
