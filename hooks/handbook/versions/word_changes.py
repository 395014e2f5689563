"""What changed between two versions of a text, word by word, as people can read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from itertools import groupby
from typing import Literal

from handbook.base.limits import MOST_COMPARED, MOST_SAME_WORDS
from handbook.base.words import Words
from handbook.versions.fingerprints import Word, words

Kind = Literal["same", "removed", "added"]

_BREAK = "\n"
_AROUND = 12
"""Words beside a change that are shown."""
_SHORTEST = 2
"""Words. Fewer that stayed the same between two changes only make the change hard to read."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line, and what became of them."""

    kind: Kind
    text: str


Line = tuple[Piece, ...]


def changed_lines(before: Sequence[str], after: Sequence[str]) -> tuple[Line, ...]:
    """The paragraphs and list items that changed, in pieces; () if no word did."""
    lines: list[list[Piece]] = [[]]
    for piece in _pieces(_BREAK.join(before), _BREAK.join(after)):
        first, *rest = piece.text.split(_BREAK)
        lines[-1] += [Piece(piece.kind, first)] if first else []
        lines += [[Piece(piece.kind, text)] if text else [] for text in rest]
    return tuple(_joined(line) for line in lines if any(map(is_change, line)))


def amount(before: Sequence[str], after: Sequence[str]) -> tuple[int, float]:
    """How many words came or went, whichever are more, and their share of the longer text.

    What only moved is not counted: a language may say the same in another order.
    """
    old, new = (Counter(word.key for word in words(_BREAK.join(text))) for text in (before, after))
    changed = max((old - new).total(), (new - old).total())
    return changed, changed / max(old.total(), new.total(), 1)


def as_html(lines: Iterable[Line]) -> str:
    """The lines as list items, with `<del>` and `<ins>`; what stayed the same is cut short."""
    return "".join(f"<li>{''.join(map(_piece_html, _cut(line)))}</li>" for line in lines)


def as_text(lines: Iterable[Line], say: Words) -> str:
    """The changed words of `lines`, which `changed_lines` returned, on one line."""
    return say("sign.comma.clause").join(
        say(f"behind.{piece.kind}", words=bare(piece.text))
        for line in lines
        for piece in line
        if is_change(piece)
    )


def _cut(line: Line) -> Iterator[Piece]:
    """The line with only so much of what stayed the same as tells where the changes are."""
    for index, piece in enumerate(line):
        first, last = index == 0, index == len(line) - 1
        found = list(words(piece.text)) if piece.kind == "same" else []
        if len(found) <= _AROUND * (1 if first or last else 2):
            yield piece
            continue
        before = "" if first else piece.text[: found[_AROUND - 1].end]
        after = "" if last else piece.text[found[-_AROUND].start :]
        text = f"{before} … {after}"
        text = text.lstrip() if first else text
        yield Piece("same", text.rstrip() if last else text)


def bare(text: str) -> str:
    """Without the signs around the words."""
    found = list(words(text))
    return text[found[0].start : found[-1].end] if found else text


def _piece_html(piece: Piece) -> str:
    tag = {"same": "", "removed": "del", "added": "ins"}[piece.kind]
    text = escape(piece.text, quote=False)
    return f"<{tag}>{text}</{tag}>" if tag else text


def _joined(line: Sequence[Piece]) -> Line:
    """The line with neighbours of one kind as one piece."""
    groups = groupby((piece for piece in line if piece.text), key=lambda piece: piece.kind)
    return tuple(Piece(kind, "".join(piece.text for piece in those)) for kind, those in groups)


def is_change(piece: Piece) -> bool:
    """Whether words came or went in a piece."""
    return piece.kind != "same" and next(words(piece.text), None) is not None


def _pieces(before: str, after: str) -> Iterator[Piece]:
    """The two texts as one: what is there now with its signs, and in between what is gone."""
    old, new = _tokens(before), _tokens(after)
    shown = 0
    for i1, i2, j1, j2, same in _runs([word.key for word in old], [word.key for word in new]):
        begins, ends = (new[j1].start, new[j2 - 1].end) if j2 > j1 else (shown, shown)
        if i2 > i1 and not same:
            if j2 > j1:
                yield Piece("same", after[shown:begins])
                shown = begins
                yield Piece("removed", before[old[i1].start : old[i2 - 1].end])
            else:
                # Words that are gone take the signs before them along; at the very start, behind.
                start = old[i1 - 1].end if i1 else old[i1].start
                end = old[i2].start if not i1 and i2 < len(old) else old[i2 - 1].end
                yield Piece("removed", before[start:end])
        if j2 > j1:
            yield Piece("same", after[shown:begins])
            yield Piece("same" if same else "added", after[begins:ends])
            shown = ends
    yield Piece("same", after[shown:])


def _tokens(text: str) -> list[Word]:
    """The words, and the ends of lines as words of their own."""
    found: list[Word] = []
    start = 0
    for line in text.split(_BREAK):
        found += [Word(w.key, start + w.start, start + w.end) for w in words(line)]
        start += len(line) + 1
        if start <= len(text):
            found.append(Word(_BREAK, start - 1, start))
    return found


def _runs(old: list[str], new: list[str]) -> Iterator[tuple[int, int, int, int, bool]]:
    """Runs of the same and of changed words, in turn; what is too short to read is taken along."""
    if not _is_comparable(old, new):
        yield 0, len(old), 0, len(new), old == new
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    runs: list[tuple[int, int, int, int, bool]] = []
    opcodes = matcher.get_opcodes()
    for index, (tag, i1, i2, j1, j2) in enumerate(opcodes):
        inside = 0 < index < len(opcodes) - 1
        short = i2 - i1 < _SHORTEST and _BREAK not in old[i1:i2]
        same = tag == "equal" and not (inside and short)
        if runs and not same and not runs[-1][4]:
            runs[-1] = (runs[-1][0], i2, runs[-1][2], j2, False)
        else:
            runs.append((i1, i2, j1, j2, same))
    yield from runs


def _is_comparable(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether the texts can be compared word by word in a moment; else all of them is a change."""
    if len(old) + len(new) > MOST_COMPARED:
        return False
    before, after = Counter(old), Counter(new)
    return sum(count * after[word] for word, count in before.items()) <= MOST_SAME_WORDS
