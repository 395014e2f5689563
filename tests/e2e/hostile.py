"""A small handbook in which every text that an editor can type holds what could do harm."""

from __future__ import annotations

import json
import string
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from conftest import CODE, copy_repository

from handbook.pages import loader
from handbook.site import layout
from handbook.versions import edition_digests, editions

PIECES = (
    "&", "<", ">", '"', "'", "{{", "</title>", "</script>", "-->", "]]>", "#[", "=1+1", "\u202e",
)  # fmt: skip
"""What could end an element, an attribute, a script, a comment, a cell, or turn the text round."""

REFUSED = {"\u202e"}
"""What the check lets through nowhere; the site's name is not for it to judge."""

SHORT = {"ability", "measure", "partner", "tool", "duty", "group", "absent"}
"""Names of terms, or words of topics: they have at most 60 characters."""

WORDS = {
    "site": ("崗位手冊", "Role handbook"),
    "home": ("運營手冊", "Operations handbook"),
    "view": ("一覽表", "Overview table"),
    "intro": ("這一頁講甚麼", "What this page is about"),
    "role": ("市場推廣", "Advertising"),
    "purpose": ("為平台帶來流量", "Brings traffic to the platform"),
    "duty": ("推廣規劃", "Promotion planning"),
    "task": ("制定推廣策略", "Set a promotion strategy"),
    "example": ("藉節日展開推廣", "Build a promotion around a holiday"),
    "ability": ("數據分析", "data analysis"),
    "required": ("善於分析數據", "good at analysing data"),
    "measure": ("轉化率", "conversion rate"),
    "partner": ("供應商", "outside suppliers"),
    "tool": ("數據庫", "stored data"),
    "topic": ("推廣渠道", "our routes"),
    "also": ("成交", "turnover"),
    "group": ("一組事項", "several routes"),
    "absent": ("沒有寫到", "left out of this"),
    "definition": ("這個詞指甚麼", "what the word means"),
    "about": ("每頁的簡介", "About this page"),
    "owner": ("銷售部門", "Sales department"),
    "question": ("你可以做甚麼", "What can you do"),
    "answer": ("看一看數據", "Look at the data"),
    "heading": ("其他說明", "Other remarks"),
    "edition": ("加了一個例子", "An example was added"),
    "picture": ("一張圖片", "A picture"),
    "quoted": ("一行代碼", "A line of code"),
}
"""Every text, in Chinese and in English: the words that the pieces stand behind."""

_HEADINGS = {
    "zh": {
        "duties": "崗位職責", "abilities": "能力要求", "ex": "例", "m": "指標", "w": "合作",
        "t": "工具", "colon": "：", "stop": "。", "unreleased": "尚未成版", "changed": "含義有變",
    },
    "en": {
        "duties": "Duties", "abilities": "Ability requirements", "ex": "Example", "m": "Measures",
        "w": "Works with", "t": "Tools", "colon": ": ", "stop": ".",
        "unreleased": "Not yet in an edition", "changed": "Meaning changed",
    },
}  # fmt: skip

_VIEW = "# $view\n\n$intro$_stop\n"
_ROLE = """---
section: {section}
description: "$about"
owner: "$owner"
reviewed: 2020-02-29
---

# $role {section}

$purpose$_stop

## $_duties

### {section}.1 $duty

$purpose$_stop

- $task

**$_ex**$_colon$example$_stop

**$_m**$_colon$measure

**$_w**$_colon$partner

**$_t**$_colon$tool

## $_abilities

- **$ability**$_colon$required

## $heading {{ #remarks }}

$intro$_stop

![$picture](../../assets/images/favicon.svg)

> $task

```
$quoted
```
"""
_PAGES = {
    "index": "# $home\n\n$intro$_stop\n",
    "overview": "# $view\n\n## $heading { #areas }\n\n- [$role](roles/marketing.md#duty-3-1)\n",
    "roles/index": _VIEW,
    "roles/marketing": _ROLE.format(section=3),
    "roles/after-sales": _ROLE.format(section=8),
    "changes": _VIEW + "\n## $_unreleased { #unreleased }\n\n"
    "### $role 3 { #unreleased-marketing }\n\n- **$_changed**${_colon}3.1 $edition\n\n"
    "## 2026.11 { #edition-2026-11 }\n\n$intro$_stop\n",
    "downloads": _VIEW + "".join(
        f"\n## $heading {each} {{ #{each} }}\n\n$intro$_stop\n"
        for each in ("handbook", "packs", "data", "offline")
    ),
    "contributing/translation": _VIEW + "\n## $heading { #what }\n\n$intro$_stop\n",
} | dict.fromkeys((
    *layout.VIEWS, *layout.UNLISTED, "contributing/index", "contributing/reviews",
), _VIEW)  # fmt: skip

