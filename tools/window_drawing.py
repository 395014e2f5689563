"""A small kit for drawing windows as plain SVG: text, boxes, buttons, and what is to be pressed."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from unicodedata import east_asian_width

WIDTH, EDGE = 460, 16
FONTS = (
    "-apple-system, Segoe UI, Noto Sans, Roboto, PingFang TC, Noto Sans TC, Noto Sans CJK TC, "
    "Microsoft JhengHei, sans-serif"
)
INK, QUIET, LINE, SUNKEN = "#23262c", "#5c626c", "#d3cfc8", "#f4f2ef"
RED, RED_GROUND, GREEN, GREEN_GROUND = "#c1121b", "#fdf2f1", "#17663f", "#e6f4ec"
TAGS = {"zh": "zh-Hant", "en": "en"}


@dataclass
class Picture:
    """A drawing of a window, written line by line from the top."""

    language: str
    title: str
    y: float = 54
    parts: list[str] = field(default_factory=list)

    def add(self, name: str, text: str = "", /, **attributes: object) -> None:
        """An element; `_` in the names of attributes stands for `-`."""
        written = "".join(
            f' {key.replace("_", "-")}="{value}"' for key, value in attributes.items()
        )
        self.parts.append(
            f"<{name}{written}>{escape(text)}</{name}>" if text else f"<{name}{written}/>"
        )

    def text(self, words: str, x: float, size: float = 14, **look: object) -> None:
        """One line of text at the current height."""
        self.add("text", words, **{"x": x, "y": self.y, "font_size": size, "fill": INK, **look})

    def paragraph(self, words: str, x: float, size: float = 14, **look: object) -> None:
        """Text over as many lines as it takes."""
        for line in wrapped(words, WIDTH - EDGE - x - 8, size):
            self.text(line, x, size, **look)
            self.y += size * 1.5

    def box(self, x: float, y: float, width: float, height: float, **look: object) -> None:
        """A rounded rectangle."""
        self.add("rect", x=x, y=y, width=width, height=height, **{"rx": 5, **look})

    def button(self, label: str, x: float, n: int = 0) -> None:
        """A green button at the current height; with a number, the one to press."""
        width = measured(label, 13) * 1.08 + 20  # bold
        self.box(x, self.y - 17, width, 26, fill=GREEN)
        self.text(label, x + 10, 13, fill="#fff", font_weight=600)
        if n:
            self.press(x - 3, self.y - 20, width + 6, 32, n)

    def press(self, x: float, y: float, width: float, height: float, n: int) -> None:
        """A ring round what is to be pressed, with the number of the step."""
        self.box(x, y, width, height, fill="none", stroke=RED, stroke_width=2.5)
        x, y = x + width + 2, y + height / 2
        self.add("circle", cx=x, cy=y, r=10, fill=RED)
        self.add(
            "text", str(n), x=x, y=y + 4.5, font_size=13, fill="#fff", font_weight=700,
            text_anchor="middle",
        )  # fmt: skip

    def svg(self) -> str:
        """The drawing."""
        height = round(self.y + 6)
        self.parts, drawn = [], self.parts
        self.box(1, 1, WIDTH - 2, height - 2, fill="#fff", stroke=LINE, stroke_width=1.5, rx=8)
        self.add("path", d=f"M1 32h{WIDTH - 2}", stroke=LINE)
        for n in range(3):
            self.add("circle", cx=18 + 14 * n, cy=17, r=4, fill=LINE)
        self.add("text", self.title, x=66, y=22, font_size=13, fill=QUIET)
        body = "\n".join([*self.parts, *drawn])
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
            f'width="{WIDTH}" height="{height}" lang="{TAGS[self.language]}" '
            f'font-family="{FONTS}">\n{body}\n</svg>\n'
        )


def measured(words: str, size: float) -> float:
    """About how wide `words` are."""
    return sum(size if east_asian_width(char) in "WF" else size * 0.56 for char in words)


def wrapped(words: str, width: float, size: float) -> list[str]:
    """`words` cut into lines: Chinese anywhere but before a sign, other words at spaces."""
    lines, line = [], ""
    for char in words:
        if measured(line + char, size) > width and char not in "，。、；：」』）":
            head, space, tail = line.rpartition(" ")
            cut = bool(space) and char.isascii() and char != " "
            lines.append(head if cut else line)
            line = tail if cut else ""
        line += "" if not line and char == " " else char
    return [*lines, line]
