"""Archives of which the same content gives the same bytes, whatever the clock, place or order."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Mapping

_READABLE = 0o100644 << 16
_UNIX = 3
_EARLIEST, _LATEST = (1980, 1, 1), (2107, 12, 31)
"""Archives know no days before and after these."""
_COMPRESSED = (".epub", ".gz", ".jpg", ".jpeg", ".pdf", ".png", ".pptx", ".webp", ".xlsx", ".zip")
_KIND = "mimetype"
"""What an e-book begins with, to be read without unpacking."""


def zipped(files: Mapping[str, bytes], date: datetime.date) -> bytes:
    """An archive of `files` (name to content, kept in their order), all of them of one `date`."""
    day = min(max((date.year, date.month, date.day), _EARLIEST), _LATEST)
    made = io.BytesIO()
    with ZipFile(made, "w") as archive:
        for name, content in files.items():
            info = ZipInfo(name, (*day, 0, 0, 0))
            info.create_system = _UNIX
            info.external_attr = _READABLE
            stored = name.endswith(_COMPRESSED) or name == _KIND
            info.compress_type = ZIP_STORED if stored else ZIP_DEFLATED
            archive.writestr(info, content, compresslevel=9)
    return made.getvalue()


def unzipped(save: Callable[[io.BytesIO], None]) -> dict[str, bytes]:
    """The files of the office document that `save` writes, to be zipped again.

    What it lists its content in comes first, as office programs expect it.
    """
    saved = io.BytesIO()
    save(saved)
    with ZipFile(saved) as opened:
        names = sorted(opened.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        return {name: opened.read(name) for name in names}
