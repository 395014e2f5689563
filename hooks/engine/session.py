"""What MkDocs says once, when it starts, and every hook may have to know."""

from __future__ import annotations

serving = False
"""Whether pages are served while they are edited: nothing is refused then."""

downloads = True
"""Whether this build makes the downloads and links to them."""
