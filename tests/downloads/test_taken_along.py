"""What is taken along from pages of a small site: plain text and an e-book."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest

from handbook.base.html import parsed
from handbook.site.files.ebook import Built, Chapter, ebook
from handbook.site.files.taken_along import as_text, content
from handbook.site.files.workbook import About

SITE = "https://handbook.example/base/"
HERE = f"{SITE}en/roles/marketing/"
ABOUT = About(
    "2026.11", date(2026, 11, 22), [("授權 Licence", "CC BY")], {"en": "A & B", "zh-Hant": "甲"}
)
ROLE = """<html lang="en"><body><article>
<p class="hb-eyebrow">Section 3</p>
<h1 id="top">Marketing</h1>
<p>Brings in <a class="hb-term" href="../../glossary/measures-traffic/">traffic</a>.</p>
<ul class="hb-actions"><li><a href="index.md">Copy</a></li></ul>
<section class="hb-summary">Summary</section>
<h2 id="duties">Duties</h2><a class="hb-link" href="#duties"></a>
<p id="duty-3-1" class="hb-retired">3.1: see <a href="../sales/#duty-4-1">4.1</a>.</p>
<h3 id="duty-3-2"><span class="duty-number">3.2</span> Ads * and_so_on</h3>
<ul><li>Plan<ul><li>Buy</li></ul></li><li><a href="https://other.example/">Place</a></li></ul>
<form><input></form><div class="hb-foot">Changed</div>
</article><a class="hb-edition" href="../../changes/">Edition <b>2026.11</b></a></body></html>"""
TEXT = """# Marketing

Section 3 · Edition 2026.11 · {at}

Brings in traffic.

## Duties

3.1: see [4.1]({sales}#duty-4-1).

### 3.2 Ads \\* and\\_so\\_on

- Plan
  - Buy
- [Place](https://other.example/)
"""


@pytest.mark.parametrize(
    ("absolute", "sales"), [(True, f"{SITE}en/roles/sales/"), (False, "../sales/")]
)
def test_a_role_as_text_says_where_it_is_from(absolute: bool, sales: str) -> None:
    made = as_text(parsed(ROLE), HERE, absolute=absolute)
    assert made == TEXT.format(at=HERE, sales=sales)


TERM = {"en/glossary/measures-traffic/": "duty-4-1"}


def chapters() -> list[Chapter]:
    sales = '<html lang="zh-Hant"><body><article><h1>銷售</h1><h3 id="duty-4-1">4.1 賣</h3>'
    sales += '<p lang="en" style="color:red">Sell</p><p hidden>Later</p>'
    sales += '<p><a href="../../glossary/">G</a><img src="../../a%20b.png" alt="a" width="9"></p>'
    return [
        Chapter("m", "en", content(parsed(ROLE)), {"en/roles/marketing/": ""}),
        Chapter(
            "s", "zh-Hant", content(parsed(sales)),
            dict.fromkeys(("roles/sales/", "en/roles/sales/"), "") | TERM,
        ),
    ]  # fmt: skip


def book(folder: Path, address: str = SITE) -> Mapping[str, str]:
    (folder / "a b.png").write_bytes(b"picture")
    built = Built(folder, address)
    with ZipFile(io.BytesIO(ebook(chapters(), ABOUT, "en", "downloads/a.epub", built))) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_links_stay_in_the_book_where_it_has_their_target(tmp_path: Path) -> None:
    made = book(tmp_path)
    assert '<a class="hb-term" href="s.xhtml#duty-4-1">traffic</a>' in made["EPUB/m.xhtml"]
    assert '<a href="s.xhtml#duty-4-1">4.1</a>' in made["EPUB/m.xhtml"]
    assert '<a href="https://other.example/">Place</a>' in made["EPUB/m.xhtml"]
    assert f'<a href="{SITE}glossary/">G</a>' in made["EPUB/s.xhtml"]
    assert "<p>G<img" in book(tmp_path, "")["EPUB/s.xhtml"]  # nobody knows where that is


def test_a_passage_keeps_its_language_and_nothing_that_only_the_site_knows(tmp_path: Path) -> None:
    made = book(tmp_path)
    assert '<p lang="en" xml:lang="en">Sell</p>' in made["EPUB/s.xhtml"]
    assert '<img src="pictures/a-b.png" alt="a"/>' in made["EPUB/s.xhtml"]
    assert made["EPUB/pictures/a-b.png"] == "picture"
    assert 'href="pictures/a-b.png" media-type="image/png"/>' in made["EPUB/package.opf"]
    assert "Later" not in made["EPUB/s.xhtml"]
    for word in ("Summary", "Changed", "<form", "hb-link", "Section 3"):
        assert word not in made["EPUB/m.xhtml"]


def test_it_is_called_what_the_handbook_is_called_in_its_languages(tmp_path: Path) -> None:
    made = book(tmp_path)
    assert "<dc:title>A &amp; B · 甲</dc:title>" in made["EPUB/package.opf"]
    assert (
        "<dc:language>en</dc:language><dc:language>zh-Hant</dc:language>"
        in (made["EPUB/package.opf"])
    )
    assert 'dcterms:modified">2026-11-22T00:00:00Z<' in made["EPUB/package.opf"]
    assert '<a href="m.xhtml#duty-3-2">3.2 Ads * and_so_on</a>' in made["EPUB/nav.xhtml"]
    assert "color:" not in made["EPUB/style.css"]
    assert book(tmp_path) == made
