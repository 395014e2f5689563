"""Everything that `handbook` prints, in one language: that of the run, or of the page concerned."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import environment, run_in
from test_cases import TESTS, small_handbook

ZH, EN = "docs/zh/roles/marketing.md", "docs/en/roles/marketing.md"
CHINESE, ENGLISH = {"LANG": "zh_HK.UTF-8"}, {"LANG": "en_GB.UTF-8"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    small_handbook(tmp_path)
    return tmp_path


def said(root: Path, *command: str, typed: str = "", **variables: str) -> tuple[int, str]:
    """The exit code, and what was printed on both streams, one after the other."""
    variables["SOURCE_DATE_EPOCH"] = "1793491200"
    if not typed:
        told = run_in(root, "handbook", *command, **variables)
        return told.returncode, told.stdout + told.stderr
    result = subprocess.run(
        [sys.executable, "-m", "handbook", *command],
        cwd=root,
        env=environment(TESTS.parent, **variables),
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return result.returncode, result.stdout + result.stderr


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def test_check(root: Path) -> None:
    assert said(root, "check", **CHINESE) == (0, "檢查了 10 頁，沒有問題\n")
    assert said(root, "check", **ENGLISH) == (0, "10 pages checked, no problems\n")
    edit(root / EN, "## Ability requirements", "## Requirements")
    (root / "docs/redirects.yml").write_text("roles/old: roles/nothing\n", "utf-8")
    page = (
        f"{EN}:31:1: expected the section heading `Ability requirements`, found `Requirements` "
        "[section-name]\n  hint: ## Ability requirements\n"
    )
    shared = "docs/redirects.yml:1:1: {} [redirect-target]\n  hint: roles/old: index\n"
    zh = shared.format("應連到存在的頁面或位置，實際沒有「roles/nothing」")
    en = shared.format(
        "expected a page or place that exists on the right, found `roles/nothing`: "
        "no such page or place"
    )
    assert said(root, "check", **CHINESE) == (1, page + zh + "檢查了 10 頁，有 2 個問題\n")
    assert said(root, "check", **ENGLISH) == (1, page + en + "10 pages checked, 2 problems\n")


def test_what_is_typed_goes_before_the_environment(root: Path) -> None:
    chinese, english = (0, "檢查了 10 頁，沒有問題\n"), (0, "10 pages checked, no problems\n")
    assert said(root, "check", "--lang", "zh", **ENGLISH) == chinese
    assert said(root, "--lang=zh", "check", **ENGLISH) == chinese
    assert said(root, "--lang=zh", "check", "--lang=en", **CHINESE) == english


HELP = {
    "zh": """\
用法： handbook fix [OPTIONS] [PATH]...

  改好確定無疑的地方。SECTION 如 duty-3-2、marketing/intro。

選項:
  --diff               只顯示會改甚麼，不寫入。
  --same SECTION       這一節的中英文意思相同。
  --translate SECTION  這一節的另一種語言稍後才翻譯。
  --root PATH          儲存庫的位置（預設為目前的資料夾，或它上面的）。
  --lang [zh|en]       顯示的語言（預設按 LANG、LC_ALL，中文或英文）。
  --help               顯示這些說明。

  例：handbook fix docs/zh --same duty-3-2
""",
    "en": """\
Usage: handbook fix [OPTIONS] [PATH]...

  Fix what can be fixed without a doubt. SECTION is such as duty-3-2 or
  marketing/intro.

Options:
  --diff               Show what would change, write nothing.
  --same SECTION       Both languages of this section mean the same.
  --translate SECTION  The other language of this section is to be translated
                       later.
  --root PATH          The repository (default, the folder you are in or one
                       above it).
  --lang [zh|en]       The language of what is printed (default, by LANG and
                       LC_ALL, Chinese or English).
  --help               Show this message and exit.

  Example: handbook fix docs/en --same duty-3-2
