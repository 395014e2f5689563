"""Reads a page's file: bytes to text to front matter and Markdown, the way MkDocs does it."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_FENCE = re.compile(r"-{3}[ \t]*")
_CLOSING = re.compile(r"(?:\.{3}|-{3})[ \t]*")

CONFLICT = re.compile(r"(?:<{7}|\|{7}|={7}|>{7})(?:\s|$)")
"""A line that git leaves where the edits of two people met, in a file of data."""
_BOMS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)

_LIKELY = 0.5
"""The share of everyday characters above which a file is taken for Chinese."""


class NotUtf8(Exception):  # noqa: N818 - a finding about a page, not a failure of the program
    """The file is not UTF-8; `encoding` is what it looks like, `line` where it first shows."""

    def __init__(self, encoding: str, line: int) -> None:
        super().__init__(f"{encoding} at line {line}")
        self.encoding, self.line = encoding, line


@dataclass(frozen=True, slots=True)
class Source:
    """A page's lines, and where its front matter and its Markdown stand (lines from 1).

    `front_matter` is the YAML text between the `---` lines, None without; `closed` whether the
    second `---` is there. `first_line` is where the Markdown begins.
    """

    lines: tuple[str, ...]
    front_matter: str | None
    closed: bool
    first_line: int

    @property
    def markdown(self) -> tuple[str, ...]:
        """The lines after the front matter."""
        return self.lines[self.first_line - 1 :]


def instead(line: str, found: str, right: str) -> str | None:
    """The line with `right` in the place of `found`; None if that does not stand there once."""
    return line.replace(found, right) if line.count(found) == 1 else None


def decode(raw: bytes) -> str:
    """The text of a page's file; a byte order mark is dropped, as MkDocs does.

    Raises:
        NotUtf8: with the encoding it seems to be in.
    """
    for bom, name in _BOMS:
        if raw.startswith(bom):
            raise NotUtf8(name, 1)
    if raw.count(0) > len(raw) // 8:  # ASCII in UTF-16 is valid UTF-8, with a NUL to each letter
        raise NotUtf8("UTF-16", 1)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise NotUtf8(_guess(raw), line) from error


_COMMON = {"big5": (0xA440, 0xC67E), "gb18030": (0xB0A1, 0xD7F9)}
"""Where each encoding keeps the characters of everyday text, as two bytes."""


def _guess(raw: bytes) -> str:
    """The encoding that a file of Chinese or Western text most likely has."""
    best, name = max((_share_of_common(raw, name), name) for name in _COMMON)
    return name.upper() if best > _LIKELY else "Latin-1"


def _share_of_common(raw: bytes, encoding: str) -> float:
    """The share of a file's characters that are everyday Chinese if it is in `encoding`."""
    try:
        chars = [char for char in raw.decode(encoding) if not char.isascii()]
    except UnicodeDecodeError:
        return 0
    first, last = _COMMON[encoding]
    encoded = (char.encode(encoding) for char in chars)
    common = sum(first <= int.from_bytes(pair, "big") <= last for pair in encoded if len(pair) == 2)
    return common / len(chars)


def split(text: str) -> Source:
    """Split a page's text into front matter and Markdown, by MkDocs' rule for YAML front matter.

    Source: `mkdocs/utils/meta.py`, `YAML_RE`.
    """
    lines = tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    if not _FENCE.fullmatch(lines[0]):
        return Source(lines, None, True, 1)
    for number, line in enumerate(lines[1:], start=2):
        # A closing fence on the very last line without a line break is none to MkDocs.
        if _CLOSING.fullmatch(line) and number < len(lines) and number > 2:
            return Source(lines, "\n".join(lines[1 : number - 1]), True, number + 1)
    return Source(lines, "\n".join(lines[1:]), False, 1)
