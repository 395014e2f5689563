from __future__ import annotations

from pathlib import Path

import pytest
from test_cases import small_handbook

from handbook.loader import load
from handbook.redirects import redirects


@pytest.fixture
def root(tmp_path: Path) -> Path:
    small_handbook(tmp_path)
    return tmp_path


def of(root: Path, text: str) -> dict[str, str]:
    (root / "docs/redirects.yml").write_text(text, "utf-8")
    return redirects(root, load(root))


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
    assert redirects(root, load(root)) == {}
