"""A role's page as a tool: links and duties to copy, my role, two languages, a sheet of paper."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from e2e.authored import IN_BOTH, ROOT, ROOTS, WRITTEN_IN
from e2e.test_first_view import SHIFTS
from playwright.sync_api import expect
from pypdf import PdfReader

from handbook.base.script import simplified
from handbook.pages.loader import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

ROLE = "roles/marketing/"
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
MAY_COPY = ["clipboard-read", "clipboard-write"]
SAID = {
    "zh-Hant": ("已複製", "不能自動複製，網址列已是這一項的連結"),
    "zh-Hans": ("已复制", "不能自动复制，网址列已是这一项的链接"),
    "en": ("Copied", "Could not copy; the address bar now holds the link"),
}
NAMES = {
    "zh-Hant": ["複製連結：3.2", "中英對照 3.2", "複製文字：3.2"],
    "zh-Hans": ["复制链接：3.2", "中英对照 3.2", "复制文字：3.2"],
    "en": ["Copy the link to 3.2", "Read in English and Chinese 3.2", "Copy the text of 3.2"],
}
WHOLE = {
    "zh-Hant": "複製全頁文字", "zh-Hans": "复制全页文字", "en": "Copy the page as text",
}  # fmt: skip
NO_CLIPBOARD = """Object.defineProperty(navigator, "clipboard", { value: undefined });
document.execCommand = () => false;"""
BY_PLAIN_HTTP = 'Object.defineProperty(navigator, "clipboard", { value: undefined });'
NO_STORAGE = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("forbidden", "SecurityError"); },
});"""
CHOSEN = 'localStorage.setItem("handbook.role", "marketing");'
# What a reader copies who selects from one heading to the next.
SELECTED = """() => {
  const range = document.createRange();
  range.setStartBefore(document.getElementById("duty-3-2"));
  range.setEndAfter(document.getElementById("duty-3-3"));
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return getSelection().toString();
}"""

every_language = pytest.mark.parametrize("tag", ROOTS)


def tools(page: Page, anchor: str = "duty-3-2") -> Any:
    """The tools of a duty, once there is what makes them."""
    page.evaluate("() => dispatchEvent(new Event('wheel'))")
    return page.locator(f"#{anchor} + .hb-tools")


# What is said stays for ten seconds, which a busy machine may let pass between two looks.
HEARD = """() => {
  window.heard = [];
  new MutationObserver(() => {
    for (const each of document.querySelectorAll("[role=status]")) heard.push(each.innerText);
  }).observe(document, { subtree: true, childList: true, characterData: true });
}"""


def pasted(page: Page) -> str:
    return str(page.evaluate("() => navigator.clipboard.readText()"))


@every_language
def test_a_link_is_copied_at_the_first_tap_and_the_heading_reads_clean(
    new_page: Callable[..., Page], server: str, tag: str
) -> None:
    page = new_page(**DESK, permissions=MAY_COPY)
    page.add_init_script(f"({HEARD})()")
    address = server + ROOTS[tag] + ROLE
    page.goto(address)
    page.locator("#duty-3-2 + .hb-link").click()  # before there is what copies
    page.wait_for_function("said => heard.some((each) => each.includes(said))", arg=SAID[tag][0])
    assert pasted(page) == f"{address}#duty-3-2"
    assert page.url == address
    heading = page.locator("#duty-3-2")
    assert "¶" not in page.evaluate(SELECTED)
    expect(page.get_by_role("heading", name=heading.inner_text(), exact=True)).to_have_id(
        "duty-3-2"
    )


