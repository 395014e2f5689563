"""The size of a picture, as its file says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image

from handbook.pictures import size_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="460" height="214" viewBox="0 0 92 43"', (460, 214)),
        ('width="460px" height="213.6px"', (460, 214)),
        ('viewBox="0 0 92 43"', (92, 43)),
        ('width="100%" viewBox="0,0,92,43"', (92, 43)),
        ('width="100%"', None),
    ],
)
def test_drawing(tmp_path: Path, attributes: str, size: tuple[int, int] | None) -> None:
    path = tmp_path / "drawing.svg"
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}/>', "utf-8")
    assert size_of(path) == size


@pytest.mark.parametrize("extension", ["png", "jpg", "webp", "gif"])
def test_photograph(tmp_path: Path, extension: str) -> None:
    path = tmp_path / f"photograph.{extension}"
    Image.new("RGB", (30, 20)).save(path)
    assert size_of(path) == (30, 20)


@pytest.mark.parametrize("name", ["broken.svg", "broken.png", "missing.png"])
def test_what_cannot_be_read_has_no_size(tmp_path: Path, name: str) -> None:
    if name.startswith("broken"):
        (tmp_path / name).write_text("<svg", "utf-8")
    assert size_of(tmp_path / name) is None
