"""Built pages made light and safe: one style sheet within each, one script, a security policy.

Works on the files of a whole built site, because a style sheet can be cut down only by one who
has seen every page; for the same reason it knows nothing of how the pages came about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from lxml import html

from handbook.lean_styles import StyleError, lean
from handbook.policy import faults, policy
from handbook.used_names import UsedNames

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

_ASSETS = "assets/"
_STYLES = re.compile(r'(?:[ \t]*<link rel="stylesheet" href="[^"]+">\s*)+')
_SCRIPTS = re.compile(r'(?:[ \t]*<script src="[^"]+" defer></script>\s*)+')
_ADDRESS = re.compile(r'(?:href|src)="([^"]+)"')
_ICON = re.compile(r'(?<=<link rel="icon" href=")[^"]*?(assets/[^"]+\.svg)')
_CHARSET = re.compile(r"<meta charset=[^>]+>")
_VERBATIM = re.compile(r"(<(pre|script|style|textarea)\b.*?</\2>)", re.DOTALL)
_INDENT = re.compile(r"\s*\n\s*")
_COMMENT_LINE = re.compile(r"^\s*//.*\n|^\s+", re.MULTILINE)


class PublishingError(Exception):
    """Pages that must not be published; names each with what is wrong in it."""


@dataclass(slots=True)
class Site:
    """A built site in `folder`, whose pages may have the inline `scripts` and no others."""

    folder: Path
    scripts: Collection[str]
    features: Iterable[str] = ()
    _styles: dict[tuple[str, ...], str] = field(default_factory=dict)
    _joined: dict[tuple[str, ...], str] = field(default_factory=dict)

    def publish(self) -> None:
        """Rewrite every page.

        Raises:
            PublishingError: if a page or a style sheet has what the policy would stop.
        """
        paths = sorted(self.folder.rglob("*.html"))
        used = self._read(paths)
        for path in paths:
            page = path.read_text(encoding="utf-8")
            path.write_text(self._rewritten(page, used), encoding="utf-8")

    def _read(self, paths: Iterable[Path]) -> UsedNames:
        """The names in use on all pages and in all scripts; a worker can write elements too."""
        used = UsedNames()
        used.add_features(self.features)
        problems = []
        for path in paths:
            page = html.document_fromstring(path.read_bytes())
            used.add_page(page)
            name = path.relative_to(self.folder).as_posix()
            problems += [f"{name}: {fault}" for fault in faults(page, self.scripts)]
        if problems:
            raise PublishingError("\n".join(problems))
        for path in sorted((self.folder / _ASSETS).rglob("*.js")):
            if "lunr" not in path.parts:  # word stems of many languages, no elements
                used.add_script(path.read_text(encoding="utf-8"))
        return used

    def _rewritten(self, page: str, used: UsedNames) -> str:
        style = ""
        if linked := _STYLES.search(page):
            style = self._style(_files(linked[0]), used)
            page = _STYLES.sub("", page.replace(linked[0], f"<style>{style}</style>\n", 1))
        if scripts := _SCRIPTS.search(page):
            page = page.replace(scripts[0], f"{self._script(scripts[0])}\n", 1)
        page = _ICON.sub(lambda icon: _data_address(self._text(icon[1])), _squeezed(page))
        rules = policy(self.scripts, [style] if style else [])
        meta = f'<meta http-equiv="Content-Security-Policy" content="{rules}">'
        return _CHARSET.sub(lambda charset: f"{charset[0]}\n{meta}", page, count=1)

    def _style(self, files: tuple[str, ...], used: UsedNames) -> str:
        if files not in self._styles:
            try:
                self._styles[files] = lean("\n".join(map(self._text, files)), used)
            except StyleError as error:
                raise PublishingError(f"{', '.join(files)}: {error}") from error
        return self._styles[files]

    def _script(self, elements: str) -> str:
        """One element for a row of them: each script keeps its own scope and its place."""
        files = _files(elements)
        if files not in self._joined:
            text = "".join(f"{{\n{_COMMENT_LINE.sub('', self._text(name))}}}\n" for name in files)
            name = f"{_ASSETS}javascripts/page.{sha256(text.encode()).hexdigest()[:8]}.js"
            (self.folder / name).write_text(text, encoding="utf-8")
            self._joined[files] = name
        root = _ADDRESS.findall(elements)[0].partition(_ASSETS)[0]
        return f'<script src="{root}{self._joined[files]}" defer></script>'

    def _text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")


def _data_address(svg: str) -> str:
    """A small picture as an address that holds it."""
    line = _INDENT.sub("", svg).strip().replace('"', "'").replace("#", "%23")
    return f"data:image/svg+xml,{line}".replace("<", "%3C").replace(">", "%3E")


def _squeezed(page: str) -> str:
    """The page without indentation and empty lines, but for what is shown or run as it stands."""
    parts = _VERBATIM.split(page)
    # Every third part is the name of the element before it.
    shown = (_INDENT.sub("\n", part) if i % 3 == 0 else part for i, part in enumerate(parts))
    return "".join(part for i, part in enumerate(shown) if i % 3 != 2).strip() + "\n"


def _files(elements: str) -> tuple[str, ...]:
    """The files that elements load, from the site's root: all of them stand in its assets."""
    parts = (address.partition(_ASSETS) for address in _ADDRESS.findall(elements))
    return tuple(f"{folder}{name}" for _, folder, name in parts)