def test_a_link_is_copied_though_what_copies_comes_while_it_is_pressed(
    new_page: Callable[..., Page], server: str
) -> None:
    tall = {"width": 1280, "height": 4000}  # to scroll there would be an act already
    page = new_page(viewport=tall, permissions=MAY_COPY)
    page.goto(server + ROOTS["en"] + ROLE)
    page.locator("#duty-3-2 + .hb-link").hover()
    with page.expect_event("requestfinished", lambda request: "/copy.js" in request.url):
        page.mouse.down()
    page.evaluate("new Promise((resolve) => setTimeout(resolve, 300))")  # it has been run
    page.mouse.up()
    expect(page.get_by_role("status").filter(has_text=SAID["en"][0])).to_be_visible()
    expect(page.locator("#duty-3-2 + .hb-tools .hb-link")).to_have_count(1)
    assert pasted(page) == f"{server}{ROOTS['en']}{ROLE}#duty-3-2"


@pytest.mark.parametrize("width", [390, 1280])
def test_a_link_that_is_about_to_be_pressed_stays_where_it_is(
    new_page: Callable[..., Page], server: str, width: int
) -> None:
    page = new_page(viewport={"width": width, "height": 900})
    page.goto(server + ROOTS["en"] + ROLE)
    before = page.locator("#duty-3-2 + .hb-link").bounding_box()
    page.keyboard.press("Shift")  # the first act: its tools come
    after = tools(page).locator(".hb-link").bounding_box()
    assert before
    assert before == after


@every_language
def test_without_leave_to_copy_the_address_gets_the_anchor(
    new_page: Callable[..., Page], server: str, tag: str
) -> None:
    page = new_page(**DESK)
    page.add_init_script(NO_CLIPBOARD)
    page.goto(server + ROOTS[tag] + ROLE)
    tools(page).get_by_title(NAMES[tag][0]).click()
    expect(page.get_by_role("status").filter(has_text=SAID[tag][1])).to_be_visible()
    expect(page).to_have_url(f"{server}{ROOTS[tag]}{ROLE}#duty-3-2")
    page.goto(server + ROOTS[tag] + ROLE)
    tools(page, "duty-3-4").get_by_role("button").click()
    expect(page).to_have_url(f"{server}{ROOTS[tag]}{ROLE}#duty-3-4")


def test_by_plain_http_it_is_copied_as_before(new_page: Callable[..., Page], server: str) -> None:
    page = new_page(**DESK, permissions=MAY_COPY)
    other = page.context.new_page()
    other.goto(server)
    page.add_init_script(BY_PLAIN_HTTP)
    page.goto(f"{server}en/{ROLE}")
    page.bring_to_front()
    tools(page).get_by_title(NAMES["en"][0]).click()
    expect(page.get_by_role("status").filter(has_text=SAID["en"][0])).to_be_visible()
    other.bring_to_front()
    assert pasted(other) == f"{server}en/{ROLE}#duty-3-2"


@every_language
def test_a_duty_is_copied_whole_for_a_chat(
    new_page: Callable[..., Page], server: str, tag: str
) -> None:
    page = new_page(**DESK, permissions=MAY_COPY)
    page.goto(server + ROOTS[tag] + ROLE)
    tools(page).get_by_title(NAMES[tag][2]).click()
    expect(page.get_by_role("status").filter(has_text=SAID[tag][0])).to_be_visible()
    language = WRITTEN_IN[{"zh-Hant": "zh"}.get(tag, tag)]
    say = simplified if tag == "zh-Hans" else str
    (role,) = (role for role in load(ROOT).roles(language) if role.slug == "marketing")
    duty = role.duties[1]
    assert duty.purpose
    assert pasted(page).split("\n") == [
        f"{duty.number} {say(duty.name)}",
        say(duty.purpose.text),
        *(f"· {say(task.text)}" for task in duty.tasks),
        f"{server}{ROOTS[tag]}{ROLE}#duty-3-2",
        page.locator(".hb-edition").inner_text(),
    ]


