"""How the files come about: the same bytes anywhere, only what changed, none that is wrong."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import segno
import yaml
from conftest import Run
from fontTools.ttLib import TTFont
from pdf.conftest import DAY, ROOT, SITE, printing
from pdf.prints import MILLIMETRE, Print, _tags, squeezed
from pdf.test_text import passages
from test_cases import TESTS, apply, small_handbook

from handbook.base.script import simplified
from handbook.pages.loader import load
from handbook.pages.model import Handbook
from handbook.site.print import presses
from handbook.site.print.book import book
from handbook.site.print.derived import Sides
from handbook.site.print.downloads import Download, downloads, write
from handbook.site.print.finished import finished
from handbook.site.print.form_fields import Field
from handbook.site.print.formats import Format
from handbook.site.print.glyphs import printed, without_glyph
from handbook.site.print.typesetting import FONTS, Typesetter, TypesettingError
from handbook.versions.editions import Edition, taken
from handbook.versions.prints import fragment
from handbook.views import Views
from handbook.views.questions import Questions

CASES = TESTS / "cases" / "right"
ELSEWHERE = """
import sys
from pathlib import Path
sys.path[:0] = [{tests!r}]
from dataclasses import replace
from pdf.conftest import EXERCISES, ROOT, printing
from handbook.pages.loader import load
from handbook.site.print import downloads
handbook = replace(load(ROOT), exercises=EXERCISES)
every = downloads.downloads
downloads.downloads = lambda of: (each for each in every(of) if each.name in {names!r})
downloads.write(printing(handbook), ROOT, Path("out"), Path("cache"))
"""
ONE_OF_EACH = [
    "handbook-bilingual.pdf", "handbook-zh-Hans.pdf", "role-after-sales-zh-Hant.pdf",
    "role-marketing-bilingual.pdf", "trainer-data-analysis-en.pdf",
]  # fmt: skip


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter(ROOT, datetime(2026, 11, 22, tzinfo=UTC))


def test_the_same_bytes_in_another_place_zone_and_locale(folder: Path, tmp_path: Path) -> None:
    own = {"PYTHONPATH": str(ROOT / "hooks"), "PYTHONHASHSEED": "7"}
    own |= {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C", "HOME": str(tmp_path)}
    script = ELSEWHERE.format(tests=str(ROOT / "tests"), names=ONE_OF_EACH)
    command = [sys.executable, "-X", "utf8=0", "-c", script]
    done = subprocess.run(
        command, cwd=tmp_path, env=os.environ | own, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    made = sorted((tmp_path / "out").iterdir())
    assert [path.name for path in made] == ONE_OF_EACH
    for path in made:
        assert path.read_bytes() == (folder / path.name).read_bytes(), path.name


def books_of(handbook: Handbook) -> dict[str, Any]:
    return {each.name: each.book for each in downloads(printing(handbook))}


def test_only_what_changed_is_made_anew(handbook: Handbook, folder: Path, tmp_path: Path) -> None:
    cache, out = tmp_path / "cache", tmp_path / "out"
    shutil.copytree(folder.parent / "cache", cache)
    assert write(printing(handbook), ROOT, out, cache) == []
    assert {path.name for path in out.iterdir()} == {path.name for path in folder.iterdir()}

    key = ("en", "roles/marketing")
    role = handbook.role_pages[key]
    duty = replace(role.duties[0], name="Planning")
    changed = replace(role, duties=(duty, *role.duties[1:]))
    other = replace(handbook, role_pages={**handbook.role_pages, key: changed})
    told: list[str] = []
    fresh = write(printing(other), ROOT, out, cache, told.append)
    assert told == ["handbook-en.pdf", "handbook-bilingual.pdf"]
    assert {"handbook-en.pdf", "role-marketing-en.pdf", "trainer-marketing-en.pdf"} <= {*fresh}
    now = books_of(other)
    for name in fresh:  # a duty's name stands among the answers of other roles' packs too
        assert "Planning" in json.dumps(now[name]), name
        assert name.endswith(("-en.pdf", "-bilingual.pdf")), name
    assert write(printing(handbook), ROOT, out, cache) == []  # both are kept


def test_old_files_leave_the_cache(tmp_path: Path, handbook: Handbook, folder: Path) -> None:
    cache = tmp_path / "cache"
    shutil.copytree(folder.parent / "cache", cache)
    for n in range(200):
        old = cache / f"old-{n}.pdf"
        old.write_bytes(b"")
        os.utime(old, (n, n))
    (cache / next(path.name for path in cache.glob("role-marketing-en-*"))).unlink()
    assert write(printing(handbook), ROOT, tmp_path / "out", cache) == ["role-marketing-en.pdf"]
    assert len(list(cache.iterdir())) == 4 * 53


# ---- What must not be printed --------------------------------------------------------------------


def broken(book: dict[str, Any], node: dict[str, Any] | str) -> dict[str, Any]:
    """The book with a further passage in its overview."""
    first, *rest = book["parts"]
    block = node if isinstance(node, dict) and node["t"] == "img" else {"t": "p", "c": [node]}
    return {**book, "parts": [{**first, "lead": [[[block]]]}, *rest]}


@pytest.mark.parametrize(
    ("node", "message"),
    [
        ("𠮷", 'PDF/UA-1 error: the text `"𠮷"` could not be displayed with font'),
        (
            {"t": "a", "to": "roles/nobody#", "c": ["x"]},
            'label `label("roles/nobody#")` does not exist in the document',
        ),
        ({"t": "img", "src": "/docs/assets/images/favicon.svg", "alt": None}, "missing alt text"),
        ({"t": "img", "src": "/docs/assets/no.svg", "alt": "x"}, "file not found"),
    ],
)
def test_typesetting_stops_at_what_readers_would_miss(
    node: dict[str, Any] | str, message: str, handbook: Handbook, typesetter: Typesetter
) -> None:
    with pytest.raises(TypesettingError) as stopped:
        typesetter.pdf(broken(book(printing(handbook), "zh"), node))
    assert message in str(stopped.value)


def test_a_file_that_cannot_be_made_is_named_and_not_kept(
    handbook: Handbook, tmp_path: Path
) -> None:
    key = ("zh", "roles/marketing")
    role = replace(handbook.role_pages[key], title="市場𠮷推廣")
    other = replace(handbook, role_pages={**handbook.role_pages, key: role})
    with pytest.raises(
        TypesettingError,
        match=r"printed\ndownloads/handbook-zh-Hant\.pdf: ",
    ):
        write(printing(other), ROOT, tmp_path / "out", tmp_path / "cache")
    assert list((tmp_path / "cache").glob("handbook-zh-Hant*.pdf")) == []


class Ends(Download):
    """What ends the process that reads it, as the system does for want of memory."""

    def __reduce__(self) -> Any:
        return os._exit, (9,)


def test_a_process_that_is_ended_is_told(tmp_path: Path) -> None:
    made = datetime(2026, 11, 22, tzinfo=UTC)
    with pytest.raises(TypesettingError) as stopped:
        presses.make([(Ends("handbook-en.pdf", {}), tmp_path / "book.pdf")], ROOT, made)
    assert str(stopped.value) == (
        "the handbook cannot be printed\ndownloads/handbook-en.pdf: the process that prints it"
        " was ended (9); is there enough memory?"
    )


def test_a_mark_without_a_field_is_an_error(
    books: dict[str, Download], typesetter: Typesetter
) -> None:
    pack = books["role-marketing-en.pdf"]
    pdf = typesetter.pdf(pack.book)
    with pytest.raises(KeyError, match="tick-duty-3-1-1"):
        finished(pdf, {"another": Field("box", "Another")}, row_heads=False)


# ---- What an editor may write --------------------------------------------------------------------


KINDS = (
    "abbreviations", "admonition-inside-a-duty", "autolinks", "definition-list", "details", "emoji",
    "entities", "extra-section-with-sub-headings", "fence-with-scripts", "footnotes",
    "hard-line-breaks", "horizontal-rules", "html-block-with-markdown-in-it", "indented-code",
    "inline-html", "links-of-every-kind", "loose-list", "nested-list-with-code",
    "picture-with-alt", "quotation", "rare-characters", "several-intro-paragraphs",
    "sub-headings-inside-a-duty", "table-with-code-and-escaped-pipe", "task-with-a-paragraph",
)  # fmt: skip


def test_every_kind_of_markdown_can_be_set(tmp_path: Path) -> None:
    """Pages that are right, of every kind, and no word of them lost."""
    for name in KINDS:
        folder = tmp_path / name
        small_handbook(folder)
        apply(yaml.safe_load((CASES / f"{name}.yml").read_text(encoding="utf-8")), folder)
        handbook = load(folder)
        setter = Typesetter(folder, datetime(2026, 11, 22, tzinfo=UTC))
        found = Print(name, setter.pdf(book(printing(handbook), "zh")))
        text = re.sub("（[!-~]+）", "", found.running)  # addresses, spelt out
        page = handbook.pages["zh", "roles/marketing"]
        for passage in passages(page):
            words = [printed(word) for word in passage.split() if "↩" not in word]
            for word in words:
                assert squeezed(word) in text, (name, word)


def test_emoji_are_left_out_in_print() -> None:
    assert printed("用好預算 👍🏽 👩‍👩‍👧 ❤️ 1️⃣。★") == "用好預算    1。★"
    assert without_glyph("用好預算 👍🏽") == ""
    assert without_glyph("野家𠮷喆") == "𠮷"


def test_the_fonts_have_the_characters_that_are_listed() -> None:
    held = {
        name: set(TTFont(FONTS / f"{name}.ttf").getBestCmap())
        for name in (
            "NotoSansTC-Regular",
            "NotoSansTC-Bold",
            "NotoSansSC-Regular",
            "NotoSansSC-Bold",
        )
    }
    assert held["NotoSansTC-Regular"] == held["NotoSansTC-Bold"]
    assert held["NotoSansSC-Regular"] == held["NotoSansSC-Bold"]
    both = held["NotoSansTC-Regular"] | held["NotoSansSC-Regular"]
    listed = set((FONTS / "characters.txt").read_text(encoding="utf-8")) - {"\n"}
    assert listed <= {chr(code) for code in both}
    for char in listed:
        assert all(ord(each) in both for each in simplified(char)), char
    unlisted = {chr(code) for code in both if code > 0x20 and chr(code).isprintable()} - listed
    assert len(unlisted) < 20, "those whose Simplified form is missing"


def test_each_font_has_its_licence() -> None:
    for script in ("TC", "SC"):
        assert "SIL OPEN FONT LICENSE" in (FONTS / f"OFL-NotoSans{script}.txt").read_text()


# ---- What depends on the site --------------------------------------------------------------------


def test_without_an_address_the_print_says_what_to_do(
    handbook: Handbook, typesetter: Typesetter
) -> None:
    made = Print("x", typesetter.pdf(book(printing(handbook, site_url=""), "en")))
    said = " ".join(made.pages[0].split())
    assert "This is edition 2026.11 of 22 November 2026." in said
    assert "ask whoever gave it to you for the current print, and compare." in said
    assert "e/2026.11" not in made.text
    assert "handbook.example" not in made.text
    assert "http" not in made.text
    assert "/Figure" not in {tag.kind for tag in made.tags()}
    assert [a for a in made.annotations("/Link") if "/URI" in a.get("/A", {})] == []


def test_an_address_is_printed_and_linked(prints: dict[str, Print]) -> None:
    for name, path in (
        ("handbook-en", "en/e/2026.11/"),
        ("role-marketing-zh-Hans", "zh-Hans/e/2026.11/marketing/"),
    ):
        found = prints[name]
        assert f"handbook.example/base/{path.rstrip('/')}" in "".join(found.pages[0].split())
        addresses = {
            str(a["/A"]["/URI"]) for a in found.annotations("/Link") if "/URI" in a.get("/A", {})
        }
        assert any(re.fullmatch(rf"{SITE}{path}#[14](\d{{6}})+", each) for each in addresses)


def test_every_foot_has_edition_day_and_a_short_address(prints: dict[str, Print]) -> None:
    for name, first, path in (
        ("handbook-en", 1, "en/e/2026.11"),
        ("handbook-bilingual", 1, "e/2026.11"),
        ("role-marketing-zh-Hant", 0, "e/2026.11/marketing"),
    ):
        for number in range(first + 1, len(prints[name].document) + 1):
            if not prints[name].whole_page(number).strip():
                continue  # the white page before the leaf that is signed
            foot = "".join(prints[name].whole_page(number).split())
            assert f"handbook.example/base/{path}" in foot, name
            assert "2026.11" in foot.replace(f"base/{path}", "")
            assert "22November2026" in foot or "2026年11月22日" in foot


def test_a_pack_is_signed_with_edition_day_and_revision(prints: dict[str, Print]) -> None:
    (page,) = [page for page in prints["role-marketing-en"].pages if "Sign-off" in page]
    said = " ".join(page.split())
    assert "Edition of the handbook 2026.11 22 November 2026 Revision 0123456789" in said


@pytest.mark.parametrize(
    ("name", "path", "languages", "role"),
    [
        ("handbook-zh-Hant", "e/2026.11/", ["zh"], None),
        ("handbook-bilingual", "e/2026.11/", ["zh", "en"], None),
        ("role-marketing-en", "en/e/2026.11/marketing/", ["en"], "marketing"),
    ],
)
def test_the_code_on_the_cover_holds_the_address_and_what_is_printed(
    name: str,
    path: str,
    languages: list[str],
    role: str | None,
    handbook: Handbook,
    prints: dict[str, Print],
) -> None:
    """What is drawn, square by square, is the code of that address."""
    beside = Questions(handbook).quoted(role) if role else ()
    numbers = fragment(taken(handbook), languages, role, beside)
    found = prints[name]
    links: list[Any] = [each.get_object() for each in found.reader.pages[0]["/Annots"]]  # type: ignore[attr-defined]
    boxes = [
        [float(each) for each in link["/Rect"]]
        for link in links
        if link.get("/A", {}).get("/URI") == f"{SITE}{path}#{numbers}"
    ]
    left, bottom, right, top = next(box for box in boxes if box[3] - box[1] > 40)
    parts: Any = [f"{SITE}{path}#", numbers]
    wanted = segno.make(parts, error="m", micro=False).matrix
    assert len(wanted) <= 53  # squares, on 22 mm
    scale, size = 6, len(wanted)
    page = found.document[0]
    picture = page.render(scale=scale, grayscale=True).to_pil()
    for y, row in enumerate(wanted):
        for x, dark in enumerate(row):
            across = (left + (x + 0.5) * (right - left) / size) * scale
            down = (page.get_height() - top + (y + 0.5) * (top - bottom) / size) * scale
            assert (picture.getpixel((across, down)) < 128) == bool(dark), (x, y)


def test_before_the_first_edition_nothing_is_said_about_one(
    handbook: Handbook, typesetter: Typesetter
) -> None:
    unnamed = Edition("", DAY)
    made = Print("x", typesetter.pdf(book(printing(handbook, edition=unnamed), "en")))
    assert "22 November 2026" in made.pages[0]
    assert "Is this print still current?" not in made.text
    assert "Edition" not in made.pages[0]


# ---- Papers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "width", "smallest"),
    [
        (Format("a5"), 148, 7),
        (Format("letter"), 215.9, 7.5),
        (Format("a4", large=True), 210, 14),
    ],
)
def test_another_paper_is_another_book(
    form: Format, width: float, smallest: float, handbook: Handbook, typesetter: Typesetter
) -> None:
    made = Print("x", typesetter.pdf(book(printing(handbook), "en", form=form)))
    assert made.document[0].get_width() / MILLIMETRE == pytest.approx(width)
    assert len(made.sizes()) <= 6
    assert min(made.sizes()) == smallest
    starts = {title: n for depth, title, n in made.bookmarks() if depth == 0}
    roles = [starts[role.title] for role in handbook.roles("en")]
    if form.large:  # it runs on
        assert roles[-1] > 2 * len(roles) + 4
    else:
        assert roles == list(range(roles[0], roles[0] + 2 * len(roles), 2))
    assert min(made.filled(n) for n in range(1, len(made.document) + 1)) > 0.25


def test_one_book_is_printed_by_a_command(repo_copy: Path, run: Run) -> None:
    typed = ("handbook", "print", "en", "--paper", "a5", "--large")
    done = run(*typed, SITE_URL=SITE)
    assert (done.returncode, done.stdout) == (0, ".build/print/handbook-en-a5-large.pdf\n")
    made = Print("x", (repo_copy / done.stdout.strip()).read_bytes())
    assert "JD E-commerce Operations" in " ".join(made.pages[0].split())
    assert "handbook.example/base/en" in made.foot(2)


# ---- Derived parts -------------------------------------------------------------------------------


def test_twenty_roles_stand_in_one_table_on_one_page(
    handbook: Handbook, typesetter: Typesetter
) -> None:
    role = handbook.roles("zh")[0]
    pages, roles = dict(handbook.pages), dict(handbook.role_pages)
    for n in range(13):
        copy = replace(role, slug=f"copy-{n}", section=20 + n, path=f"docs/zh/roles/copy-{n}.md")
        roles["zh", f"roles/copy-{n}"] = copy
        page = handbook.pages["zh", "roles/product-operations"]
        pages["zh", f"roles/copy-{n}"] = replace(page, key=f"roles/copy-{n}")
    many = replace(handbook, pages=pages, role_pages=roles)
    made = Print("x", typesetter.pdf(book(printing(many), "zh")))
    starts = {title: n for depth, title, n in made.bookmarks() if depth == 0}
    shared = [row for row in Views(many, "zh").abilities if row.shared]
    (heads,) = [tag for tag in made.tags() if tag.kind == "/THead"]
    assert len(list(_tags(heads.values, 0))) == 2 + 1 + 20  # in one row, a cell a role
    assert made.pages[starts["能力矩陣"] - 1].count("●") == sum(len(row.asked) for row in shared)
    # Each role is on a sheet of its own; what is left empty before it says nothing at all.
    assert all(starts[each.title] % 2 for each in many.roles("zh")[:1])
    assert [made.whole_page(n) for n, text in enumerate(made.pages, 1) if len(text) < 100] == [""]


def test_the_index_is_in_order(handbook: Handbook) -> None:
    for language in ("zh", "zh-Hans", "en"):
        letters = Sides(handbook, [language]).index()[0]
        assert [each["letter"] for each in letters] == sorted({each["letter"] for each in letters})
        names = [entry["name"] for each in letters for entry in each["entries"]]
        assert len(names) == len(set(names)) > 90
    chinese = {e["name"]: each["letter"] for each in letters_of(handbook) for e in each["entries"]}
    assert chinese["復購率"] == "F"
    assert chinese["會員"] == "H"
    assert chinese["BI 工具"] == "B"
    assert chinese["ROI"] == "R"


def letters_of(handbook: Handbook) -> list[dict[str, Any]]:
    return Sides(handbook, ["zh"]).index()[0]


def test_a_missing_twin_leaves_the_bilingual_edition_without_that_role(handbook: Handbook) -> None:
    pages = {key: page for key, page in handbook.pages.items() if key != ("en", "roles/marketing")}
    roles = {
        key: role for key, role in handbook.role_pages.items() if key != ("en", "roles/marketing")
    }
    other = replace(handbook, pages=pages, role_pages=roles)
    labels = [part["label"] for part in book(printing(other), "zh", "en")["parts"]]
    assert "roles/marketing#" not in labels
    assert "roles/data-analysis#" in labels
    assert "role-marketing-en.pdf" not in {d.name for d in downloads(printing(other))}


def test_what_is_behind_the_other_language_says_so_in_print(
    handbook: Handbook, typesetter: Typesetter
) -> None:
    told = "This duty has changed in Chinese since."
    changes = '<ul lang="zh-Hant"><li><del>監控</del> <ins>追蹤</ins>投放</li></ul>'
    behind = replace(
        printing(handbook),
        notices={
            ("en", "roles/marketing", "duty-3-2"): f"<div><p>{told}</p>{changes}</div>",
            ("en", "roles/marketing", "top"): "<div><p>The introduction has changed.</p></div>",
        },
    )
    text = Print("x", typesetter.pdf(book(behind, "en"))).text
    assert text.count(told) == 1
    assert text.index("Ad placement and channel management", text.index(told) - 80) < text.index(
        told
    )
    assert text.index("監控", text.index(told)) < text.index("追蹤", text.index(told))
    assert "The introduction has changed." in text
    chinese = Print("x", typesetter.pdf(book(behind, "zh"))).text
    assert "has changed" not in chinese
