from __future__ import annotations

import io
import time
from datetime import date
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from handbook.base.zipped import zipped

FILES = {"b/index.html": b"page" * 99, "a.pdf": b"%PDF"}


def test_it_can_be_unpacked() -> None:
    with ZipFile(io.BytesIO(zipped(FILES, date(2026, 11, 3)))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == FILES
        infos = archive.infolist()
    assert [info.filename for info in infos] == ["b/index.html", "a.pdf"]
    assert {info.date_time for info in infos} == {(2026, 11, 3, 0, 0, 0)}
    assert {info.external_attr >> 16 for info in infos} == {0o100644}
    assert [info.compress_type for info in infos] == [ZIP_DEFLATED, ZIP_STORED]


def test_the_same_bytes_in_another_time_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    made = set()
    for zone in ("Asia/Shanghai", "America/New_York"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        made.add(zipped(FILES, date(2026, 11, 3)))
    monkeypatch.undo()
    time.tzset()
    assert len(made) == 1


@pytest.mark.parametrize(
    ("day", "kept"), [(date(1970, 1, 1), (1980, 1, 1)), (date(2108, 1, 1), (2107, 12, 31))]
)
def test_days_that_archives_do_not_know(day: date, kept: tuple[int, int, int]) -> None:
    with ZipFile(io.BytesIO(zipped(FILES, day))) as archive:
        assert archive.infolist()[0].date_time == (*kept, 0, 0, 0)
