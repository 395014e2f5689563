from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from test_cases import TESTS, small_handbook

from handbook.checks import rules
from handbook.checks.formats.text import as_text
from handbook.checks.rules.shared import promises
from handbook.checks.rules.shared.promises import REDIRECT_MISSING
from handbook.pages.loader import load, read
from handbook.site.redirects import redirects


@pytest.fixture
def root(tmp_path: Path) -> Path:
    small_handbook(tmp_path)
    return tmp_path


def of(root: Path, text: str) -> dict[str, str]:
    (root / "docs/redirects.yml").write_text(text, "utf-8")
    return redirects(load(root))


def test_a_renamed_role_takes_its_derived_pages_along(root: Path) -> None:
    compared = "compare/marketing/after-sales"
    assert of(root, "roles/promotion: roles/marketing#duty-3-1") == {
        "roles/promotion": "roles/marketing#duty-3-1",
        "side-by-side/promotion": "side-by-side/marketing",
        "compare/promotion/after-sales": compared,
        "compare/after-sales/promotion": compared,
    }


def test_other_pages_lead_where_it_says(root: Path) -> None:
    assert of(root, "guide: overview\nroles/all: roles/index\n") == {
        "guide": "overview",
        "roles/all": "roles/index",
    }


@pytest.mark.parametrize(
    "text", ["", "# none yet\n", "- a", "a: [", "roles/x: roles/none", "a: 3", "../x: index"]
)
def test_what_breaks_a_rule_leads_nowhere(root: Path, text: str) -> None:
    assert of(root, text) == {}


def test_no_file_is_no_redirect(root: Path) -> None:
    assert redirects(load(root)) == {}


def missing(root: Path, renamed: str = "") -> list[str]:
    """What is told where `roles/promotion` was published, which git may take for renamed."""
    published = {"roles/promotion": "2026.11", "roles/promotion#duty-9-1": "2026.11"}
    renames = {"roles/promotion": renamed} if renamed else {}
    promised = replace(promises.on_record(read(root)), published=published, renamed=renames)
    return [as_text(each) for each in rules.check(read(root), promised=promised)]


def test_a_page_that_is_gone_needs_a_redirect(root: Path) -> None:
    (message,) = missing(root, "roles/marketing")
    assert message == (
        "docs/redirects.yml:1:1: expected a line that says where readers of "
        "docs/zh/roles/promotion.md go, now that it is deleted or renamed, found none / "
        "docs/zh/roles/promotion.md 已經刪去或改名，"
        "應有一行說明讀者改往哪裏，實際沒有 [redirect-missing]\n"
        "  hint: add this line to docs/redirects.yml, "
        "on the right the page that readers should go to:\n"
        "        roles/promotion: roles/marketing\n"
        "        在 docs/redirects.yml 加上這一行，右邊寫讀者應去的頁面：\n"
        "        roles/promotion: roles/marketing"
    )
    (message,) = missing(root)
    assert message.endswith("\n        roles/promotion: roles/index")


def test_a_page_that_is_redirected_needs_no_other_line(root: Path) -> None:
    (root / "docs/redirects.yml").write_text("roles/promotion: roles/marketing\n", "utf-8")
    assert missing(root) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_rule_is_explained_to_contributors(language: str) -> None:
    page = load(TESTS.parent).page(language, "contributing/rules")
    assert page
    assert REDIRECT_MISSING.id in page.anchors