@every_language
def test_the_whole_page_is_copied_as_text_at_the_first_tap(
    new_page: Callable[..., Page], server: str, site: Path, tag: str
) -> None:
    page = new_page(**DESK, permissions=MAY_COPY)
    page.goto(server + ROOTS[tag] + ROLE)
    page.get_by_role("link", name=WHOLE[tag]).click()
    expect(page.get_by_role("status").filter(has_text=SAID[tag][0])).to_be_visible()
    text = (site / ROOTS[tag] / ROLE / "index.md").read_text("utf-8")
    assert pasted(page) == text
    assert page.url == server + ROOTS[tag] + ROLE
    page.keyboard.press("Tab")
    page.get_by_role("link", name=WHOLE[tag]).press("Enter")  # with the script there
    expect(page.get_by_role("status").filter(has_text=SAID[tag][0])).to_be_visible()


def test_the_text_by_plain_http_and_where_it_cannot_be_had(
    new_page: Callable[..., Page], server: str, problems: list[str]
) -> None:
    page = new_page(**DESK, permissions=MAY_COPY)
    other = page.context.new_page()
    other.goto(server)
    page.add_init_script(BY_PLAIN_HTTP)
    page.goto(f"{server}en/{ROLE}")
    page.bring_to_front()
    link = page.get_by_role("link", name=WHOLE["en"])
    link.click()
    expect(page.get_by_role("status").filter(has_text=SAID["en"][0])).to_be_visible()
    other.bring_to_front()
    assert pasted(other).startswith("# Marketing\n\nSection 3 · ")
    page.route("**/index.md", lambda route: route.abort())
    link.click()
    expect(page.get_by_role("status").filter(has_text=SAID["en"][1])).to_be_visible()
    expect(page).to_have_url(f"{server}en/{ROLE}")
    assert problems
    problems.clear()


@every_language
def test_a_heading_is_one_stop_for_tab_and_arrows_reach_its_tools(
    page: Page, server: str, tag: str
) -> None:
    page.goto(server + ROOTS[tag] + ROLE)
    bar = tools(page)
    expect(bar).to_have_role("toolbar")
    expect(bar).to_have_accessible_name("3.2")
    found = bar.locator("> *")
    expect(found).to_have_count(3)
    for each, name in enumerate([*NAMES[tag][1:], NAMES[tag][0]]):
        expect(found.nth(each)).to_have_accessible_name(name)
    found.first.focus()
    for key, at in (("ArrowRight", 1), ("ArrowRight", 2), ("ArrowRight", 0), ("ArrowLeft", 2)):
        page.keyboard.press(key)
        expect(found.nth(at)).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("() => !document.activeElement.closest('.hb-tools')")


@every_language
def test_two_languages_are_one_tap_away_at_the_same_duty_and_back(
    page: Page, server: str, tag: str
) -> None:
    page.goto(server + ROOTS[tag] + ROLE)
    tools(page, "duty-3-4").get_by_title(NAMES[tag][1].replace("3.2", "3.4")).click()
    expect(page).to_have_url(f"{server}{ROOTS[tag]}side-by-side/marketing/#duty-3-4")
    expect(page.locator("#duty-3-4")).to_be_in_viewport()
    page.locator("#duty-3-4 .hb-sides__back a").click()
    expect(page).to_have_url(f"{server}{ROOTS[tag]}{ROLE}#duty-3-4")
    expect(page.locator("#duty-3-4")).to_be_in_viewport()


@every_language
def test_without_scripts_links_are_links_and_there_are_no_dead_buttons(
    new_page: Callable[..., Page], server: str, tag: str
) -> None:
    page = new_page(**DESK, java_script_enabled=False)
    page.goto(server + ROOTS[tag] + ROLE)
    expect(page.locator(".hb-mine__button")).to_be_hidden()
    page.locator("#duty-3-2 + .hb-link").click()
    expect(page).to_have_url(f"{server}{ROOTS[tag]}{ROLE}#duty-3-2")
    page.locator(".hb-in-both a").click()
    expect(page).to_have_url(f"{server}{ROOTS[tag]}{IN_BOTH[1]}/")
    page.goto(server + ROOTS[tag] + ROLE)
    page.get_by_role("link", name=WHOLE[tag]).click()
    expect(page).to_have_url(f"{server}{ROOTS[tag]}{ROLE}index.md")
    page.goto(server + ROOTS[tag])
    expect(page.locator(".hb-mine")).to_be_hidden()


