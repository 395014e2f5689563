"""Draws the pictures of the page `contributing/first-change`: what an editor meets, step by step.

    .venv/bin/python tools/contributing_pictures.py

The lines of the page are those of the small handbook in `tests/handbook/`, which no editor changes;
the message is the real one: the page is mistyped as the steps tell, in a copy, and checked.
Run it again when a message has changed; a test says so.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from window_drawing import (
    EDGE,
    GREEN,
    GREEN_GROUND,
    INK,
    LINE,
    QUIET,
    RED,
    RED_GROUND,
    SUNKEN,
    WIDTH,
    Picture,
    measured,
    wrapped,
)

from handbook.checks import rules
from handbook.pages import loader
from handbook.pages.diagnostics import Diagnostic

ROOT = Path(__file__).parent.parent
SMALL = ROOT / "tests/handbook"
FOLDER = ROOT / "docs/assets/images/contributing"
PAGE = "roles/marketing"
DUTY = "3.2"
TYPED = {"zh": ("轉化率", "轉換率"), "en": ("conversion rate", "conversion ratio")}
"""What the steps tell the editor to mistype: the right words, and the wrong ones."""
PENCIL = (
    "M14.06 9l.94.94L5.92 19H5v-.92L14.06 9m3.6-6c-.25 0-.51.1-.7.29l-1.83 1.83 3.75 3.75 1.83-1.83"
    "c.39-.39.39-1.04 0-1.41l-2.34-2.34c-.2-.2-.45-.29-.71-.29m-3.6 3.19L3 17.25V21h3.75L17.81 9.94"
    "l-3.75-3.75Z"
)


@dataclass(frozen=True)
class Story:
    """What the pictures tell in one language."""

    language: str
    title: str
    intro: str
    lines: tuple[tuple[int, str], ...]
    """The lines round the mistake, with their numbers, as mistyped."""
    problem: Diagnostic


def story(language: str) -> Story:
    """Mistype the measure in a copy of the handbook, and check it."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(SMALL, root, dirs_exist_ok=True)
        shutil.copy(ROOT / "mkdocs.yml", root)
        path = root / f"docs/{language}/{PAGE}.md"
        right, wrong = TYPED[language]
        lines = path.read_text(encoding="utf-8").split("\n")
        start = next(n for n, line in enumerate(lines) if line.startswith(f"### {DUTY} "))
        at = next(
            n for n in range(start, len(lines)) if lines[n].startswith("**") and right in lines[n]
        )
        lines[at] = lines[at].replace(right, wrong)
        path.write_text("\n".join(lines), encoding="utf-8")
        project = loader.read(root)
        shown = path.relative_to(root).as_posix()
        (problem,) = [
            each
            for each in rules.check(project)
            if (each.path, each.rule) == (shown, "term-unknown")
        ]
        role = project.handbook.role_pages[language, PAGE]
        around = tuple((n + 1, lines[n]) for n in range(at - 2, at + 3))
        return Story(language, role.title, role.intro[0].text, around, problem)


def pencil(told: Story) -> Picture:
    """The page, with the pencil beside its title."""
    picture = Picture(told.language, {"zh": "崗位手冊", "en": "Role handbook"}[told.language])
    picture.y += 20
    picture.text(told.title, EDGE, 24, font_weight=700)
    picture.add("path", d=PENCIL, fill=QUIET, transform=f"translate({WIDTH - 48} {picture.y - 20})")
    picture.press(WIDTH - 54, picture.y - 26, 36, 36, 1)
    picture.y += 34
    picture.paragraph(told.intro, EDGE)
    return picture


def editor(told: Story) -> Picture:
    """The file in the browser, with the line that is being changed."""
    picture = Picture(told.language, f"docs / {told.language} / roles / marketing.md")
    picture.y += 8
    picture.text("Edit", EDGE + 4, font_weight=600)
    picture.add("path", d=f"M{EDGE} {picture.y + 10}h40", stroke=RED, stroke_width=2)
    picture.text("Preview", EDGE + 58, fill=QUIET)
    picture.button("Commit changes…", WIDTH - EDGE - 158, 2)
    picture.y += 36
    for number, line in told.lines:
        _numbered(picture, number, line, changed=number == told.problem.line)
    return picture


def _numbered(picture: Picture, number: int, line: str, *, changed: bool) -> None:
    """A line of a file with its number, on a green ground if it is changed."""
    parts = wrapped(line, WIDTH - 2 * EDGE - 44, 13)
    if changed:
        width, height = WIDTH - 2 * EDGE, 22 * len(parts)
        picture.box(EDGE, picture.y - 16, width, height, fill=GREEN_GROUND, rx=2)
    picture.text(str(number), EDGE + 4, 12, fill=QUIET)
    for part in parts:
        picture.text(part, EDGE + 38, 13)
        picture.y += 22


