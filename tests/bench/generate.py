"""Writes a handbook of many roles, for benchmarks: `python -m bench.generate FOLDER [ROLES]`.

The roles are the real ones over and over, each with a name and a section of its own, so that the
text is as long, as mixed and as clean as real pages are.
"""

from __future__ import annotations

import random
import re
import shutil
import sys
from itertools import count, cycle
from pathlib import Path

from conftest import run_in

ROOT = Path(__file__).parents[2]
AUTHORED = ("zh", "en")
_KEPT = re.compile(
    r"^---.*?^---$|^## [^\n]*|\*\*.*?\*\*|\]\(.*?\)|\{.*?\}", re.MULTILINE | re.DOTALL
)
"""What the model is read by: front matter, sections, labels and names of abilities, addresses."""
_WORD = re.compile(r"[\u4e00-\u9fff]{1,2}|[a-z]{4,}")


def generate(folder: Path, roles: int, own_words: bool = False) -> None:
    """Write a tree of `roles` roles in both languages, with the real settings, into `folder`.

    With `own_words` no copy says what another does: each word is any one of the real pages'.
    """
    shutil.copytree(ROOT / "docs", folder / "docs", dirs_exist_ok=True)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    real = sorted(path.stem for path in (ROOT / "docs/zh/roles").glob("*.md"))
    real.remove("index")
    section = count(101)
    said = {
        of: [
            word
            for role in real
            for word in _WORD.findall(_page(ROOT, of, role).read_text("utf-8"))
        ]
        for of in AUTHORED
    }
    for number, role in zip(range(roles - len(real)), cycle(real), strict=False):
        own = next(section)
        for language in AUTHORED:
            page = _page(folder, language, role)
            text = page.read_text(encoding="utf-8")
            if own_words:
                text = _in_other_words(text, said[language], random.Random(f"{language}{number}"))
            copy = page.with_stem(f"{role}-{number:04}")
            copy.write_text(_renumbered(text, own), encoding="utf-8")


def generated(folder: Path, roles: int) -> Path:
    """A repository of `roles` roles with the real code, in `folder`, beyond the limits too."""
    generate(folder, roles)
    for part in ("hooks", "overrides"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    limits = folder / "hooks/handbook/base/limits.py"
    text = limits.read_text("utf-8")
    lifted = re.sub(r"^(MOST_\w+|LARGEST_RECORD) = .+", r"\1 = 10**9", text, flags=re.MULTILINE)
    limits.write_text(lifted, encoding="utf-8")
    fixed = run_in(folder, "handbook", "fix", PYTHONPATH=str(folder / "hooks"))
    assert fixed.returncode == 0, fixed.stdout + fixed.stderr
    return folder


def _page(folder: Path, language: str, role: str) -> Path:
    return folder / "docs" / language / "roles" / f"{role}.md"


def _in_other_words(text: str, words: list[str], chance: random.Random) -> str:
    made, at = "", 0
    for kept in [*_KEPT.finditer(text), None]:
        said = text[at : kept.start() if kept else None]
        made += _WORD.sub(lambda _: chance.choice(words), said) + (kept[0] if kept else "")
        at = kept.end() if kept else at
    return made


def _renumbered(text: str, section: int) -> str:
    text = re.sub(r"^section: \d+$", f"section: {section}", text, flags=re.MULTILINE)
    text = re.sub(r"^### \d+\.", f"### {section}.", text, flags=re.MULTILINE)
    return re.sub(r"^# (.+)$", rf"# \1 {section}", text, count=1, flags=re.MULTILINE)


if __name__ == "__main__":
    generate(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
