"""What search must know about words: scripts folded into one, and other names for the same thing.

Both sides of a search fold Traditional to Simplified characters, one by one, and so meet whatever
script either is written in. Words that people type for what the pages say (in another language, in
Taiwan, in everyday speech) are looked up when they search, so the index holds each of them once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby

from handbook.base.script import converter, pinyin
from handbook.base.words import both
from handbook.pages.vocabulary import Vocabulary

_HAN = re.compile(r"[\u3400-\u9fff]+")
_LONGEST = 4
"""The most characters of a word that Taiwan calls otherwise (使用者介面 for 用戶界面)."""

_MIXED_WORDS, _MIXED_LETTERS, _MIXED_CHARACTERS = 2, 13, 3
"""The most words and letters of English that are typed within Chinese; characters in English."""

ASKED = {
    sort: " ".join(both(f"search.{sort}").values()).split()
    for sort in ("people", "comparing", "roles", "customers")
}
"""What asks, in both languages: who is to do something and what they must be able to do; how two
things differ; for all roles of which something is true, where words with hyphens follow one
another; and for customers: who speaks of them asks for no matter of staff."""

IGNORED = [
    *" ".join(both("search.question").values()).split(),
    *ASKED["people"],
    *ASKED["comparing"],
]
"""What a question is asked with and not about, in both languages."""


@dataclass(frozen=True, slots=True)
class Synonym:
    """Words that people may type, and the words of the pages that they then mean."""

    typed: tuple[str, ...]
    means: tuple[str, ...]


def fold_map(texts: Iterable[str]) -> dict[str, str]:
    """What folds to a character of `texts`: all that search needs of the conversion table."""
    table = _fold_table()
    used = {table.get(char, char) for text in texts for char in text}
    return {char: folded for char, folded in table.items() if folded in used}


def folded(text: str) -> str:
    """`text` in one script and case, as the search folds it."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_translation())


@cache
def irregular_forms() -> list[str]:
    """English words whose forms no ending tells, each with its forms: "go went gone"."""
    lines = files(__package__).joinpath("search_forms.tsv").read_text("utf-8").splitlines()
    return [line.replace("\t", " ") for line in lines]


@lru_cache(maxsize=1)
def _read_aloud() -> Callable[[str], list[str]]:
    """What reads Chinese aloud, also the words that its dictionary gets wrong."""
    lines = files(__package__).joinpath("search_readings.tsv").read_text("utf-8").splitlines()
    known = dict(line.split("\t") for line in lines)
    words = re.compile(f"({'|'.join(known)})")

    def read(text: str) -> list[str]:
        parts = words.split(text)
        said = (known[p].split() if p in known else pinyin()(p) for p in parts)
        return [syllable for part in said for syllable in part]

    return read


@lru_cache(maxsize=1)  # both scripts of Chinese ask for the same
def sounds(names: tuple[str, ...]) -> tuple[list[str], str, str]:
    """How Chinese names sound, for those who type Pinyin or pick the wrong character of a sound.

    Args:
        names: what can be asked for; those without Chinese characters have no part in it.

    Returns:
        The names that sound otherwise than their characters alone do (調整, tiao, not diao), each
        with its syllables; how the most common characters sound, in their order in GB/T 2312, which
        is nearly that of Pinyin: "a2 ai13"; and the syllables of other characters in names, each
        with those that sound so: "tou骰;".
    """
    read_aloud = _read_aloud()
    found = dict.fromkeys(run for name in names for run in _HAN.findall(folded(name)))
    common = _common_characters()
    others = dict.fromkeys(char for run in found for char in run if char not in common)
    alone = {char: read_aloud(char)[0] for char in (*common, *others)}
    spoken = {run: read_aloud(run) for run in found}
    otherwise = [
        f"{run} {' '.join(syllables)}"
        for run, syllables in spoken.items()
        if syllables != [alone[char] for char in run]
    ]
    runs = groupby(common, key=alone.__getitem__)
    rare: dict[str, str] = {}
    for char in others:
        rare[alone[char]] = rare.get(alone[char], "") + char
    return (
        otherwise,
        " ".join(f"{syllable}{len([*chars])}" for syllable, chars in runs),
        "".join(f"{syllable}{chars};" for syllable, chars in rare.items()),
    )