""",
}
USAGE = {
    "zh": "用法： handbook {usage}\n說明見「handbook{name} --help」。\n\n錯誤：{error}\n",
    "en": "Usage: handbook {usage}\nTry 'handbook{name} --help' for help.\n\nError: {error}\n",
}
ERRORS = [
    (
        ["chek"], "[OPTIONS] COMMAND …", "",
        "沒有 'chek' 這個命令。 是不是要打 'check', 'schema'？",
        "No such command 'chek'. (Did you mean one of: 'check', 'schema'?)",
    ),
    (
        ["check", "--form"], "check [OPTIONS] [PATH]...", " check",
        "沒有 '--form' 這個選項。 是不是要打 '--format'？",
        "No such option '--form'. Did you mean '--format'?",
    ),
    (
        ["new-role", "--section", "x"], "new-role [OPTIONS] [SLUG]", " new-role",
        "'--section' 的值不對：'x' 不是整數。",
        "Invalid value for '--section': 'x' is not a valid integer.",
    ),
    (
        ["edition"], "edition [OPTIONS] NAME", " edition",
        "缺少參數 'NAME'.",
        "Missing argument 'NAME'.",
    ),
    (
        ["edition", "2026.12", "x"], "edition [OPTIONS] NAME", " edition",
        "多了參數：x",
        "Got unexpected extra argument (x)",
    ),
]  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_help(root: Path, language: str) -> None:
    assert said(root, "fix", "--help", "--lang", language) == (0, HELP[language])


@pytest.mark.parametrize(("typed", "usage", "name", "zh", "en"), ERRORS)
def test_what_was_typed_wrong(
    root: Path, typed: list[str], usage: str, name: str, zh: str, en: str
) -> None:
    for language, error in (("zh", zh), ("en", en)):
        told = USAGE[language].format(usage=usage, name=name, error=error)
        assert said(root, f"--lang={language}", *typed) == (2, told)


def test_nothing_typed_is_told_what_there_is(root: Path) -> None:
    for variables, first in ((CHINESE, "用法： handbook"), (ENGLISH, "Usage: handbook")):
        code, told = said(root, **variables)
        assert (code, told.startswith(f"{first} [OPTIONS] COMMAND …\n")) == (2, True), told


def test_what_has_nothing_to_do_says_so(root: Path) -> None:
    said(root, "fix")
    for command, zh, en in (
        (["fix"], "沒有改動檔案\n", "no files changed\n"),
        (["fix", "--diff"], "沒有改動檔案\n", "no files changed\n"),
        (["translation"], "沒有待譯的章節\n", "nothing waits for translation\n"),
    ):
        assert said(root, *command, **CHINESE) == (0, zh)
        assert said(root, *command, **ENGLISH) == (0, en)


def test_fix(root: Path) -> None:
    assert said(root, "fix", **CHINESE)[0] == 0
    edit(root / ZH, "- 分配預算", "- 分配预算,看ROI")
    edit(root / EN, "- Allocate the budget", "- Allocate the budget, watch the ROI ")
    edit(root / ZH, "# 市場推廣", "# 市場推廣 待補充")
    pages = (
        f"{EN}:24: trailing space\n"
        "  - - Allocate the budget, watch the ROI \n  + - Allocate the budget, watch the ROI\n"
        f"{ZH}:24: 簡體字、標點、中英文之間的空格\n"
        "  - - 分配预算,看ROI\n  + - 分配預算，看 ROI\n"
    )
    (root / "copy").mkdir()
    for each in ("docs", "mkdocs.yml"):
        subprocess.run(["cp", "-r", str(root / each), str(root / "copy")], check=True)
    assert said(root, "fix", **CHINESE) == (
        0, f"{pages}還有 1 個問題，須由人改正：見 `make check`\n改了 2 個檔案\n",
    )  # fmt: skip
    assert said(root / "copy", "fix", **ENGLISH) == (
        0, f"{pages}1 problem left that a person must fix: see `make check`\n2 files changed\n",
    )  # fmt: skip


def test_what_waits_for_its_translation(root: Path) -> None:
    said(root, "fix")
    edit(root / ZH, "用好預算。", "用好全部預算。")
    assert said(root, "fix", **CHINESE) == (
        0,
        """\
