"""What stands below a page: when it last changed, and where to report a mistake in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import PUBLISHED, ROOT, Run
from e2e.authored import LANGUAGE_TAGS, PAGES, ROLES, WRITTEN_IN, file
from e2e.built import Built, text_of

from handbook.base.git import last_changes
from handbook.pages.loader import load

if TYPE_CHECKING:
    from pathlib import Path

FOOT = "//div[@class='hb-foot']"
DAY = {"zh": r"最後修改：\d{4} 年 \d+ 月 \d+ 日", "zh-Hans": r"最后修改：\d{4} 年 \d+ 月 \d+ 日"}
DAY["en"] = r"Last changed on \d+ [A-Z][a-z]+ \d{4}"
both_languages = pytest.mark.parametrize("language", LANGUAGE_TAGS)


@pytest.fixture(scope="module")
def published(published_site: Path) -> Built:
    return Built(published_site, PUBLISHED["SITE_URL"])


@both_languages
def test_role_pages_say_when_they_last_changed(published: Built, language: str) -> None:
    days = last_changes(ROOT, "docs")
    for role in ROLES:
        page = published.pages[file(role, language)]
        day = days.get(f"docs/{WRITTEN_IN[language]}/{role}.md")
        found = page.xpath(f"{FOOT}//p[time]")
        assert [p.xpath("string(time/@datetime)") for p in found] == [str(day)] * bool(day)
        assert all(re.fullmatch(DAY[language], text_of(p)) for p in found), role


@both_languages
def test_a_mistake_is_reported_with_page_and_duty_filled_in(
    published: Built, language: str
) -> None:
    for role in load(ROOT).roles(WRITTEN_IN[language]):
        page = file(f"roles/{role.slug}", language)
        addresses = [link.target for link in published.links(page, f"{FOOT}//li")]
        fields = [parse_qs(urlsplit(address).query) for address in addresses]
        assert {address.partition("?")[0] for address in addresses} == {
            f"{PUBLISHED['REPO_URL']}/issues/new"
        }
        assert {field["page"][0] for field in fields} == {f"{role.title} ({role.path})"}
        assert [field["duty"][0] for field in fields[1:]] == [
            f"{duty.number} {duty.name}" for duty in role.duties
        ]


def test_without_a_repository_pages_lead_to_how_to_report(site: Path) -> None:
    built = Built(site, "http://plain.example/")
    for language in LANGUAGE_TAGS:
        for key in {*PAGES} & {"overview", "about", *ROLES}:
            (link,) = built.links(file(key, language), f"{FOOT}//p[a]")
            assert built.file(link.target) == file("contributing/index", language)
            assert link.fragment == "report"


def test_an_address_that_runs_something_is_refused(run: Run) -> None:
    result = run("mkdocs", "build", REPORT_URL="javascript:alert(1)")
    assert result.returncode == 1
    assert "REPORT_URL: expected an address with https: or mailto:" in result.stderr
