"""What a host is told and given beside the pages, made of small sites."""

from __future__ import annotations

import shutil
import tomllib
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, run_in
from lxml import etree
from PIL import Image

from handbook.pages.loader import load
from handbook.site.feed import feed
from handbook.site.finished.policy import as_header, policy
from handbook.site.host import at_root
from handbook.site.host.configuration import FORMATS, HostError, configuration
from handbook.site.share import share_image

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A site of two languages, with one file that is named after its contents."""
    folder = tmp_path / "site"
    (folder / "en").mkdir(parents=True)
    (folder / "assets").mkdir()
    (folder / "assets/page.0123abcd.css").touch()
    head = '<meta http-equiv="Content-Security-Policy" content="{}">'
    for n, name in enumerate(("index", "404", "en/404")):
        (folder / f"{name}.html").write_text(head.format(policy([str(n)], [])), "utf-8")
    return folder


def told(form: str, site: Path, address: str = "") -> str:
    return configuration(form, site, address, "/srv/handbook", 80)


def test_the_header_lets_a_page_do_what_any_page_may_and_no_frame() -> None:
    scripts = ["a", "b"]
    both = as_header({policy([each], []) for each in scripts})
    assert both == f"{policy(scripts, [])}; frame-ancestors 'none'"


@pytest.mark.parametrize("form", FORMATS)
def test_each_host_is_told_the_same(form: str, small: Path) -> None:
    text = told(form, small, "https://handbook.example/base/")
    security = as_header({policy([str(n)], []) for n in range(3)})
    for said in (security, "nosniff", "same-origin", "public, max-age=31536000, immutable"):
        assert (said in text) or (said == "nosniff" and "ContentTypeOptions" in text)
    assert ("/base/assets/page.*" in text) or (r"\.[0-9a-f]{8}\." in text)
    assert form == "cloudflare" or "404.html" in text
    assert form in {"cloudflare", "s3"} or "/base/en/" in text


def test_netlify_reads_it_as_toml_and_cloudflare_line_by_line(small: Path) -> None:
    netlify = tomllib.loads(told("netlify", small))
    assert [each["for"] for each in netlify["headers"]] == ["/*", "/assets/page.*"]
    assert netlify["redirects"] == [{"from": "/en/*", "to": "/en/404.html", "status": 404}]
    lines = [line for line in told("cloudflare", small).splitlines() if line[0] != "#"]
    assert [line for line in lines if line[0] != " "] == ["/*", "/assets/page.*"]
    assert max(map(len, lines)) < 2000  # as Cloudflare reads them
    assert all(": " in line for line in lines if line[0] == " ")


def test_cloudformation_reads_it_as_yaml(small: Path) -> None:
    class Loader(yaml.SafeLoader):
        """Takes CloudFormation's tags for texts."""

    Loader.add_multi_constructor("!", lambda loader, _tag, node: loader.construct_scalar(node))
    stack = yaml.load(told("s3", small), Loader=Loader)
    served = stack["Resources"]["Distribution"]["Properties"]["DistributionConfig"]
    kept = [
        (each["PathPattern"], each["ResponseHeadersPolicyId"]) for each in served["CacheBehaviors"]
    ]
    assert kept == [("/assets/page.*", "Hashed")]
    assert served["DefaultCacheBehavior"]["ResponseHeadersPolicyId"] == "Pages"
    assert {each["ResponsePagePath"] for each in served["CustomErrorResponses"]} == {"/404.html"}


def test_without_a_site_there_is_nothing_to_configure(tmp_path: Path) -> None:
    with pytest.raises(HostError):
        told("nginx", tmp_path)
    result = run_in(ROOT, "handbook", "host", "nginx", "--site", str(tmp_path), "--lang", "en")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == (
        f"handbook: there is no built site in {tmp_path}: build it first, with handbook build\n"
    )


def test_files_for_hosts_are_published_as_they_are_and_nobody_is_invented(tmp_path: Path) -> None:
    own, site = tmp_path / at_root.FOLDER, tmp_path / "site"
    site.mkdir()
    at_root.write(tmp_path, site, "")
    assert [*site.iterdir()] == []
    own.mkdir(parents=True)
    (own / "CNAME").write_text("handbook.example\n", "utf-8")
    (own / "robots.txt").write_text("User-agent: *\nDisallow: /\n", "utf-8")
    (own / "page.html").write_text("<p>", "utf-8")
    at_root.write(tmp_path, site, "https://handbook.example/")
    assert {path.name: path.read_text("utf-8") for path in site.iterdir()} == {
        "CNAME": "handbook.example\n",
        "robots.txt": "User-agent: *\nDisallow: /\n",
    }


def test_security_txt_says_until_when_it_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795996800")  # 2026-11-30
    own = tmp_path / at_root.FOLDER / "security.txt"
    own.parent.mkdir(parents=True)
    own.write_text("Contact: mailto:a@example.com\n", "utf-8")
    at_root.write(tmp_path, tmp_path, "https://handbook.example/")
    assert (tmp_path / ".well-known/security.txt").read_text("utf-8") == (
        "Contact: mailto:a@example.com\n"
        "Expires: 2027-11-30T00:00:00Z\n"
        "Canonical: https://handbook.example/.well-known/security.txt\n"
    )


@pytest.mark.parametrize(
    ("locale", "tag"), [("zh", "zh-Hant"), ("zh-Hans", "zh-Hans"), ("en", "en")]
)
def test_the_feed_has_each_edition_and_what_is_next(tmp_path: Path, locale: str, tag: str) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    for of, item in (("en", "Wording only"), ("zh", "只改措辭")):
        log = tmp_path / f"docs/{of}/changes.md"
        new = f"## Next {{ #unreleased }}\n\n- **{item}**: 3.2 電\n\n"
        before, heading, after = log.read_text("utf-8").partition("## 2026.11")
        log.write_text(before.split("## ")[0] + new + heading + after, "utf-8")
    days = {"": date(2026, 12, 1), "2026.11": date(2026, 11, 22)}
    made = feed(load(tmp_path), locale, tag, "https://handbook.example/x/", days)
    tree = etree.fromstring(made)
    at = "https://handbook.example/x/changes/"
    assert tree.findtext(f"{ATOM}updated") == "2026-12-01T00:00:00Z"
    assert [each.findtext(f"{ATOM}id") for each in tree.iter(f"{ATOM}entry")] == [
        f"{at}#unreleased",
        f"{at}#edition-2026-11",
    ]
    said = tree.findtext(f"{ATOM}entry/{ATOM}content") or ""
    assert "<strong>" in said
    assert ("电" if locale == "zh-Hans" else "電") in said
    assert feed(load(tmp_path), locale, tag, "https://handbook.example/x/", {}) == b""


def test_the_share_picture_is_another_for_another_handbook() -> None:
    icon = (ROOT / "docs/assets/images/favicon.svg").read_text("utf-8")
    made = [share_image(title, "About it.", "en", icon) for title in ("One", "Another")]
    assert made[0] != made[1]
    assert made[0] == share_image("One", "About it.", "en", icon)
    with Image.open(BytesIO(made[0])) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
