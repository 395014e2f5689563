"""The security policy in every page, and a browser that holds the site to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from e2e.authored import ROOTS, of_language, unlike
from e2e.built import Built
from playwright.sync_api import expect

from handbook.site.finished.policy import digest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run
    from playwright.sync_api import Page

NEEDED = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self' data:",
}
BROKEN = "() => addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>\
 console.error(`policy: ${violatedDirective} ${blockedURI}`))"

every_language = pytest.mark.parametrize("tag", ROOTS)


@pytest.fixture
def guarded(new_page: Callable[..., Page]) -> Page:
    """A page that reports every violation of its policy, from its first byte."""
    page = new_page(viewport={"width": 1280, "height": 900})
    page.add_init_script(f"({BROKEN})()")
    return page


@pytest.mark.parametrize("folder", ["site", "published_site"])
def test_every_page_has_the_policy_before_anything_that_it_rules(
    request: pytest.FixtureRequest, folder: str
) -> None:
    built = Built(request.getfixturevalue(folder), "http://x/")
    assert built.pages
    for name, page in built.pages.items():
        charset, meta = page.xpath("/html/head/meta")[:2]
        assert charset.get("charset") == "utf-8", name
        assert meta.get("http-equiv") == "Content-Security-Policy", name
        rules = dict(rule.split(" ", 1) for rule in meta.get("content").split("; "))
        assert rules.items() >= NEEDED.items(), name
        inline = [s.text for s in page.iter("script") if not s.get("src") and not s.get("type")]
        allowed = set(re.findall(r"'(sha256-[^']+)'", rules["script-src"]))
        assert {digest(text) for text in inline} <= allowed, name
        styles = [digest(style.text) for style in page.iter("style")]
        assert rules["style-src"] == " ".join(["'self'", *(f"'{style}'" for style in styles)]), name
        assert not page.xpath("//@style"), name


@every_language
def test_no_page_breaks_its_policy_or_asks_another_host(
    guarded: Page, published_server: str, published_site: Path, pages: list[str], tag: str
) -> None:
    for address in unlike(of_language(pages, tag), published_site):
        guarded.goto(published_server + address, wait_until="load")
        guarded.emulate_media(media="print")
        guarded.emulate_media(media="screen")


@every_language
def test_nothing_a_reader_does_breaks_the_policy(guarded: Page, server: str, tag: str) -> None:
    guarded.goto(server + ROOTS[tag] + "roles/marketing/")
    guarded.locator(".hb-palette").click()
    guarded.keyboard.press("Control+k")
    guarded.keyboard.type("ROI")
    guarded.locator(".md-search-result__link").first.click()
    expect(guarded.locator("h1")).to_be_visible()
    guarded.goto(server + ROOTS[tag] + "roles/marketing/")
    guarded.mouse.wheel(0, 2000)
    guarded.wait_for_function("() => 'component$' in window")
    guarded.locator(".hb-toc a").last.click()
    guarded.emulate_media(media="print")
    guarded.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    guarded.emulate_media(media="screen")
    guarded.locator("header .hb-languages a").first.click()
    expect(guarded.locator("html")).not_to_have_attribute("lang", tag)


def test_the_watch_sees_a_violation(guarded: Page, server: str, problems: list[str]) -> None:
    """The tests above would notice: a style attribute, a script and a form are stopped."""
    guarded.goto(server)
    guarded.evaluate("() => document.body.setAttribute('style', 'color: red')")
    guarded.evaluate("() => document.body.append(Object.assign(document.createElement('script'),"
                     " { textContent: 'window.ran = 1' }))")  # fmt: skip
    assert guarded.evaluate("() => window.ran") is None
    assert any(problem.startswith("console error: policy: style-src-attr") for problem in problems)
    assert any(problem.startswith("console error: policy: script-src-elem") for problem in problems)
    problems.clear()


def test_a_page_with_a_script_of_its_own_is_not_published(run: Run, repo_copy: Path) -> None:
    template = repo_copy / "overrides" / "404.html"
    text = template.read_text(encoding="utf-8")
    template.write_text(text.replace("<h1>", "<script>track()</script><h1 style='color:red'>", 1))
    result = run("mkdocs", "build", "--strict", HANDBOOK_DOWNLOADS="0")
    assert result.returncode != 0
    assert "404.html: inline script `track()`" in result.stderr
    assert 'en/404.html: `style="color:red"` on <h1>' in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("address", ['https://a.example/"+alert(1)+"/', "https://a.example/<b>/"])
def test_an_address_that_could_end_a_script_is_refused(run: Run, address: str) -> None:
    result = run("mkdocs", "build", SITE_URL=address)
    assert result.returncode != 0
    assert "SITE_URL: expected an address of plain characters" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("name", ["REPORT_URL", "EDIT_URI"])
def test_an_address_that_runs_a_script_is_refused(run: Run, name: str) -> None:
    given = {"REPO_URL": "https://a.example/b", name: "javascript:alert(1)"}
    result = run("mkdocs", "build", **given)
    assert result.returncode != 0
    assert f"{name}: expected an address with https: or mailto:" in result.stderr


def test_the_gate_says_where_a_page_must_be_mended(run: Run, repo_copy: Path) -> None:
    """What the check does not know of, as when a rule is lost, is stopped all the same."""
    rule = repo_copy / "hooks/handbook/checks/rules/text/markup.py"
    allowed = rule.read_text(encoding="utf-8").replace("_ALLOWED = {", '_ALLOWED = {"meter", ', 1)
    rule.write_text(allowed, encoding="utf-8")
    page = repo_copy / "docs/en/downloads.md"
    lines = page.read_text(encoding="utf-8").rstrip("\n").split("\n")
    page.write_text("\n".join([*lines, "", "<meter>1</meter>", ""]), encoding="utf-8")
    result = run("mkdocs", "build", HANDBOOK_DOWNLOADS="0")
    assert result.returncode != 0
    where = f"docs/en/downloads.md:{len(lines) + 2}: delete it"
    assert f"en/downloads/index.html: the element <meter> ({where})" in result.stderr
