"""Built pages made light and safe: one style sheet, one script, a security policy."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from lxml import html
from lxml.html import HtmlElement
from rcssmin import cssmin

from handbook.base.html import parsed, written
from handbook.base.script import simplify
from handbook.base.words import Told
from handbook.site.downloads import settle
from handbook.site.finished.gate import Fault, faults
from handbook.site.finished.offline import OfflineCopy
from handbook.site.finished.policy import PublishingError, policy

_ASSETS = "assets/"
_INDENT = re.compile(r"\s*\n\s*")
_AS_TYPED = {"pre", "script"}
_PLAIN = "/:='(),;!?@&$*+-._~"
_POLICY = "Content-Security-Policy"
_COMMENT = re.compile(r"^\s*//.*\n|^\s+|\s+// .*$", re.MULTILINE)


@dataclass(slots=True)
class Site:
    """A built site in `folder`, whose pages may have the inline `scripts` and no others.

    `base` is its path on its host; `sources` are the files in `root` that pages are written in, by
    page; `downloads` the files to print and to take along, with their sizes in bytes, None if that
    is not known yet.
    """

    folder: Path
    scripts: Collection[str]
    base: str = "/"
    root: Path = Path()
    sources: Mapping[str, Path] = field(default_factory=dict)
    downloads: Mapping[str, int | None] = field(default_factory=dict)
    _joined: dict[tuple[str, ...], str] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)

    def publish(self, copy: OfflineCopy | None = None) -> None:
        """Look at every page, make it what is published, and add it to the offline copy.

        Raises:
            PublishingError: if a page has what is not on the gate's lists.
        """
        problems = []
        for path in sorted(self.folder.rglob("*.html")):
            name = path.relative_to(self.folder).as_posix()
            page = parsed(path.read_text(encoding="utf-8"))
            problems += [self._told(name, each) for each in faults(page, self.scripts, self.base)]
            self._finish(page)
            path.write_text(written(page), encoding="utf-8")
            if copy:
                copy.add(name, page)
        if problems:
            raise PublishingError(*problems)
        self._prune()

    def _prune(self) -> None:
        """Delete the scripts and style sheets that no page asks for."""
        for kind in ("javascripts", "stylesheets"):
            for path in sorted((self.folder / _ASSETS / kind).rglob("*"), reverse=True):
                if path.is_dir():
                    with suppress(OSError):  # it still holds what is used
                        path.rmdir()
                elif path.relative_to(self.folder).as_posix() not in self._used:
                    path.unlink()

    def _told(self, page: str, fault: Fault) -> Told:
        """A fault with its page, and the line of its source that shows it if there is one."""
        source = self.sources.get(page)
        if source is None:
            return Told("gate.at", page=page, what=fault.what)
        lines = (self.root / source).read_text(encoding="utf-8").splitlines()
        line = next((n for n, text in enumerate(lines, start=1) if fault.typed in text), 1)
        place = f"{source.as_posix()}:{line}"
        return Told("gate.at-source", page=page, what=fault.what, place=place)

    def _finish(self, page: HtmlElement) -> None:
        """One style sheet, one script, the icon within the page, a policy; the reader's script.

        What `data-apart` is said of stays a file of its own: joined, it would have whoever comes
        from another page load all the rest anew.
        """
        self._join(page.xpath("//link[@rel='stylesheet' and not(@data-apart)]"), "href", "css")
        self._join(page.xpath("//script[@src and @defer and not(@data-apart)]"), "src", "js")
        for apart in page.xpath("//*[@data-apart]"):
            del apart.attrib["data-apart"]
            name, kind = ("href", "css") if apart.tag == "link" else ("src", "js")
            self._join([apart], name, kind)
        for later in page.xpath("//script[@id='hb-on-demand']"):
            self._used |= {_file(address) for address in json.loads(later.text)}
        for icon in page.xpath("//link[@rel='icon' and contains(@href, 'assets/')]"):
            icon.set("href", _data_address(self._text(_file(icon.get("href")))))
        for charset in page.xpath("//meta[@charset]"):
            own = {script.text for script in page.xpath("//script[not(@src)]")}
            security = policy(own.intersection(self.scripts), ())
            made = html.Element("meta", {"http-equiv": _POLICY, "content": security})
            charset.addnext(made)
            charset.tail, made.tail = "", charset.tail
        for picture in page.xpath("//svg[not(@role)]"):
            picture.set("aria-hidden", "true")  # what it stands for is said in words beside it
        simplify(page)
        settle(page, self.downloads)
        _draw_in(page)

    def _join(self, elements: Sequence[HtmlElement], name: str, kind: str) -> None:
        """Let the first of `elements` load what all of them do; each script keeps its scope."""
        if not elements:
            return
        first, *others = elements
        files = tuple(dict.fromkeys(_file(element.get(name)) for element in elements))
        if files not in self._joined:
            texts = [self._text(file) for file in files]
            scoped = (f"{{\n{_COMMENT.sub('', text)}}}\n" for text in texts)
            text = "".join(scoped) if kind == "js" else str(cssmin("".join(texts)))
            path = f"{_ASSETS}page.{sha256(text.encode()).hexdigest()[:8]}.{kind}"
            (self.folder / path).write_text(text, encoding="utf-8")
            self._joined[files] = path
        first.set(name, f"{first.get(name).partition(_ASSETS)[0]}{self._joined[files]}")
        for element in others:
            element.drop_tree()

    def _text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")


def _draw_in(page: HtmlElement) -> None:
    """Take away the indentation, which browsers do not show: 260 bytes of a role's page."""
    for child in page.iterchildren():
        if child.tag not in _AS_TYPED:
            _draw_in(child)
        if child.tail and "\n" in child.tail:
            child.tail = _INDENT.sub("\n", child.tail)
    if page.text and "\n" in page.text:
        page.text = _INDENT.sub("\n", page.text)


def _data_address(svg: str) -> str:
    """A small picture as an address that holds it."""
    line = _INDENT.sub("", svg).strip().replace('"', "'")
    return f"data:image/svg+xml,{quote(line, safe=_PLAIN)}"


def _file(address: str) -> str:
    """The file at an address, from the site's root: it stands in the site's assets."""
    return _ASSETS + address.partition(_ASSETS)[2]
