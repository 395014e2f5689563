"""The offline copy of a small site: where links lead, and what is left out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from handbook.base.html import parsed
from handbook.site.finished.offline import OfflineCopy
from handbook.site.finished.policy import PublishingError, digest

SITE = "https://handbook.example/base/"
SCOPE = f'var scope=new URL("{SITE}",location)'
Copied = Callable[..., str]
HERE = "en/roles/marketing/index.html"
WORKER = "../../../assets/javascripts/workers/search.js"
"""Left out of the copy: no page of it can use the file."""
OTHERS = ("index.html", "en/index.html", "en/roles/index.html", "roles/marketing/index.html")


@pytest.fixture
def copied(tmp_path: Path) -> Copied:
    """What becomes of the body of a page that stands at `HERE`, among others."""
    files = {HERE: "", **dict.fromkeys(OTHERS, ""), "downloads/handbook.csv": "x" * 1500}
    files |= {"assets/javascripts/workers/search.js": ""}
    write(tmp_path, files | {"assets/a.js": ""})

    def copy(body: str, head: str = "") -> str:
        made = OfflineCopy(tmp_path, SITE, SITE)
        made.add(HERE, parsed(f"<html><head>{head}</head><body>{body}</body></html>"))
        page = made.contents()[HERE].decode()
        found = re.fullmatch(r"<!doctype html>\n<html>(?s:(.*))</html>", page)
        assert found
        return found[1].removeprefix("<head></head><body>").removesuffix("</body>")

    return copy


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("./", "index.html"),
        ("../", "../index.html"),
        ("../../", "../../index.html"),
        ("../../../", "../../../index.html"),
        ("../../..", "../../../index.html"),
        ("../../../roles/marketing/#duty-3-2", "../../../roles/marketing/index.html#duty-3-2"),
        ("../?q=stock#x", "../index.html?q=stock#x"),
        ("../index.html", "../index.html"),
        ("../../../downloads/handbook.csv", "../../../downloads/handbook.csv"),
        (SITE, "../../../index.html"),
        (f"{SITE}en/#top", "../../index.html#top"),
        ("#duty-3-2", "#duty-3-2"),
        ("", ""),
        ("mailto:a@handbook.example", "mailto:a@handbook.example"),
        ("data:image/svg+xml,x", "data:image/svg+xml,x"),
    ],
)
def test_links_lead_to_files(address: str, expected: str, copied: Copied) -> None:
    assert copied(f'<a class="x" href="{address}">a</a>') == f'<a class="x" href="{expected}">a</a>'


@pytest.mark.parametrize(
    "address", ["../no/", "/en/", "../../../../index.html", f"{SITE}no/", WORKER]
)
def test_a_link_that_leads_nowhere_is_refused(address: str, copied: Copied) -> None:
    with pytest.raises(PublishingError) as refused:
        copied(f'<a href="{address}">a</a><img src="../x.png">')
    assert str(refused.value) == (
        "pages must not be published\n"
        f"links of the offline copy that lead nowhere:\n{HERE}: {address}\n{HERE}: ../x.png"
    )


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ('<p data-online>Report it <a href="https://x.example/">here</a></p>b', "b"),
        (f'<link rel="canonical" href="{SITE}en/">a', "a"),
        ('<link rel="alternate " hreflang="en" href="https://x.example/">a', "a"),
        ('<meta property="og:url" content="https://x.example/">a', "a"),
        (
            '<article><a class="md-content__button" href="https://x.example/edit">a</a>b</article>',
            "<article>b</article>",
        ),
        ('<div class="md-header__source"><a href="https://x.example/">a</a></div>b', "b"),
        (
            '<footer><a href="https://x.example/">Made with <b>x</b></a></footer>',
            "<footer>Made with <b>x</b></footer>",
        ),
        ('<footer><a href="//x.example/">a</a></footer>', "<footer>a</footer>"),
    ],
)
def test_what_could_only_lead_to_a_host_is_left_out(
    page: str, expected: str, copied: Copied
) -> None:
    assert copied(page) == expected


def test_a_page_that_has_moved_leads_to_a_file(copied: Copied) -> None:
    page = '<meta http-equiv="refresh" content="0; url={}">'
    assert copied(page.format("../#x")) == page.format("../index.html#x")


def test_links_in_the_text_stay(copied: Copied) -> None:
    page = '<article><p><a href="https://x.example/a/">a</a></p></article>'
    assert copied(page) == page


def test_what_is_said_of_downloads_is_settled_for_the_copy(copied: Copied) -> None:
    page = (
        '<p data-downloads="handbook.csv">CSV <b data-size="handbook.csv"></b></p>'
        '<p data-downloads="handbook-offline.zip">ZIP</p>'
    )
    assert copied(page) == '<p data-downloads="handbook.csv">CSV 2 KB</p>'


def test_choices_are_kept_for_the_folder_and_the_policy_allows_it(copied: Copied) -> None:
    policy = "script-src 'self' '{}' '{}'"
    script = SCOPE.replace(SITE, "../../..")
    meta = '<meta http-equiv="Content-Security-Policy" content="{}">'
    page = f"{meta}<script>{{}}</script><script>other()</script>"
    before = page.format(policy.format(digest(SCOPE), digest("other()")), SCOPE)
    after = page.format(policy.format(digest(script), digest("other()")), script)
    assert copied(before) == after


def test_search_leads_to_files(tmp_path: Path) -> None:
    start = "engine();\nhandbookAnswer({});\n"
    index = {
        "pages": ["./", "roles/", "roles/marketing/"],
        "ways": ["roles/"],
        "pairs": {"a/b": "compare/a/b/"},
        "absent": [["薪酬", "薪酬", "about/", "limits"], ["年假", "年假", "", ""]],
        "report": "about/#feedback",
        "entries": ["roles/ 中文"],
    }
    script = start.format(json.dumps(index))
    write(tmp_path, {"search/worker.js": script, "en/search/worker.js": script})
    made = OfflineCopy(tmp_path, "", "/").contents()
    expected = index | {
        "pages": ["index.html", "roles/index.html", "roles/marketing/index.html"],
        "ways": ["roles/index.html"],
        "pairs": {"a/b": "compare/a/b/index.html"},
        "absent": [["薪酬", "薪酬", "about/index.html", "limits"], ["年假", "年假", "", ""]],
        "report": "about/index.html#feedback",
    }
    assert made["search/worker.js"] == made["en/search/worker.js"]
    data = made["search/worker.js"].decode().removeprefix("engine();\nhandbookAnswer(")
    assert json.loads(data.removesuffix(");\n")) == expected


def test_search_in_two_parts_is_one_where_nothing_can_be_fetched(tmp_path: Path) -> None:
    index = {"pages": ["roles/"], "ways": [], "pairs": {}, "absent": [], "report": ""}
    script = f"handbookAnswer({json.dumps(index | {'rest': 'rest.0123abcd.json'})});\n"
    rest = json.dumps({"pages": ["roles/", "roles/marketing/"]})
    write(tmp_path, {"en/search/worker.js": script, "en/search/rest.0123abcd.json": rest})
    made = OfflineCopy(tmp_path, "", "/").contents()
    assert [*made] == ["en/search/worker.js"]
    data = made["en/search/worker.js"].decode().removeprefix("handbookAnswer(")
    whole = index | {"pages": ["roles/index.html", "roles/marketing/index.html"]}
    assert json.loads(data.removesuffix(");\n")) == whole


def test_what_no_page_can_use_is_left_out(tmp_path: Path) -> None:
    kept = ["assets/a.js", "downloads/handbook.pdf", "index.html"]
    left_out = [
        "404.html", "en/404.html", "sitemap.xml", "sitemap.xml.gz",
        "assets/a.js.map", "assets/javascripts/lunr/min/lunr.zh.min.js",
        "assets/javascripts/workers/search.js", "downloads/handbook-offline.zip",
    ]  # fmt: skip
    write(tmp_path, dict.fromkeys([*left_out, *kept], ""))
    copy = OfflineCopy(tmp_path, "", "/")
    for page in ("404.html", "en/404.html", "index.html"):
        copy.add(page, parsed("<html></html>"))
    assert [*copy.contents()] == kept
