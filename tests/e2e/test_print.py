"""The printed files of a real build: all there, with its address; a page that cannot be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from e2e.test_build import MARKETING, digest, edit
from pdf.prints import Print

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run


def test_a_build_prints_every_file(published_site: Path) -> None:
    names = {path.name for path in (published_site / "downloads").glob("*.pdf")}
    roles = [path.name for path in (published_site / "roles").iterdir() if path.is_dir()]
    assert names == {
        "handbook-bilingual.pdf",
        *(f"handbook-{tag}.pdf" for tag in ("zh-Hant", "zh-Hans", "en")),
        *(f"role-{role}-bilingual.pdf" for role in roles),
        *(
            f"{copy}-{role}-{tag}.pdf"
            for copy in ("role", "trainer")
            for role in roles
            for tag in ("zh-Hant", "zh-Hans", "en")
        ),
    }


def test_addresses_in_a_printed_file_exist(published_site: Path) -> None:
    for name in ("handbook-en", "role-marketing-zh-Hans"):
        found = Print(name, (published_site / "downloads" / f"{name}.pdf").read_bytes())
        addresses = {
            str(link["/A"]["/URI"])
            for link in found.annotations("/Link")
            if "/URI" in link.get("/A", {})
        }
        assert name.startswith("role") or "https://handbook.example/base/en/" in addresses
        for address in addresses:
            path = address.removeprefix("https://handbook.example/base/").partition("#")[0]
            assert (published_site / path / "index.html").is_file(), address


def test_a_page_that_cannot_be_printed_stops_the_build_and_costs_nothing(
    repo_copy: Path, run: Run
) -> None:
    status = repo_copy / "site"
    status.mkdir()
    (status / "index.html").write_text("as published", encoding="utf-8")
    before = digest(status)
    glyph = edit(repo_copy / MARKETING.format("zh"), "把預算用好，", "把預算用好𠮷，")
    link = edit(
        repo_copy / MARKETING.format("en"), "Sum up the lessons", "Sum up the [lessons](no.md)"
    )
    picture = edit(
        repo_copy / MARKETING.format("en"), "^- Run online events$", "- Run ![](../x.png) events"
    )
    result = run("mkdocs", "build", "--strict", "--site-dir", str(status))
    assert result.returncode == 1
    report = result.stdout + result.stderr
    for place, rule in (
        (f"docs/zh/roles/marketing.md:{glyph}:6: ", "print-character"),
        (f"docs/en/roles/marketing.md:{link}:", "link-dead"),
        (f"docs/en/roles/marketing.md:{picture}:", "image-alt"),
    ):
        assert any(
            line.startswith(place) and line.endswith(f"[{rule}]") for line in report.splitlines()
        ), (place, rule, report)
    assert digest(status) == before
