"""A built site made ready: pages of several depths, with and without what they may have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from handbook.policy import digest
from handbook.published import PublishingError, Site

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """
<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <link rel="icon" href="{0}assets/images/icon.svg">
    <link rel="stylesheet" href="{0}assets/a.css">

      <link rel="stylesheet" href="{0}assets/b.css">
  </head>
  <body>
    <p class="one">Text</p>
    <pre>  as
  it is</pre>{1}
    <script src="{0}assets/javascripts/x.js" defer></script>
      <script src="{0}assets/javascripts/y.js" defer></script>
  </body>
</html>
"""
FILES = {
    "assets/a.css": ".one { color: var(--c) }\n.two { a: b }",
    "assets/b.css": ":root { --c: red; --d: blue }",
    "assets/javascripts/x.js": "// says what\nconst a = 1;\n",
    "assets/javascripts/y.js": "const a = 2;\n",
    "assets/images/icon.svg": '<svg xmlns="s">\n  <path fill="#f00"/>\n</svg>\n',
}


def site(folder: Path, extra: str = "") -> Site:
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "index.html").write_text(PAGE.format("", extra), encoding="utf-8")
    (folder / "en" / "deep").mkdir(parents=True)
    (folder / "en" / "deep" / "index.html").write_text(PAGE.format("../../", ""), encoding="utf-8")
    return Site(folder, frozenset())


def only(page: html.HtmlElement, path: str) -> str:
    """The one text that `path` leads to."""
    found: Any = page.xpath(path)
    (text,) = found
    return str(text)


def test_a_page_holds_its_styles_asks_for_one_script_and_has_a_policy(tmp_path: Path) -> None:
    site(tmp_path).publish()
    for name, root in (("index.html", ""), ("en/deep/index.html", "../../")):
        page = html.document_fromstring((tmp_path / name).read_bytes())
        style = only(page, "//style/text()")
        assert style == ".one{color:var(--c)}:root{--c:red}"
        assert not page.xpath("//link[@rel='stylesheet']")
        script = only(page, "//script/@src")
        assert re.fullmatch(rf"{re.escape(root)}assets/javascripts/page\.[0-9a-f]{{8}}\.js", script)
        joined = (tmp_path / name).parent / script
        assert joined.read_text() == "{\nconst a = 1;\n}\n{\nconst a = 2;\n}\n"
        policy = only(page, "//meta[@http-equiv='Content-Security-Policy']/@content")
        assert digest(style) in policy
        assert page.xpath("//pre/text()") == ["  as\n  it is"]
        icon = only(page, "//link[@rel='icon']/@href")
        assert icon == "data:image/svg+xml,%3Csvg xmlns='s'%3E%3Cpath fill='%23f00'/%3E%3C/svg%3E"


def test_publishing_is_the_same_every_time(tmp_path: Path) -> None:
    results = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        site(tmp_path / name).publish()
        results.append((tmp_path / name / "index.html").read_bytes())
    assert results[0] == results[1]


def test_a_page_that_breaks_the_policy_is_named_and_nothing_is_changed(tmp_path: Path) -> None:
    one = site(tmp_path, "<p style='a:b'><script>x()</script>")
    before = (tmp_path / "index.html").read_bytes()
    with pytest.raises(PublishingError) as error:
        one.publish()
    assert str(error.value).splitlines() == [
        "index.html: inline script `x()`",
        'index.html: `style="a:b"` on <p>',
    ]
    assert (tmp_path / "index.html").read_bytes() == before


def test_a_style_sheet_that_needs_a_file_is_named(tmp_path: Path) -> None:
    one = site(tmp_path)
    (tmp_path / "assets" / "b.css").write_text("p{background:url(x.png)}")
    with pytest.raises(PublishingError, match=r"assets/b\.css: refers to the file x\.png"):
        one.publish()