_TERM = """
  {id}:
    origin: editors
    zh: {{name: "$zh_{name}", definition: "$zh_definition"{also_zh}}}
    en: {{name: "$en_{name}", definition: "$en_definition"{also_en}}}"""
_ALSO = {"also_zh": ', also: ["$zh_also"]', "also_en": ', also: ["$en_also"]'}
_NO_ALSO = {"also_zh": "", "also_en": ""}
_FILES = {
    "docs/vocabulary.yml": "abilities:"
    + _TERM.format(id="data-analysis", name="ability", **_NO_ALSO)
    + "\nmeasures:" + _TERM.format(id="conversion-rate", name="measure", **_ALSO)
    + "\npartners:" + _TERM.format(id="suppliers", name="partner", **_NO_ALSO)
    + "\ntools:" + _TERM.format(id="database", name="tool", **_NO_ALSO)
    + "\ntopics:" + _TERM.format(
        id="channels", name="topic",
        also_zh=', words: ["$zh_duty"]', also_en=', words: ["$en_duty"]',
    ) + '\n    duties: ["3.1", "8.1"]\n'
    + 'areas:\n  - {begins: channels, zh: "$zh_group", en: "$en_group"}\n'
    + 'absent:\n  - {zh: "$zh_absent", en: "$en_absent", typed: ["zzz"]}\n',
    "docs/exercises.yml": 'first:\n  duty: "3.1"\n'
    '  zh: {question: "$zh_question", answer: "$zh_answer"}\n'
    '  en: {question: "$en_question", answer: "$en_answer"}\n',
    "docs/redirects.yml": "roles/promotion: roles/marketing#duty-3-1\n",
}  # fmt: skip

_NEW_LINE = ("**例**", "**Example**")
"""What pages have had since the first edition."""

Pieces = Callable[[str], str]
"""What stands behind the words of a text, by its name."""


def allowed(name: str) -> str:
    """All pieces that the check lets through in the text `name`."""
    refused = (REFUSED if name != "site" else set()) | (
        {"</title>", "-->"} if name in SHORT else set()
    )
    return " ".join(piece for piece in PIECES if piece not in refused)


def harmless(name: str) -> str:
    """As many words that mean nothing anywhere."""
    return " ".join(["12"] * len(allowed(name).split()))


def write(folder: Path, pieces: Pieces) -> None:
    """Write the handbook with the real settings, hooks and templates into `folder`."""
    copy_repository(folder, (*CODE, "mkdocs.yml"))
    made = sources(pieces)
    for path, text in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        before = "\n".join(line for line in text.split("\n") if not line.startswith(_NEW_LINE))
        (folder / path).write_text(before, encoding="utf-8")
    kept = editions.taken(loader.load(folder))
    record = folder / editions.FOLDER / "2026.11.tsv"
    record.parent.mkdir(exist_ok=True)
    record.write_text(editions.written("2026.11", date(2026, 11, 22), kept), encoding="utf-8")
    edition_digests.record(folder, "2026.11")
    for path, text in made.items():
        (folder / path).write_text(text, encoding="utf-8")


def sources(pieces: Pieces) -> dict[str, str]:
    """The files that editors write, by path."""
    texts = {of: said(pieces, of) for of in ("zh", "en")}
    both = {f"{of}_{name}": _quoted(text) for of in texts for name, text in texts[of].items()}
    made = {path: string.Template(text).substitute(both) for path, text in _FILES.items()}
    for of, heading in _HEADINGS.items():
        names = {f"_{name}": text for name, text in heading.items()}
        for key, page in _PAGES.items():
            made[f"docs/{of}/{key}.md"] = _page(page, texts[of], names)
    return made


def said(pieces: Pieces, language: str) -> dict[str, str]:
    """Every text in `language`, as readers are to see it."""
    column = ("zh", "en").index(language)
    return {name: f"{words[column]} {pieces(name)}".strip() for name, words in WORDS.items()}


def typed(text: str) -> str:
    """`text` as Markdown that says just that."""
    return "".join(f"&#{ord(char)};" if char in string.punctuation else char for char in text)


def _page(page: str, texts: Mapping[str, str], names: Mapping[str, str]) -> str:
    front, _, body = page.rpartition("---\n") if page.startswith("---") else ("", "", page)
    in_markdown = {name: typed(text) for name, text in texts.items()}
    in_markdown["quoted"] = texts["quoted"]
    quoted = {name: _quoted(text) for name, text in texts.items()}
    head = string.Template(front).substitute(quoted) + "---\n" if front else ""
    return head + string.Template(body).substitute(in_markdown, **names)


def _quoted(text: str) -> str:
    """`text` within the double quotes of YAML."""
    return json.dumps(text, ensure_ascii=False)[1:-1]
