"""What a text in a file may hold: patterns for the models of files."""

from __future__ import annotations

_UNSEEN = r"\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufff9-\uffff"  # noqa: E501
VISIBLE = rf"^[^{_UNSEEN}]*$"
"""Text of which a reader sees every character; emoji may be joined by U+200D."""
ONE_LINE = rf"^[^\s{_UNSEEN}][^\n{_UNSEEN}]*$"
"""The same on one line, on which there is something."""
