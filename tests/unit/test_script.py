"""Script conversion touches what readers see, and nothing else."""

from __future__ import annotations

import pytest

from handbook.base.script import simplified, simplified_html

PAGE = '<html lang="zh-Hans"><body>{}</body></html>'


def convert(body: str) -> str:
    return simplified_html(PAGE.format(body)).removeprefix("<!doctype html>\n")


@pytest.mark.parametrize(
    ("traditional", "expected"),
    [
        ("客戶關係與售後服務", "客户关系与售后服务"),
        ("瞭解佈局，回覆用戶", "了解布局，回复用户"),
        ("負責甚麼、需要甚麼能力", "负责什么、需要什么能力"),
        ("藉節日促銷", "借节日促销"),
        ("增強用戶黏性", "增强用户粘性"),
        ("搜尋連結與檔案", "搜索链接与文件"),
        ("團隊的「洞察者」，他說『好』", "团队的“洞察者”，他说‘好’"),
        ("透過帳戶點選儲存庫", "通过账号点击代码仓库"),
        ("按「Commit」，載入訊息", "点击“Commit”，加载信息"),
        ("影片的註腳和頁尾", "视频的脚注和页脚"),
        ("ROI、Excel、SQL", "ROI、Excel、SQL"),
    ],
)
def test_words_become_what_the_mainland_writes(traditional: str, expected: str) -> None:
    assert simplified(traditional) == expected
    assert simplified(expected) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>職責</p>", "<p>职责</p>"),
        ('<a href="x.md" id="責" title="責">責</a>', '<a href="x.md" id="責" title="责">责</a>'),
        ('<img src="圖.png" alt="圖">', '<img src="%E5%9C%96.png" alt="图">'),
        ("說「<code>「職」</code>」", "说“<code>「職」</code>”"),
        ("說 <code>職</code> 與 <kbd>責</kbd>", "说 <code>職</code> 与 <kbd>責</kbd>"),
        ("<pre><span>職責</span></pre>職責", "<pre><span>職責</span></pre>职责"),
        ("<script>var a = '職責 < 1';</script>", "<script>var a = '職責 < 1';</script>"),
        ("<!-- 職責 -->", "<!-- 職責 -->"),
        ('<a lang="zh-Hant">繁體中文</a>體', '<a lang="zh-Hant">繁體中文</a>体'),
        ('<p lang="en">The <i>職責</i></p>責', '<p lang="en">The <i>職責</i></p>责'),
        ("<p>職責&nbsp;&amp;&#20013;<br>說</p>", "<p>职责\xa0&amp;中<br>说</p>"),
        ("<pre>職<b lang='zh-Hans'>責</b></pre>說", '<pre>職<b lang="zh-Hans">責</b></pre>说'),
    ],
)  # fmt: skip
def test_only_what_readers_see_is_converted(body: str, expected: str) -> None:
    assert convert(body) == PAGE.format(expected)


def test_the_words_of_the_interface_are_converted_with_the_page() -> None:
    settings = '<script id="__config" type="application/json">{}</script>'
    before = r'{"base": "..", "translations": {"search.none": "\u6c92\u6709"}}'
    after = r'{"base": "..", "translations": {"search.none": "\u6ca1\u6709"}}'
    assert convert(settings.format(before)) == PAGE.format(settings.format(after))


def test_of_other_pages_only_passages_in_simplified_are_converted() -> None:
    page = (
        '<!doctype html>\n<html lang="zh-Hant"><body><p>職責 <b lang="{}">說</b></p></body></html>'
    )
    assert simplified_html(page.format("en")) == page.format("en")
    assert simplified_html(page.format("zh-Hans")) == page.format("zh-Hans").replace("說", "说")
