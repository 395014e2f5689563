"""Writes a page with all that an editor may write: `python tools/theme_styles.py OUT.html`.

For `make theme-styles`, which keeps the styles of what is on it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import markdown
from pygments.token import STANDARD_TYPES

from handbook.base import site_config

BOXES = [
    "note",
    "abstract",
    "summary",
    "info",
    "tip",
    "success",
    "question",
    "help",
    "warning",
    "attention",
    "failure",
    "danger",
    "error",
    "bug",
    "example",
    "quote",
    "cite",
    "todo",
    "hint",
    "important",
    "caution",
    "check",
    "done",
    "fail",
    "missing",
]
ELSE = """
a[^1] `c` <del>x</del> **b** *i* <kbd>K</kbd> <mark>m</mark>

[^1]: n

Term
:   definition

| a | b |
|:--|--:|
| 1 | 2 |

> q

1. a
    1. b

- a

---

```python title="x" linenums="1"
x = 1
```

![p](a.png){ align=left }

<figure><figcaption>x</figcaption></figure>
"""


def constructs(root: Path) -> str:
    """Everything, as the site renders it."""
    config = site_config.read(root)
    boxes = "".join(f'{sign} {box} "x"\n\n    x\n\n' for box in BOXES for sign in ("!!!", "???"))
    page = markdown.markdown(
        f"# T\n\n[TOC]\n\n{boxes}{ELSE}",
        extensions=list(config.extensions),
        extension_configs=config.extension_settings,
    )
    return page + "".join(
        f'<i class="{name}"></i>' for name in sorted(set(STANDARD_TYPES.values()))
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(constructs(Path(__file__).parents[1]), encoding="utf-8")
