"""How large a handbook may be: one place for every limit, each far beyond what any has needed.

They keep a mistake, such as a log pasted into a page, from holding up the check and the build, and
bound what both may cost by what is there to read, not by a clock: the same pages pass on every
machine. A handbook that honestly outgrows one raises the number here.
"""

from __future__ import annotations

from pathlib import Path
from stat import S_ISREG

MOST_FILES = 5_000
"""Files under `docs/`."""

MOST_BYTES = 100_000_000
"""Of all files under `docs/` together."""

LONGEST_PATH = 150
"""Characters. Windows allows 260, of which the folder of the repository and the site's take some;
deeper folders are not entered."""

LARGEST_FILE = 200_000
"""Bytes of a page. A role's page has about 3,000; an honest page of this size takes half a second
to render."""

LARGEST_YAML = 400_000
"""Bytes of each YAML file: the vocabulary has 200,000, most of it what people say in a search; the
densest file of this size takes 1.3 seconds to read."""

LARGEST_RECORD = 2_000_000
"""Bytes of what commands write, a line a section: the record of translations, an edition."""

MOST_PAGES = 500
"""Pages of one language."""

MOST_ROLES = 100
"""Every two roles have a page that compares them: these have 4,950 in each of three languages."""

MOST_DUTIES = 50
"""Duties of a role; a role of today has five."""

MOST_TERMS = 500
"""Terms in each group of the vocabulary: every page is searched for all of them."""

MOST_EXERCISES = 1_000

MOST_REDIRECTS = 1_000
"""Each is a page in each of three languages."""

MOST_EDITIONS = 200
"""Each has a page for each of its roles in each of three languages."""

LONGEST_ADDRESS = 200
"""Characters of a page's address from the site's root. Most systems know no file name of more than
255 bytes, and downloads are named after pages."""
LONGEST_ID = 60
"""Characters of a term's id: a topic's is its page's address, an ability's its anchor."""

MOST_LINES = 5_000
"""Of a page. This and all below is the budget of work of a page: see `pages/parsing/work.py`."""

LONGEST_BLOCK = 30_000
"""Characters without an empty line: a table of 200 rows has 20,000."""

MOST_HEADINGS = 1_000
LONGEST_HEADING = 500
"""Characters: a title stands on every page that leads there, in the navigation and in prints."""
MOST_NAMES = 100
"""Other names of a term, words of a topic, everyday words that mean one thing."""
MOST_FENCES = 1_500
MOST_NOTES = 1_000

FURTHEST_LINKS = 2_000_000
"""Characters that Markdown reads in vain for signs that open a link and are not closed: those of 66
forgotten brackets in the longest block without links, of one in a block of 60 links."""

FURTHEST_CODE = 20_000_000
"""The same for backticks, which are sought faster."""

MOST_COPIED = 400_000_000
"""Characters of each block times its signs, in all: seven tables of 30,000 characters with 1,900
signs each."""

FURTHEST_TAGS = 10_000_000
"""Characters from each `<` of a page to the next `>`, in all."""

MOST_COMPARED = 4_000
"""Words of a section, before and after a change; a section of today has fewer than 200."""

MOST_SAME_WORDS = 100_000
"""Pairs of equal words in the two: in 3,000 words of English some 30,000."""


def start_of(path: Path, most: int = LARGEST_YAML) -> bytes:
    """What the plain file at `path` holds, up to one byte more than it may have.

    Raises:
        FileNotFoundError: if there is none, or one that must not be opened, such as a link or a
            device; the rules say so of every file under `docs/`.
    """
    try:
        if S_ISREG(path.lstat().st_mode):
            with path.open("rb") as opened:
                return opened.read(most + 1)
    except (PermissionError, NotADirectoryError) as error:
        raise FileNotFoundError(path) from error
    raise FileNotFoundError(path)
