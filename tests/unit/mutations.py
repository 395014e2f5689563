"""Authored files as slips, merges and malice may leave them: real ones, mutated."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

ODD = [
    b"null", b"~", b"[]", b"{}", b"- a", b"true", b"1e999", b".inf", b"-.nan", b"-0", b"1:30:59",
    b"0x" + b"f" * 300, b"9" * 400, b"9" * 5000, b"9999-12-31", b"0000-00-00", b"2026-02-30",
    "\u202e".encode(), "\u2028".encode(), "\ufeff".encode(), "\U0001f469\u200d\U0001f680".encode(),
    "\ufdd0".encode(), "\U000f0001".encode(), b"\xff\xfe", b"\xed\xa0\x80", b"\0", b"\x1b[0K",
    b"&a [*a]", b"*a", b"<<: *a", b"!!python/object/apply:os.system [x]", b"!x", b"%TAG ! x",
    b"'", b'"', b"'" * 99, b"[" * 99, b"{a: " * 99, b"|\n  x", b"? a", b"---", b"...", b"#", b"\t",
    b"\r", b"\r\n", b"\n\n", b" " * 300, "\u5b57".encode() * 1000, b"a" * 10_000, b"../x",
    b"{{ x }}", b"${x}", b"%s", b"=1+1", b"::error::x", b"<b>", b"</script>", b"2026.11", b"en",
    b"duty-3-1", b"3.1", b"marketing", b"<<<<<<< HEAD\n=======\n>>>>>>> x",
]  # fmt: skip


def _flip(raw: bytearray, random: Random) -> None:
    raw[random.randrange(len(raw))] ^= 1 << random.randrange(8)


def _insert(raw: bytearray, random: Random) -> None:
    at = random.randrange(len(raw) + 1)
    raw[at:at] = random.choice(ODD)


def _cut(raw: bytearray, random: Random) -> None:
    start = random.randrange(len(raw))
    del raw[start : start + random.randrange(1, 60)]


def _value(raw: bytearray, random: Random) -> None:
    """What stands behind the colon or tab of a line becomes something else."""
    lines = raw.split(b"\n")
    line = random.randrange(len(lines))
    sign = b"\t" if b"\t" in lines[line] else b":"
    parts = lines[line].split(sign)
    parts[random.randrange(len(parts))] = bytearray(b" " + random.choice(ODD))
    lines[line] = bytearray(sign.join(parts))
    raw[:] = b"\n".join(lines)


def _lines(raw: bytearray, random: Random) -> None:
    """A line is deleted, doubled, moved or indented."""
    lines = raw.split(b"\n")
    line = lines.pop(random.randrange(len(lines)))
    for new in random.choice(([], [line, line], [line], [b"  " + line], [line[1:]])):
        lines.insert(random.randrange(len(lines) + 1), bytearray(new))
    raw[:] = b"\n".join(lines)


_WAYS: tuple[Callable[[bytearray, Random], None], ...] = (_flip, _insert, _cut, _value, _lines)


def mutated(raw: bytes, random: Random) -> bytes:
    """`raw` after one mutation, or a few."""
    changed = bytearray(raw)
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        if changed:
            random.choice(_WAYS)(changed, random)
    return bytes(changed)