@every_language
def test_my_role_opens_the_home_page_and_can_be_taken_back(
    page: Page, server: str, tag: str
) -> None:
    home = server + ROOTS[tag]
    page.goto(home)
    hint = page.locator(".hb-mine > p")
    expect(hint).to_be_visible()
    page.goto(home + ROLE)
    button = page.locator(".hb-mine__button")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.focus()
    page.keyboard.press("Space")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator("a.hb-mine__link").last).to_be_visible()
    page.goto(home)
    mine = page.locator(".hb-mine section")
    expect(hint).to_be_hidden()
    links = [str(link.get_attribute("href")) for link in mine.locator("a").all()]
    assert links == [ROLE, *(f"{ROLE}#duty-3-{n}" for n in range(1, 6))]
    assert page.evaluate("() => ({...localStorage})").get("handbook.role") == "marketing"
    mine.get_by_role("button").press("Enter")
    expect(mine).to_have_count(0)
    expect(hint).to_be_focused()
    assert "handbook.role" not in page.evaluate("() => ({...localStorage})")


def test_my_role_moves_nothing_and_needs_storage(
    new_page: Callable[..., Page], server: str, problems: list[str]
) -> None:
    page = new_page(viewport={"width": 390, "height": 844})
    page.add_init_script(CHOSEN)
    page.goto(server + "en/", wait_until="networkidle")
    expect(page.locator(".hb-mine section")).to_be_visible()
    assert page.evaluate(SHIFTS) == []
    page = new_page(**DESK)
    page.add_init_script(NO_STORAGE)
    page.goto(server + "en/" + ROLE)
    expect(page.locator(".hb-mine__button")).to_be_hidden()
    page.goto(server + "en/")
    expect(page.locator(".hb-mine > p")).to_be_hidden()
    # The theme's own script for light and dark asks for what is forbidden.
    assert {*problems} == {"exception: forbidden"}
    problems.clear()


@every_language
def test_terms_in_the_summary_lead_to_what_they_mean_and_where_else_they_stand(
    page: Page, server: str, tag: str
) -> None:
    page.goto(server + ROOTS[tag] + ROLE)
    page.locator(".hb-summary .hb-terms a[href$='measures-conversion-rate/']").click()
    expect(page).to_have_url(re.compile("/glossary/measures-conversion-rate/$"))
    article = page.locator("article")
    expect(article.locator("a[href$='who-handles-what/conversion/']").first).to_be_visible()
    article.locator("a[href$='duties/#measures=conversion-rate']").click()
    rows, named = ".hb-duty-table tbody tr:visible", "[data-measures~='conversion-rate']"
    expect(page.locator(f"{rows}:not({named})")).to_have_count(0)
    expect(page.locator(f"{rows}{named}").first).to_be_visible()


@every_language
def test_a_sheet_says_its_edition_and_address_and_shows_no_tools(
    page: Page, server: str, tag: str
) -> None:
    for key in (ROLE, "who-handles-what/returns/", "glossary/", "side-by-side/marketing/"):
        address = server + ROOTS[tag] + key
        page.goto(address)
        edition = page.locator(".hb-edition").inner_text()
        page.emulate_media(media="print")
        for part in ("header", ".md-sidebar", ".hb-link", ".hb-actions", ".md-footer nav"):
            assert not any(each.is_visible() for each in page.locator(part).all()), (key, part)
        page.emulate_media(media=None)
        sheets = PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True))).pages
        for number, sheet in enumerate(sheets, start=1):
            text = re.sub(r"\s+", "", sheet.extract_text())
            assert re.sub(r"\s+", "", edition) in text, (key, number)
            assert address in text, (key, number)
            assert f"{number}/{len(sheets)}" in text, key
