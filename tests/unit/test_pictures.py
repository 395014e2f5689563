"""The size of a picture, as its file says it."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from test_cases import small_handbook

from handbook.checks import rules
from handbook.checks.rules.docs import contents
from handbook.pages import loader
from handbook.site.page.pictures import picture_fault, picture_size, size_of

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
        ('width="210mm" height="29.7cm" viewBox="0 0 21000 29700"', (794, 1123)),
        ('width="1in" height="36pt"', (96, 48)),
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


def saved(extension: str, mode: str = "RGB", size: tuple[int, int] = (30, 20)) -> bytes:
    file = BytesIO()
    Image.new(mode, size).save(file, "JPEG" if extension == ".jpg" else extension[1:])
    return file.getvalue()


@pytest.mark.parametrize(
    ("extension", "mode"),
    [
        *((".png", mode) for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")),
        *((".jpg", mode) for mode in ("L", "RGB", "CMYK")),
        *((".gif", mode) for mode in ("1", "L", "P", "RGB", "RGBA")),
        *((".webp", mode) for mode in ("L", "P", "RGB", "RGBA")),
    ],
)
def test_right_pictures(extension: str, mode: str) -> None:
    assert picture_fault(saved(extension, mode), extension) is None


def test_the_largest_picture() -> None:
    assert picture_fault(saved(".png", "1", (4_000, 4_000)), ".png") is None
    assert picture_fault(saved(".png", "1", (4_000, 4_001)), ".png") == "large"


@pytest.mark.parametrize("extension", [".png", ".jpg", ".gif", ".webp"])
def test_a_part_of_a_picture_is_none(extension: str) -> None:
    raw = saved(extension)
    for length in range(len(raw) - 2):
        assert picture_fault(raw[:length], extension) in {"damaged", "appended"}


@pytest.mark.parametrize("extension", [".png", ".jpg", ".gif", ".webp"])
@pytest.mark.parametrize("after", [b"<script>alert(1)</script>", b"PK\x03\x04", b"\0\0"])
def test_something_after_a_picture(extension: str, after: bytes) -> None:
    assert picture_fault(saved(extension) + after, extension) == "appended"


def test_a_photograph_that_would_be_decoded_for_minutes() -> None:
    file = BytesIO()
    Image.new("L", (400, 400), 128).save(file, "JPEG", progressive=True)
    raw = file.getvalue()
    assert picture_fault(raw, ".jpg") is None
    scan = raw[raw.rindex(b"\xff\xda") : -2]
    assert picture_fault(raw[:-2] + 100 * scan + raw[-2:], ".jpg") == "damaged"


def chunk(name: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", checksum)


def png(width: int, height: int, *chunks: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    rows = zlib.compress(bytes((width // 8 + 1) * height))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [head, *chunks, chunk(b"IDAT", rows), chunk(b"IEND", b"")]
    )


@pytest.mark.parametrize("name", [b"zTXt", b"iCCP", b"iTXt"])
def test_texts_that_grow_a_thousandfold(name: bytes) -> None:
    method = b"a\0\1\0\0\0" if name == b"iTXt" else b"a\0\0"
    small, large = (chunk(name, method + zlib.compress(bytes(n))) for n in (1_000, 2_000_000))
    assert picture_fault(png(8, 8, small), ".png") is None
    assert picture_fault(png(8, 8, large), ".png") == "damaged"


@pytest.mark.parametrize(
    ("raw", "extension", "size"),
    [
        (png(14_000, 14_000)[:100], ".png", (14_000, 14_000)),
        (b"GIF89a\xff\xff\xff\xff\0\0\0;", ".gif", None),
        (b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\xff" * 6, ".webp", (1 << 24, 1 << 24)),
        (b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\xff\xff\xff\x0f", ".webp", (16_384, 16_384)),
        (b"RIFF\0\0\0\0WEBPVP8 " + bytes(10) + b"\xff\x3f" * 2, ".webp", (16_383, 16_383)),
    ],
    ids=["png", "gif", "extended", "lossless", "lossy"],
)  # fmt: skip
def test_size_before_anything_is_decoded(
    raw: bytes, extension: str, size: tuple[int, int] | None
) -> None:
    assert picture_size(raw, extension) == size
    assert picture_fault(raw, extension) == ("large" if size else "damaged")


def test_a_part_that_browsers_do_not_know_and_may_not_pass_over() -> None:
    assert picture_fault(png(8, 8, chunk(b"abCd", b"x")), ".png") is None
    assert picture_fault(png(8, 8, chunk(b"ABCD", b"x")), ".png") == "damaged"


@pytest.mark.parametrize("extension", [".png", ".webp", ".gif"])
def test_animation(extension: str) -> None:
    file = BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(file, extension[1:], save_all=True, append_images=frames[1:])
    assert picture_fault(file.getvalue(), extension) == "animated"


def test_several_photographs_in_one_file() -> None:
    file = BytesIO()
    Image.new("RGB", (8, 8)).save(
        file, "MPO", save_all=True, append_images=[Image.new("RGB", (8, 8))]
    )
    assert picture_fault(file.getvalue(), ".jpg") == "animated"


def test_all_pictures_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_handbook(tmp_path)
    folder = tmp_path / "docs/assets/images"
    folder.mkdir(parents=True)
    for number in range(4):
        (folder / f"{number}.png").write_bytes(saved(".png"))
    monkeypatch.setattr(contents, "MOST_PIXELS", 3 * 30 * 20)
    (found,) = rules.check(loader.read(tmp_path))
    assert (found.path, found.rule) == ("docs/assets/images/3.png", "file-size")
