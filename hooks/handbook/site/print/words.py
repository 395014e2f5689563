"""The words that the printed handbook adds of its own, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handbook.base.script import simplified
from handbook.pages.schema import DERIVED, authored
from handbook.site.print.glyphs import printed

TAGS = {"zh": "zh-Hant", "en": "en", "zh-Hans": "zh-Hans"}
"""The languages of the handbook, as `<html lang>` and file names have them."""

NAMES = {"zh": "繁體中文", "en": "English", "zh-Hans": "简体中文"}
"""The same by their own names."""

WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "contents": "目錄",
        "page-of": "第 {n} 頁，共 {total} 頁",
        "see-page": "（第 {n} 頁）",
        "edition": "{name} 版",
        "colon": "：",
        "comma": "、",
        "duties": "職責",
        "abilities": "能力",
        "matrix-lead": "圓點表示這個崗位需要這項能力。",
        "who-handles-what-lead": "每個事項之下，是涉及它的職責和頁碼。",
        "glossary-lead": "本手冊所用的詞語、英文名稱和定義。詞語大多出自原文，定義由編者撰寫；"
        "逐個詞語的來源，見網站的詞彙表。",
        "index": "術語索引",
        "index-lead": "按漢語拼音排列；數字是頁碼。",
        "see": "見「{name}」",
        "also": "又稱{names}",
        "glossary-term": "詞語",
        "glossary-definition": "定義",
        "glossary-other": "英文",
        "cover-key": "每格是一項職責；實心的，寫明了與誰合作",
        "current": "這份列印本還是最新的嗎？",
        "current-scan": "掃描二維碼，或打開以下網址，看 {name} 版之後有何修改：",
        "current-path": "在手冊網站打開以下路徑，看 {name} 版之後有何修改：",
        "current-code": "二維碼，內含網址 {address}",
        "colophon": "版本資料",
        "colophon-edition": "版次",
        "colophon-date": "日期",
        "colophon-commit": "修訂號",
        "colophon-address": "網頁版",
        "colophon-licence": "授權",
        "licence": (
            "文字：CC BY 4.0（姓名標示 4.0 國際）。字體：Noto Sans，SIL OFL 1.1。"
        ),
        "colophon-source": "來源",
        "source": "依據一份中文原文編寫，詳見「{about}」。",
        "parallel": "中英對照",
        "terms": "詞彙表",
        "pack": "崗位培訓冊",
        "pack-for": "這個崗位做甚麼",
        "pack-in-full": "崗位全文",
        "check": "自我核對",
        "check-lead": "讀懂一項就打勾，有疑問就記下來。這裏不分等級，也不計分。",
        "check-done": "讀懂",
        "check-item": "項目",
        "check-note": "筆記",
        "tick": "已讀懂：{item}",
        "note": "筆記：{item}",
        "exercises": "練習",
        "exercises-lead": "題目和答案都取自這個崗位的職責。先自己作答，再看最後一頁的參考答案。",
        "exercise": "練習 {n}",
        "answer-field": "練習 {n} 的答案",
        "answers": "參考答案",
        "answer-duty": "出自",
        "sign-off": "簽字確認",
        "sign-off-lead": "學員和培訓師一起讀完、討論本冊之後，在此簽字。",
        "trainee": "學員",
        "trainer": "培訓師",
        "date": "日期",
        "name": "姓名",
        "signature": "簽名",
        "sign-edition": "手冊版次",
    },
    "en": {
        "contents": "Contents",
        "page-of": "Page {n} of {total}",
        "see-page": " (page\u00a0{n})",
        "edition": "Edition {name}",
        "colon": ": ",
        "comma": ", ",
        "duties": "Duties",
        "abilities": "Abilities",
        "matrix-lead": "A dot means that the role needs the ability.",
        "who-handles-what-lead": "Each topic is followed by the duties that deal with it and "
        "their page numbers.",
        "glossary-lead": "The terms of this handbook, their Chinese names and what they mean. Most "
        "terms are words of the source; the definitions are the editors’. The glossary on the "
        "website says whose word each term is.",
        "index": "Index of terms",
        "index-lead": "In alphabetical order; the numbers are pages.",
        "see": "see {name}",
        "also": "also {names}",
        "glossary-term": "Term",
        "glossary-definition": "Definition",
        "glossary-other": "Chinese",
        "cover-key": "Each tile is a duty; filled tiles name who it works with",
        "current": "Is this print still current?",
        "current-scan": (
            "Scan the code, or open this address, to see what has changed since edition "
            "{name}:"
        ),
        "current-path": (
            "Open this path on the handbook’s site to see what has changed since edition "
            "{name}:"
        ),
        "current-code": "Code that holds the address {address}",
        "colophon": "About this edition",
        "colophon-edition": "Edition",
        "colophon-date": "Date",
        "colophon-commit": "Revision",
        "colophon-address": "On the web",
        "colophon-licence": "Licence",
        "licence": (
            "Text: CC BY 4.0 (Attribution 4.0 International). Typeface: Noto Sans, SIL Open "
            "Font License 1.1."
        ),
        "colophon-source": "Source",
        "source": "Based on a Chinese source text; see “{about}”.",
        "parallel": "Chinese and English",
        "terms": "Glossary",
        "pack": "Training pack",
        "pack-for": "What the role does",
        "pack-in-full": "The role in full",
        "check": "Self-check",
        "check-lead": (
            "Tick what you have understood, and note any questions. There are no levels here "
            "and no score."
        ),
        "check-done": "Understood",
        "check-item": "Item",
        "check-note": "Note",
        "tick": "Understood: {item}",
        "note": "Note: {item}",
        "exercises": "Exercises",
        "exercises-lead": (
            "The questions and answers come from the duties of this role. Answer them "
            "yourself first, then turn to the last page."
        ),
        "exercise": "Exercise {n}",
        "answer-field": "Your answer to exercise {n}",
        "answers": "Answers",
        "answer-duty": "From",
        "sign-off": "Sign-off",
        "sign-off-lead": (
            "To be signed by the trainee and the trainer once they have read this pack "
            "and discussed it."
        ),
        "trainee": "Trainee",
        "trainer": "Trainer",
        "date": "Date",
        "name": "Name",
        "signature": "Signature",
        "sign-edition": "Edition of the handbook",
    },
}  # fmt: skip

_KEPT = {"address", "path", "src", "url"}


def words(language: str) -> dict[str, str]:
    """The words of "zh", "en" or "zh-Hans"."""
    own: dict[str, str] = told(WORDS[authored(language)], language)
    return {"language": NAMES[language]} | own


def told(value: Any, language: str, *, same: bool = False) -> Any:
    """A book's tree with all its texts as `language` writes and prints them, but for addresses.

    Args:
        value: the tree.
        language: "zh", "en" or "zh-Hans".
        same: whether texts are left in the script they have: code, another language.
    """
    if isinstance(value, str):
        return printed(value if same or language not in DERIVED else simplified(value))
    if isinstance(value, Mapping):
        same = same or value.get("t") in {"code", "pre", "lang"}
        return {
            key: each if key in _KEPT else told(each, language, same=same)
            for key, each in value.items()
        }
    return [told(each, language, same=same) for each in value] if isinstance(value, list) else value
