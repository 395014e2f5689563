"""What is written beside the pages: for each language, and once at the end."""

from __future__ import annotations

from pathlib import Path

import publication
import pytest
from hooks.conftest import Make

from engine import i18n


@pytest.mark.parametrize(
    ("language", "folder"), [("zh", ""), ("zh-Hans", "zh-Hans/"), ("en", "en/")]
)
def test_each_language_has_its_search_and_redirects(
    make: Make, root: Path, language: str, folder: str
) -> None:
    make(language).arranged().rendered().templates()
    worker = (root / f"site/{folder}search/worker.js").read_text("utf-8")
    said = {"zh": "提高轉化率", "zh-Hans": "提高转化率", "en": "A better conversion rate"}
    assert said[language] in worker
    assert language != "zh-Hans" or said["zh"] not in worker
    redirect = (root / f"site/{folder}roles/promotion/index.html").read_text("utf-8")
    assert '<a href="../marketing/">' in redirect


def test_no_redirect_takes_the_place_of_a_page(make: Make, root: Path) -> None:
    (root / "docs/redirects.yml").write_text("roles/after-sales: roles/marketing\n", "utf-8")
    make().arranged().rendered().templates()
    assert not (root / "site/en/roles/after-sales").exists()


@pytest.mark.parametrize(("language", "path"), [("en", "en/404.html"), ("zh", "")])
def test_each_language_has_its_404_page(make: Make, root: Path, language: str, path: str) -> None:
    config = make(language).config
    left = config.plugins.on_post_template("<p>404</p>", template_name="404.html", config=config)
    assert left == ("" if path else "<p>404</p>")
    assert [
        file.relative_to(root / "site").as_posix() for file in root.glob("site/**/404.html")
    ] == ([path] if path else [])


def test_other_templates_stay_where_they_are(make: Make) -> None:
    config = make("en").config
    assert config.plugins.on_post_template("x", template_name="sitemap.xml", config=config) == "x"


def test_the_end_comes_once_after_the_last_language(make: Make, root: Path) -> None:
    config = make("en").arranged().config
    page = root / "site/en/index.html"
    page.parent.mkdir(parents=True)
    page.write_text("<!doctype html><html><head><meta charset=utf-8></head><body>x", "utf-8")
    i18n.plugin(config).building = True
    publication.on_post_build(config)
    assert "Content-Security-Policy" not in page.read_text("utf-8")
    i18n.plugin(config).building = False
    publication.on_post_build(config)
    assert "Content-Security-Policy" in page.read_text("utf-8")


def test_the_line_to_mend_is_known(make: Make) -> None:
    config = make("en").arranged().config
    assert i18n.sources(config)["en/roles/marketing/index.html"] == Path(
        "docs/en/roles/marketing.md"
    )