docs/translation.tsv：3.2 等待譯成英文
請寫進拉取請求：
  Translation to follow (en): marketing#duty-3-2
如果不用翻譯：make fix SAME='marketing/duty-3-2'
改了 1 個檔案
""",
    )
    assert said(root, "translation", **CHINESE) == (
        0, "- `marketing#duty-3-2`：英文待譯，自 2026-11-01 起：增「全部」\n",
    )  # fmt: skip
    assert said(root, "translation", **ENGLISH) == (
        0, "- `marketing#duty-3-2`: English behind since 2026-11-01: added “全部”\n",
    )  # fmt: skip


def test_new_role(root: Path) -> None:
    code, told = said(root, "new-role", "live", typed="直播運營\nLive streaming\n", **CHINESE)
    assert code == 0, told
    lines = [line for line in told.splitlines() if not line.startswith(("docs/", "  hint:", "   "))]
    assert lines == [
        "已改動 3 個檔案：",
        "  docs/en/roles/live.md",
        "  docs/vocabulary.yml",
        "  docs/zh/roles/live.md",
        "待填、待改：",
        "以下各行提到它，請再讀一遍：",
        "  docs/en/overview.md:5",
        "  docs/zh/overview.md:5",
        "中文名（繁體）: 英文名: ",
    ]
    names = ["--zh", "直播運營", "--en", "Live streaming"]
    assert said(root, "new-role", "live", *names, **CHINESE) == (
        1, "docs/zh/roles/live.md 已經存在\ndocs/en/roles/live.md 已經存在\n",
    )  # fmt: skip
    assert said(root, "new-role", "Live", "--section", "3", *names, **CHINESE) == (
        1, "頁面代號應像 live-streaming，實為「Live」\n第 3 節不可用，可用第 10 節\n",
    )  # fmt: skip


def test_editions(root: Path) -> None:
    made = "docs/editions/2026.11.tsv：16 節\n下一步：.venv/bin/python -m handbook check\n"
    assert said(root, "edition", "2026.11", **CHINESE) == (0, made)
    assert said(root, "edition", "2026.11", **CHINESE) == (
        2, "handbook：docs/editions/2026.11.tsv 已經存在：如果沒有印發過，請先刪去\n",
    )  # fmt: skip
    assert said(root, "edition", "2026.1", **CHINESE) == (
        2, "handbook：版本名應為年和月，如 2026.12，實為「2026.1」\n",
    )  # fmt: skip
    assert said(root, "changes", "main", **CHINESE) == (
        2, "handbook：這個資料夾不在 git 儲存庫裏\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("command", "zh", "en"),
    [
        (["check", "x"], "docs/ 下沒有這個檔案：x", "no such file under docs/: x"),
        (["fix", "docs", "x"], "docs/ 下沒有這個檔案：x", "no such file under docs/: x"),
        (["check", "--since", "x"], "這裏沒有提交 x", "no commit x is known here"),
        (
            ["fix", "--same", "duty-9-9"],
            "沒有這一節：duty-9-9（節名如 duty-3-2、marketing/intro）",
            "no such section: duty-9-9 (sections are such as duty-3-2, marketing/intro)",
        ),
        (["changes"], "還沒有任何版本可以比較：請指定一個提交",
         "there is no edition yet to compare with: name a commit"),
        (["new-role"], "需要 --zh --en", "Missing: --zh --en"),
    ],
)  # fmt: skip
def test_what_cannot_be_done(root: Path, command: list[str], zh: str, en: str) -> None:
    for variables, told in ((CHINESE, f"handbook：{zh}\n"), (ENGLISH, f"handbook: {en}\n")):
        result = run_in(root, "handbook", *command, PYTHONPATH=f"{TESTS.parent}/hooks", **variables)
        asked = result.stderr.rpartition(": handbook")[0] if command == ["new-role"] else ""
        assert result.returncode == 2
        assert result.stderr.removeprefix(f"{asked}: " if asked else "") == told
