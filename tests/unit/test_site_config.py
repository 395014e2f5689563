from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.config.base import load_config

from handbook.base import site_config
from handbook.base.site_config import ConfigError


def read(folder: Path, text: str) -> site_config.SiteConfig:
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    return site_config.read(folder)


def test_extensions_in_all_their_spellings(tmp_path: Path) -> None:
    config = read(
        tmp_path,
        "markdown_extensions:\n  - abbr\n  - toc:\n      permalink: true\n  - tables:\n"
        "  - pymdownx.x: {f: !!python/name:a.b }\n",
    )
    assert config.extensions == ("toc", "tables", "fenced_code", "abbr", "pymdownx.x")
    assert config.extension_settings["toc"] == {"permalink": True}
    assert config.extension_settings["tables"] == {}
    as_mapping = read(tmp_path, "markdown_extensions:\n  abbr:\n  toc: {permalink: true}\n")
    assert as_mapping.extensions == ("toc", "tables", "fenced_code", "abbr")
    assert as_mapping.extension_settings["toc"] == {"permalink": True}
    assert read(tmp_path, "site_name: x").extensions == ("toc", "tables", "fenced_code")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("!ENV SITE_URL", "https://one/"),
        ("!ENV [SITE_URL]", "https://one/"),
        ("!ENV [NOT_SET, SITE_URL, x]", "https://one/"),
        ("!ENV [NOT_SET, https://default/]", "https://default/"),
        ("!ENV [NOT_SET, '']", ""),
        ("!ENV NOT_SET", ""),
        ("!ENV [NOT_SET]", ""),
        ("https://two/", "https://two/"),
    ],
)
def test_address_from_the_environment_as_mkdocs_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str, expected: str
) -> None:
    monkeypatch.setenv("SITE_URL", "https://one/")
    monkeypatch.delenv("NOT_SET", raising=False)
    (tmp_path / "docs").mkdir()
    assert read(tmp_path, f"site_name: x\nsite_url: {value}\n").site_url == expected
    assert (load_config(str(tmp_path / "mkdocs.yml")).site_url or "") == expected


def test_the_same_settings_are_read_again_for_another_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for address in ("https://one/", "https://two/"):
        monkeypatch.setenv("SITE_URL", address)
        assert read(tmp_path, "site_url: !ENV SITE_URL\n").site_url == address


def test_values_from_the_environment_have_the_types_of_yaml(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEPTH", "3")
    config = read(tmp_path, "markdown_extensions:\n  - toc: {toc_depth: !ENV DEPTH}\n")
    assert config.extension_settings["toc"] == {"toc_depth": 3}


@pytest.mark.parametrize("text", ["", "- a", "a: [", "a: !!binary x\nb: \x00"])
def test_what_cannot_be_read_is_said(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match=r"mkdocs\.yml"):
        read(tmp_path, text)


def test_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no mkdocs\.yml"):
        site_config.read(tmp_path)


def test_real_settings_match_what_mkdocs_loads() -> None:
    root = Path(__file__).parents[2]
    own, theirs = site_config.read(root), load_config(str(root / "mkdocs.yml"))
    assert set(own.extensions) == set(theirs.markdown_extensions)
    for name, settings in theirs.mdx_configs.items():
        assert own.extension_settings[name] == settings