def proposal(told: Story) -> Picture:
    """The dialogue in which the change is named."""
    picture = Picture(told.language, "Propose changes")
    words = {"zh": "3.2：更正指標", "en": "3.2: correct the measures"}[told.language]
    picture.y += 4
    picture.text("Commit message", EDGE, 13, fill=QUIET)
    picture.y += 26
    picture.box(EDGE, picture.y - 18, WIDTH - 2 * EDGE, 28, fill="none", stroke=LINE)
    picture.text(words, EDGE + 8)
    picture.y += 38
    for label, chosen in (("Commit directly to the main branch", False), (None, True)):
        picture.add("circle", cx=EDGE + 7, cy=picture.y - 5, r=7, fill="#fff", stroke=QUIET)
        if chosen:
            picture.add("circle", cx=EDGE + 7, cy=picture.y - 5, r=4, fill=RED)
        text = label or "Create a new branch for this commit and start a pull request"
        picture.paragraph(text, EDGE + 24, 13, fill=INK if chosen else QUIET)
        picture.y += 6
    picture.y += 20
    picture.button("Propose changes", WIDTH - EDGE - 158, 3)
    picture.y += 14
    return picture


def both_languages(told: Story) -> Picture:
    """The two files of a page, changed on one branch."""
    picture = Picture(told.language, "marketing-3-2")
    picture.press(56, 5, measured(picture.title, 13) + 16, 24, 4)
    other = {"zh": "en", "en": "zh"}
    for language in (told.language, other[told.language]):
        picture.box(EDGE, picture.y, WIDTH - 2 * EDGE, 44, fill=SUNKEN)
        picture.y += 27
        picture.text(f"docs / {language} / roles / marketing.md", EDGE + 12)
        picture.add(
            "path", d=f"M{WIDTH - 52} {picture.y - 6}l6 7 12-14", fill="none", stroke=GREEN,
            stroke_width=3,
        )  # fmt: skip
        picture.y += 31
    picture.y -= 2
    return picture


def failure(told: Story) -> Picture:
    """The message, right below the line it is about."""
    picture = Picture(told.language, "Files changed")
    picture.y += 4
    picture.add("circle", cx=EDGE + 9, cy=picture.y - 5, r=9, fill=RED)
    picture.text("×", EDGE + 4.5, 15, fill="#fff", font_weight=700)
    picture.text("CI / Check the pages", EDGE + 28, font_weight=600)
    picture.y += 34
    number, line = next(each for each in told.lines if each[0] == told.problem.line)
    _numbered(picture, number, line, changed=True)
    top, picture.y = picture.y, picture.y + 18
    inside = EDGE + 22
    drawn, picture.parts = picture.parts, []
    picture.text(told.problem.rule, inside, 13, font_weight=700)
    picture.y += 22
    picture.paragraph(told.problem.message, inside, 13)
    picture.y += 8
    hint = picture.y
    for each in told.problem.hint.split("\n"):
        picture.paragraph(each, inside + 4, 13, font_weight=700, fill=GREEN)
    picture.press(inside - 4, hint - 18, measured(told.problem.hint, 13) * 1.08 + 20, 26, 5)
    inner, picture.parts = picture.parts, drawn
    picture.y += 4
    picture.box(
        EDGE + 8, top, WIDTH - 2 * EDGE - 16, picture.y - top - 6, fill=RED_GROUND, stroke=RED
    )
    picture.parts += inner
    picture.y += 6
    return picture


def success(told: Story) -> Picture:
    """The checks have passed; the summary says so, and where the preview is."""
    picture = Picture(told.language, "Checks")
    picture.y += 4
    picture.add("circle", cx=EDGE + 9, cy=picture.y - 5, r=9, fill=GREEN)
    picture.add(
        "path", d=f"M{EDGE + 5} {picture.y - 5}l3 4 6-7", fill="none", stroke="#fff", stroke_width=2
    )
    picture.text("All checks have passed", EDGE + 28, font_weight=600)
    picture.y += 34
    picture.text("檢查結果 · Check", EDGE, 15, font_weight=700)
    picture.y += 24
    picture.paragraph("沒有問題。 · No problems.", EDGE, 13)
    picture.y += 14
    picture.text("Artifacts", EDGE, 13, fill=QUIET)
    picture.y += 26
    picture.box(EDGE, picture.y - 18, WIDTH - 2 * EDGE, 28, fill=SUNKEN)
    picture.text("handbook", EDGE + 10, 13, font_weight=600)
    picture.press(EDGE, picture.y - 19, WIDTH - 2 * EDGE, 30, 6)
    picture.y += 18
    return picture


PICTURES = {
    "1-pencil": pencil,
    "2-editor": editor,
    "3-proposal": proposal,
    "4-both-languages": both_languages,
    "5-failure": failure,
    "6-success": success,
}


def drawings() -> dict[Path, str]:
    """Every picture's file and what it holds."""
    return {
        FOLDER / f"{name}-{told.language}.svg": draw(told).svg()
        for told in map(story, TYPED)
        for name, draw in PICTURES.items()
    }


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path, svg in drawings().items():
        path.write_text(svg, encoding="utf-8", newline="\n")
        print(path.relative_to(ROOT))
