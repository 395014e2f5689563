"""What a presentation says, on its slides and in its notes."""

from __future__ import annotations

import io
from collections.abc import Iterator

from pptx import Presentation


def slide_texts(content: bytes) -> Iterator[str]:
    """The title of the file, then the texts of its slides, each with its notes."""
    deck = Presentation(io.BytesIO(content))
    yield deck.core_properties.title
    for slide in deck.slides:
        yield from (shape.text_frame.text for shape in slide.placeholders)
        if slide.has_notes_slide:
            yield slide.notes_slide.notes_text_frame.text