@cache
def _common_characters() -> str:
    """The 3,755 most common simplified characters: the first level of GB/T 2312-1980."""
    rows = (bytes([row, cell]) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return "".join(code.decode("gb2312", errors="ignore") for code in rows)


def synonyms(vocabulary: Vocabulary, language: str, texts: Iterable[str]) -> list[Synonym]:
    """What people say for what `texts` say, in either language; each leads to words in `texts`.

    Args:
        vocabulary: its everyday words.
        language: the language of `texts`, "zh" or "en".
        texts: all that can be found.
    """
    texts = list(texts)
    everything = folded("\n".join(texts))
    found = [
        Synonym(typed_in(language, entry.typed), tuple(entry.means))
        for entry in vocabulary.everyday
    ]
    if language == "zh":
        found += [Synonym((typed,), (means,)) for means, typed in taiwan_words(texts).items()]
    return [*_useful(found, everything)]


def same_words(vocabulary: Vocabulary) -> dict[str, str]:
    """The folded Chinese words that are read as another of the same length: 客户, 用户."""
    alike = (each for each in vocabulary.everyday if each.same)
    pairs = ((folded(word), folded(each.means[0])) for each in alike for word in each.typed)
    return {word: read for word, read in pairs if _HAN.match(word) and len(word) == len(read)}


def taiwan_words(texts: Iterable[str]) -> dict[str, str]:
    """The words of `texts` that Taiwan calls otherwise, with what it calls them: 用戶, 使用者."""
    others = {piece: taiwan for text in texts for piece, taiwan in _in_taiwan(text).items()}
    differing: dict[str, str] = {}
    for word in sorted(others, key=lambda word: (len(word), word)):
        within = (word[i : i + n] for n in range(2, len(word)) for i in range(len(word) - n + 1))
        if not any(part in differing for part in within):
            differing[word] = others[word]
    return differing


@lru_cache(maxsize=4096)  # while pages are served, most texts come again
def _in_taiwan(text: str) -> dict[str, str]:
    """What Taiwan calls otherwise, of all that may be a word: every short piece of Chinese."""
    pieces = [
        run[at : at + size]
        for run in _HAN.findall(text)
        for size in range(2, _LONGEST + 1)
        for at in range(len(run) - size + 1)
    ]
    both_ways = zip(pieces, _convert("s2tw", pieces), _convert("s2twp", pieces), strict=True)
    return {piece: taiwan for piece, plain, taiwan in both_ways if taiwan != plain}


def typed_in(language: str, words: Iterable[str]) -> tuple[str, ...]:
    """Those of some words that people type on the pages of a language.

    Words of the other language are mixed in, whole phrases of it are not.
    """
    if language == "zh":
        return tuple(word for word in words if _HAN.search(word) or _is_mixed_in(word))
    return tuple(word for word in words if not _HAN.search(word) or len(word) <= _MIXED_CHARACTERS)


def _is_mixed_in(word: str) -> bool:
    """Whether a word of English is typed within Chinese: longer ones are typed on English pages."""
    return word.count(" ") < _MIXED_WORDS and (" " not in word or len(word) <= _MIXED_LETTERS)


def _useful(found: Iterable[Synonym], everything: str) -> Iterator[Synonym]:
    """Those that lead somewhere.

    What the texts do not say is what people may type.
    """
    for synonym in found:
        words = {folded(word): word for word in (*synonym.means, *synonym.typed)}
        means = {folded(word): word for word in synonym.means if folded(word) in everything}
        typed = [word for key, word in words.items() if key not in means]
        if means and typed:
            yield Synonym(tuple(typed), tuple(means.values()))


def _convert(how: str, words: list[str]) -> list[str]:
    return converter(how).convert("\n".join(words)).split("\n") if words else []


@cache
def _fold_table() -> dict[str, str]:
    chars = [chr(code) for code in range(0x3400, 0xA000)]
    table: dict[str, str] = {}
    for how in ("t2s", "tw2s", "hk2s"):
        for char, simple in zip(chars, _convert(how, chars), strict=True):
            if simple != char and len(simple) == 1:
                table.setdefault(char, simple)
    # Spellings of one word that OpenCC, which converts for readers, rightly keeps apart.
    also = files(__package__).joinpath("search_folds.tsv").read_text("utf-8")
    table |= dict(line.split("\t") for line in also.splitlines())
    return {char: _last(table, simple) for char, simple in table.items()}


def _last(table: dict[str, str], char: str) -> str:
    """What `char` folds to in the end; the tables have chains, such as 麽 to 麼 to 么."""
    passed = {char}
    while (char := table.get(char, char)) not in passed:
        passed.add(char)
    return char


@cache
def _translation() -> dict[int, str]:
    return str.maketrans(_fold_table())
