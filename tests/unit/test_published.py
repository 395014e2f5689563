"""A built site made ready: pages of several depths, with and without what they may have."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from handbook.site.finished.policy import PublishingError
from handbook.site.finished.published import Site

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
    <script src="{0}assets/javascripts/on-demand.js" defer></script>
      <script src="{0}assets/javascripts/search.js" defer></script>
  </body>
</html>
"""
FILES = {
    "assets/a.css": ".one { color: var(--c) }\n.two { a: b }",
    "assets/b.css": ":root { --c: red; --d: blue }",
    "assets/javascripts/on-demand.js": "// says what\nconst a = 1;\n",
    "assets/javascripts/search.js": "const a = 2;\n",
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


def test_a_page_asks_for_one_style_sheet_and_one_script_and_has_a_policy(tmp_path: Path) -> None:
    site(tmp_path).publish()
    for name, root in (("index.html", ""), ("en/deep/index.html", "../../")):
        page = html.document_fromstring((tmp_path / name).read_bytes())
        sheet = only(page, "//link[@rel='stylesheet']/@href")
        assert re.fullmatch(rf"{re.escape(root)}assets/page\.[0-9a-f]{{8}}\.css", sheet)
        text = ((tmp_path / name).parent / sheet).read_text()
        assert text == ".one{color:var(--c)}.two{a:b}:root{--c:red;--d:blue}"
        script = only(page, "//script/@src")
        assert re.fullmatch(rf"{re.escape(root)}assets/page\.[0-9a-f]{{8}}\.js", script)
        joined = (tmp_path / name).parent / script
        assert joined.read_text() == "{\nconst a = 1;\n}\n{\nconst a = 2;\n}\n"
        policy = only(page, "//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert page.xpath("//pre/text()") == ["  as\n  it is"]
        icon = only(page, "//link[@rel='icon']/@href")
        assert (
            icon == "data:image/svg+xml,%3Csvg%20xmlns='s'%3E%3Cpath%20fill='%23f00'/%3E%3C/svg%3E"
        )


def test_what_few_pages_have_stays_a_file_of_its_own(tmp_path: Path) -> None:
    one = site(tmp_path)
    (tmp_path / "assets/c.css").write_text(".three { a: b }", encoding="utf-8")
    (tmp_path / "assets/javascripts/duty-filter.js").write_text("const a = 3;\n", encoding="utf-8")
    page = tmp_path / "index.html"
    more = '<link rel="stylesheet" href="assets/c.css" data-apart></head>'
    text = page.read_text("utf-8").replace("</head>", more)
    more = '<script src="assets/javascripts/duty-filter.js" defer data-apart></script></body>'
    page.write_text(text.replace("</body>", more), "utf-8")
    one.publish()
    found = {}
    for name in ("index.html", "en/deep/index.html"):
        tree = html.document_fromstring((tmp_path / name).read_bytes())
        addresses: Any = tree.xpath("//link[@rel='stylesheet']/@href | //script/@src")
        found[name] = [str(each).removeprefix("../../") for each in addresses]
        assert not tree.xpath("//@data-apart")
    sheet, own_sheet, script, own_script = found["index.html"]
    assert found["en/deep/index.html"] == [sheet, script]
    assert (tmp_path / own_sheet).read_text() == ".three{a:b}"
    assert (tmp_path / own_script).read_text() == "{\nconst a = 3;\n}\n"


def test_files_that_no_page_asks_for_are_not_published(tmp_path: Path) -> None:
    later = '<script id="hb-on-demand" type="application/json">["assets/javascripts/term-notes.js"]'
    one = site(tmp_path, f"{later}</script>")
    for name in ("javascripts/term-notes.js", "javascripts/x/unused.js.map", "stylesheets/no.css"):
        (tmp_path / "assets" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "assets" / name).touch()
    one.publish()
    kept = {path.relative_to(tmp_path).as_posix() for path in (tmp_path / "assets").glob("*/**/*")}
    assert kept == {"assets/images/icon.svg", "assets/javascripts/term-notes.js"}


def test_publishing_is_the_same_every_time(tmp_path: Path) -> None:
    results = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        site(tmp_path / name).publish()
        results.append((tmp_path / name / "index.html").read_bytes())
    assert results[0] == results[1]


def test_pages_that_break_the_rules_are_named_with_their_sources(
    tmp_path: Path,
) -> None:
    one = site(tmp_path, "<p style='a:b'><script>x()</script>")
    source = Path("docs/en/deep.md")
    (tmp_path / "docs/en").mkdir(parents=True)
    (tmp_path / source).write_text("# Deep\n\n<iframe>\n", encoding="utf-8")
    deep = tmp_path / "en/deep/index.html"
    deep.write_text(PAGE.format("../../", "<iframe></iframe>"), encoding="utf-8")
    with pytest.raises(PublishingError) as error:
        replace(one, root=tmp_path, sources={"en/deep/index.html": source}).publish()
    assert str(error.value).splitlines() == [
        "pages must not be published",
        "en/deep/index.html: the element <iframe> (docs/en/deep.md:3: delete it)",
        'index.html: `style="a:b"` on <p>',
        "index.html: inline script `x()`",
    ]
