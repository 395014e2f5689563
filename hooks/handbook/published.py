"""Built pages made light and safe: one style sheet, one script, a security policy."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from lxml import html

from handbook.gate import Fault, faults
from handbook.policy import policy

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_ASSETS = "assets/"
_STYLES = re.compile(r'(?:[ \t]*<link rel="stylesheet" href="[^"]+">\s*)+')
_SCRIPTS = re.compile(r'(?:[ \t]*<script src="[^"]+" defer></script>\s*)+')
_ADDRESS = re.compile(r'(?:href|src)="([^"]+)"')
_ICON = re.compile(r'(?<=<link rel="icon" href=")[^"]*?(assets/[^"]+\.svg)')
_CHARSET = re.compile(r"<meta charset=[^>]+>")
_INDENT = re.compile(r"\s*\n\s*")
_MARK = "\0"
_COMMENT_LINE = re.compile(r"^\s*//.*\n|^\s+", re.MULTILINE)


class PublishingError(Exception):
    """Pages that must not be published; names each with what is wrong in it."""


@dataclass(slots=True)
class Site:
    """A built site in `folder`, whose pages may have the inline `scripts` and no others.

    `base` is its path on its host; `sources` are the files in `root` that pages are written in, by
    page.
    """

    folder: Path
    scripts: Collection[str]
    base: str = "/"
    root: Path = Path()
    sources: Mapping[str, Path] = field(default_factory=dict)
    _joined: dict[tuple[str, ...], str] = field(default_factory=dict)

    def publish(self) -> None:
        """Rewrite every page, once every page has been looked at.

        Raises:
            PublishingError: if a page has what is not on the gate's lists; nothing is written then.
        """
        texts = {path: path.read_text(encoding="utf-8") for path in self.folder.rglob("*.html")}
        problems = [
            self._told(path.relative_to(self.folder).as_posix(), fault)
            for path in sorted(texts)
            for fault in faults(_parsed(texts[path]), self.scripts, self.base)
        ]
        if problems:
            raise PublishingError("\n".join(problems))
        for path, text in texts.items():
            path.write_text(self._rewritten(text), encoding="utf-8")

    def _told(self, page: str, fault: Fault) -> str:
        """A fault with its page, and the line of its source that shows it if there is one."""
        source = self.sources.get(page)
        if source is None:
            return f"{page}: {fault.what}"
        lines = (self.root / source).read_text(encoding="utf-8").splitlines()
        line = next((n for n, text in enumerate(lines, start=1) if fault.typed in text), 1)
        return f"{page}: {fault.what} ({source.as_posix()}:{line}: delete it)"

    def _rewritten(self, page: str) -> str:
        if styles := _STYLES.search(page):
            element = f'<link rel="stylesheet" href="{self._file(styles[0], "css")}">\n'
            page = _STYLES.sub("", page.replace(styles[0], _MARK, 1)).replace(_MARK, element)
        if scripts := _SCRIPTS.search(page):
            element = f'<script src="{self._file(scripts[0], "js")}" defer></script>\n'
            page = page.replace(scripts[0], element, 1)
        page = _ICON.sub(lambda icon: _data_address(self._text(icon[1])), page)
        meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(self.scripts, ())}">'
        return _CHARSET.sub(lambda charset: f"{charset[0]}\n{meta}", page, count=1)

    def _file(self, elements: str, kind: Literal["css", "js"]) -> str:
        """The address of one file for a row of elements; each script keeps a scope of its own."""
        files = _files(elements)
        if files not in self._joined:
            texts = [self._text(name) for name in files]
            scoped = (f"{{\n{_COMMENT_LINE.sub('', text)}}}\n" for text in texts)
            text = "".join(scoped if kind == "js" else texts)
            name = f"{_ASSETS}page.{sha256(text.encode()).hexdigest()[:8]}.{kind}"
            (self.folder / name).write_text(text, encoding="utf-8")
            self._joined[files] = name
        root = _ADDRESS.findall(elements)[0].partition(_ASSETS)[0]
        return f"{root}{self._joined[files]}"

    def _text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")


def _parsed(page: str) -> html.HtmlElement:
    return html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))


def _data_address(svg: str) -> str:
    """A small picture as an address that holds it."""
    line = _INDENT.sub("", svg).strip().replace('"', "'").replace("#", "%23")
    return f"data:image/svg+xml,{line}".replace("<", "%3C").replace(">", "%3E")


def _files(elements: str) -> tuple[str, ...]:
    """The files that elements load, from the site's root: all of them stand in its assets."""
    parts = (address.partition(_ASSETS) for address in _ADDRESS.findall(elements))
    return tuple(f"{folder}{name}" for _, folder, name in parts)
