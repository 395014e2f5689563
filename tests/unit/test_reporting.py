from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from handbook.site.page.reporting import Subject, report_address

DUTY = Subject("zh", "市場推廣", "docs/zh/roles/marketing.md", "3.2", "廣告投放與渠道管理")
PAGE = Subject("en", "R&D", "docs/en/roles/r-d.md")


def asked(address: str) -> tuple[str, dict[str, str]]:
    """Where an address leads, and what is filled in there."""
    base, _, _ = address.partition("?")
    fields = parse_qs(urlsplit(address).query, strict_parsing=True)
    return base, {name: value for name, (value,) in fields.items()}


@pytest.mark.parametrize("end", ["", "/", ".git"])
def test_github_opens_the_form_of_the_language(end: str) -> None:
    assert asked(report_address(DUTY, f"https://github.com/example/handbook{end}")) == (
        "https://github.com/example/handbook/issues/new",
        {
            "template": "mistake-zh.yml",
            "title": "更正：市場推廣 3.2",
            "page": "市場推廣 (docs/zh/roles/marketing.md)",
            "duty": "3.2 廣告投放與渠道管理",
        },
    )


def test_a_whole_page() -> None:
    _, fields = asked(report_address(PAGE, "https://github.com/example/handbook"))
    assert fields == {
        "template": "mistake-en.yml",
        "title": "Correction: R&D",
        "page": "R&D (docs/en/roles/r-d.md)",
        "duty": "the whole page",
    }


def test_gitlab_opens_an_issue_to_fill_in() -> None:
    base, fields = asked(report_address(DUTY, "https://gitlab.example.com/a/handbook"))
    assert base == "https://gitlab.example.com/a/handbook/-/issues/new"
    assert fields["issue[title]"] == "更正：市場推廣 3.2"
    assert fields["issue[description]"] == (
        "頁面：市場推廣 (docs/zh/roles/marketing.md)\n職責：3.2 廣告投放與渠道管理\n\n"
        "現在怎樣寫：\n\n應該怎樣寫：\n\n依據：\n"
    )


@pytest.mark.parametrize("repository", ["", "https://code.example.com/github/handbook"])
def test_no_place_is_known(repository: str) -> None:
    assert report_address(DUTY, repository) == ""


def test_a_message_to_someone() -> None:
    base, fields = asked(report_address(PAGE, "https://github.com/a/b", "mailto:hb@example.com"))
    assert base == "mailto:hb@example.com"
    assert fields["subject"] == "Correction: R&D"
    assert fields["body"].startswith("Page: R&D (docs/en/roles/r-d.md)\r\nDuty: the whole page\r\n")


def test_a_form_of_ones_own() -> None:
    own = "https://forms.example.com/?p={page}&d={duty}&x=%7B"
    assert asked(report_address(DUTY, "", own)) == (
        "https://forms.example.com/",
        {"p": "市場推廣 (docs/zh/roles/marketing.md)", "d": "3.2 廣告投放與渠道管理", "x": "{"},
    )
    assert "docs%2Fzh%2Froles" in report_address(DUTY, "", own)  # also where it is in the path
    assert report_address(DUTY, "", "https://forms.example.com/") == "https://forms.example.com/"
