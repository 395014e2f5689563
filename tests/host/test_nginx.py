"""The site behind nginx: what is sent with what, what is not served, and how it looks there."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import TYPE_CHECKING

import brotli
import pytest
from e2e.authored import ROOTS
from e2e.server import serve_folder
from host.conftest import Answer, Host
from playwright.sync_api import expect

from handbook.site.host.ready import make_ready

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

TYPES = {
    ".apkg": "application/octet-stream",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".epub": "application/epub+zip",
    ".html": "text/html; charset=utf-8",
    ".js": "application/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".jsonld": "application/ld+json; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "text/xml; charset=utf-8",
    ".zip": "application/zip",
}
UNPACK: dict[str, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress}
FOR_GOOD = "public, max-age=31536000, immutable"


def safe(answer: Answer) -> bool:
    sent = answer.headers
    policy = sent.get("content-security-policy", "")
    return (
        policy.startswith("default-src 'none'; script-src 'self' 'sha256-")
        and policy.endswith("frame-ancestors 'none'")
        and "unsafe" not in policy
        and sent.get("x-content-type-options") == "nosniff"
        and sent.get("referrer-policy") == "same-origin"
        and sent.get("cross-origin-opener-policy") == "same-origin"
    )


def test_every_kind_of_file_is_served_with_its_type_compressed_and_safe(served: Host) -> None:
    files = [path for path in sorted(served.site.rglob("*.*")) if path.suffix in TYPES]
    kinds = {path.suffix for path in files}
    assert kinds == {*TYPES} - ({".txt"} if served.base == "/" else set())
    one_of_each = {path.suffix: path for path in files if path.name != "404.html"}
    hashed = [path for path in files if re.search(r"\.[0-9a-f]{8}\.", path.name)]
    for path in [*one_of_each.values(), *hashed]:
        at = f"{served.base}{path.relative_to(served.site).as_posix()}"
        plain = served.ask(at)
        assert (plain.status, plain.body) == (200, path.read_bytes()), at
        assert plain.headers["content-type"] == TYPES[path.suffix], at
        assert plain.headers["cache-control"] == (FOR_GOOD if path in hashed else "no-cache"), at
        assert "last-modified" not in plain.headers
        assert safe(plain), at
        for encoding, unpack in UNPACK.items():
            packed = served.ask(at, Accept_Encoding=encoding)
            beside = path.with_name(f"{path.name}.{encoding.replace('gzip', 'gz')}")
            assert packed.headers.get("content-encoding") == (encoding if beside.exists() else None)
            if beside.exists():
                assert unpack(packed.body) == plain.body, at
                assert packed.headers["vary"] == "Accept-Encoding"
    texts = [path for path in files if path.with_name(f"{path.name}.br").exists()]
    before, after = (
        sum(path.with_name(path.name + end).stat().st_size for path in texts) for end in ("", ".br")
    )
    assert after < before * 0.3


def test_what_is_not_there_is_told_in_the_language_of_the_address(served: Host) -> None:
    for tag, folder in ROOTS.items():
        for path in ("gone", "gone/", "roles/gone/x.html", "assets/page.00000000.css"):
            answer = served.ask(f"{served.base}{folder}{path}")
            assert (answer.status, answer.headers["cache-control"]) == (404, "no-cache"), path
            assert f'<html lang="{tag}"'.encode() in answer.body
            assert safe(answer)


def test_no_hidden_file_no_list_of_files_and_nothing_but_reading(served: Host) -> None:
    (served.site / ".hidden").write_text("secret", "utf-8")
    (served.site / ".well-known").mkdir(exist_ok=True)
    (served.site / ".well-known/security.txt").write_text("Contact: x\n", "utf-8")
    unserved = (".hidden", "en/.git/config", ".well-known/../.hidden", "assets/", "en/assets/")
    assert {served.ask(f"{served.base}{path}").status for path in unserved} == {404}
    assert served.ask("/.well-known/security.txt").body == b"Contact: x\n"
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"):
        assert served.ask(served.base, method).status == 405, method
    head = served.ask(served.base, "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["content-length"]) == (served.site / "index.html").stat().st_size
    moved = served.ask(f"{served.base}roles")
    assert (moved.status, moved.headers["location"]) == (301, f"{served.base}roles/")


def test_below_a_path_the_host_has_nothing_else(below: Host) -> None:
    assert [below.ask(path).status for path in ("/", "/en/", "/base")] == [404, 404, 301]
    robots = "User-agent: *\nAllow: /\nSitemap: https://handbook.example/base/sitemap.xml\n"
    assert below.ask("/robots.txt").body.decode() == robots


def test_what_did_not_change_is_not_sent_again_after_another_build(at_root: Host) -> None:
    page = at_root.site / "about/index.html"
    known = at_root.ask("/about/", Accept_Encoding="br").headers["etag"]
    content = page.read_bytes()
    page.write_bytes(content)  # now it is of today
    make_ready(at_root.site)
    again = at_root.ask("/about/", Accept_Encoding="br", If_None_Match=known)
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", known)
    assert safe(again)
    page.write_bytes(content.replace(b"<title>", b"<TITLE>"))  # as long as it was
    make_ready(at_root.site)
    assert at_root.ask("/about/", Accept_Encoding="br", If_None_Match=known).status == 200
    page.write_bytes(content)
    make_ready(at_root.site)


def test_no_other_site_can_show_it_in_a_frame(
    page: Page, at_root: Host, problems: list[str], tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text(f"<iframe src='{at_root.address}'></iframe>", "utf-8")
    with serve_folder(tmp_path) as other:
        page.goto(other)
        page.wait_for_function("() => frames.length === 1")
        page.wait_for_timeout(500)
        framed = page.frames[1]
        assert framed.url.startswith("chrome-error:")
        assert framed.locator("main").count() == 0
    refused = "violates the following Content Security Policy directive: \"frame-ancestors 'none'\""
    assert any(refused in each for each in problems), problems
    problems.clear()


@pytest.mark.parametrize("tag", ROOTS)
def test_pages_work_with_these_headers_and_say_nothing_in_the_console(
    page: Page, served: Host, problems: list[str], tag: str
) -> None:
    home = f"{served.address}{ROOTS[tag]}"
    for path in ("", "roles/marketing/", "compare/", "self-test/", "downloads/", "changes/"):
        page.goto(f"{home}{path}")
        page.locator("main").click(position={"x": 1, "y": 1})  # the theme's script arrives
        page.wait_for_function("() => 'component$' in window")
    page.goto(home)
    page.keyboard.press("Control+k")
    page.keyboard.type("returns")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    page.locator(".md-search-result__link").first.click()
    expect(page.locator("h1")).to_be_visible()
    page.goto(f"{home}gone/")
    expect(page.locator("h1")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == tag
    problems[:] = [each for each in problems if not each.startswith("404:")]
