"""Writes a deck for Anki: an archive that holds a database, in the form that every version reads.

genanki would bring a library under the LGPL, and writes the time of the day into what it makes.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from handbook.base.zipped import zipped

_SCHEMA = """
create table col (id integer primary key, crt integer not null, mod integer not null,
  scm integer not null, ver integer not null, dty integer not null, usn integer not null,
  ls integer not null, conf text not null, models text not null, decks text not null,
  dconf text not null, tags text not null);
create table notes (id integer primary key, guid text not null, mid integer not null,
  mod integer not null, usn integer not null, tags text not null, flds text not null,
  sfld integer not null, csum integer not null, flags integer not null, data text not null);
create table cards (id integer primary key, nid integer not null, did integer not null,
  ord integer not null, mod integer not null, usn integer not null, type integer not null,
  queue integer not null, due integer not null, ivl integer not null, factor integer not null,
  reps integer not null, lapses integer not null, left integer not null, odue integer not null,
  odid integer not null, flags integer not null, data text not null);
create table revlog (id integer primary key, cid integer not null, usn integer not null,
  ease integer not null, ivl integer not null, lastIvl integer not null, factor integer not null,
  time integer not null, type integer not null);
create table graves (usn integer not null, oid integer not null, type integer not null);
"""
_VERSION = 11
"""Of the schema."""
_MADE_BY = slice(96, 100)
"""Where SQLite notes its own version in the file, which is of no use to those who read it."""
_LAPSE = {"delays": [10], "leechAction": 0, "leechFails": 8, "minInt": 1, "mult": 0}
_NEW = {"delays": [1, 10], "initialFactor": 2500, "ints": [1, 4, 7], "order": 1, "perDay": 20}
_REVIEW = {"ease4": 1.3, "fuzz": 0.05, "ivlFct": 1, "maxIvl": 36500, "perDay": 100}
_CSS = (
    ".card { font-family: sans-serif; font-size: 20px; line-height: 1.5; text-align: left; }"
    " .quiet { font-size: 16px; opacity: .75; }"
)


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its id, which never changes, the deck it is in, its fields as HTML, and its tag."""

    id: str
    deck: str
    fields: tuple[str, ...]
    tag: str


def package(title: str, fields: Sequence[str], notes: Sequence[Note], day: date) -> bytes:
    """The deck as a file for import.

    Args:
        title: what it is called; decks below it are those that the notes name.
        fields: what the fields are called: the first two are asked, the others are the answer, of
            which the last two stand in small type.
        notes: what is in it.
        day: when it was made.
    """
    moment = int(datetime.combine(day, time(), UTC).timestamp())
    names = [title, *dict.fromkeys(f"{title}::{note.deck}" for note in notes)]
    decks = {_id(name): _deck(name, moment) for name in names} | {1: _deck("Default", moment)}
    model = _id(f"{fields}")
    with closing(sqlite3.connect(":memory:")) as base:
        base.executescript(_SCHEMA)
        conf = {"curDeck": 1, "activeDecks": [1], "nextPos": 1, "sortType": "noteFld"}
        options = {
            "id": 1,
            "name": "Default",
            "mod": 0,
            "usn": 0,
            "maxTaken": 60,
            "timer": 0,
            "autoplay": True,
            "replayq": True,
            "new": _NEW,
            "rev": _REVIEW,
            "lapse": _LAPSE,
        }
        texts: tuple[Mapping[Any, Any], ...] = (
            conf,
            {model: _model(model, title, fields, moment)},
            decks,
            {1: options},
            {},
        )
        col = (1, moment, moment * 1000, moment * 1000, _VERSION, 0, 0, 0, *map(json.dumps, texts))
        base.execute(f"insert into col values ({_marks(col)})", col)  # noqa: S608 - question marks
        for n, each in enumerate(notes, start=1):
            at, sorted_by = moment * 1000 + n, each.fields[0]
            note = (at, _guid(each.id), model, moment, -1, f" {each.tag} ",
                    "\x1f".join(each.fields), sorted_by, _checksum(sorted_by), 0, "")  # fmt: skip
            card = (at, at, _id(f"{title}::{each.deck}"), 0, moment, -1, 0, 0, n, *[0] * 8, "")
            base.execute(f"insert into notes values ({_marks(note)})", note)  # noqa: S608
            base.execute(f"insert into cards values ({_marks(card)})", card)  # noqa: S608
        base.commit()
        made = bytearray(base.serialize())
    made[_MADE_BY] = bytes(4)
    return zipped({"collection.anki2": bytes(made), "media": b"{}"}, day)


def _marks(row: Sequence[object]) -> str:
    return ", ".join("?" * len(row))


def _deck(name: str, moment: int) -> Mapping[str, Any]:
    today = {f"{what}Today": [0, 0] for what in ("lrn", "new", "rev", "time")}
    at = 1 if name == "Default" else _id(name)
    return {
        "id": at, "name": name, "mod": moment, "usn": -1, "conf": 1, "desc": "", "dyn": 0,
        "collapsed": False, "extendNew": 0, "extendRev": 0, **today,
    }  # fmt: skip


def _model(at: int, title: str, fields: Sequence[str], moment: int) -> Mapping[str, Any]:
    """What a note of this kind looks like: a card that asks, and what it answers."""
    asked, rest = fields[:2], fields[2:]
    *answer, duty, edition = (f"{{{{{name}}}}}" for name in rest)
    front = "<br><br>".join(f"{{{{{name}}}}}" for name in asked)
    back = "<br><br>".join(["{{FrontSide}}<hr id=answer>" + answer[0], *answer[1:]])
    card = {
        "name": "1", "ord": 0, "qfmt": front, "did": None, "bqfmt": "", "bafmt": "",
        "afmt": f'{back}<p class="quiet">{duty} · {edition}</p>',
    }  # fmt: skip
    plain = {"font": "Arial", "size": 20, "media": [], "rtl": False, "sticky": False}
    return {
        "id": at, "name": title, "type": 0, "mod": moment, "usn": -1, "sortf": 0, "did": 1,
        "flds": [{"name": name, "ord": n, **plain} for n, name in enumerate(fields)],
        "tmpls": [card], "css": _CSS, "latexPre": "", "latexPost": "", "tags": [], "vers": [],
        "req": [[0, "any", [0]]],
    }  # fmt: skip


def _id(name: str) -> int:
    """A number for what has this name, always the same; Anki's are moments in milliseconds."""
    return (1 << 40) + int.from_bytes(hashlib.sha256(name.encode()).digest()[:5])


def _guid(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:20]


def _checksum(text: str) -> int:
    """Of the first field, by which Anki finds what is there twice."""
    return int(hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:8], 16)
