"""The Markdown files of the repository, and what can be read out of them."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
SETTINGS = ROOT / "docs" / "settings.md"
OPERATIONS = ROOT / "docs" / "operations.md"
ARCHITECTURE = ROOT / "docs" / "architecture.md"

_BUILT = {"build", "data"}
_LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")
_CODE_BLOCK = re.compile(r"^```sh\n(?P<code>.*?)^```", re.DOTALL | re.MULTILINE)
_JSON_BLOCK = re.compile(r"^```json\n(?P<text>.*?)^```", re.DOTALL | re.MULTILINE)
_SETTING_ROW = re.compile(r"^\| `(?P<name>GONGKAI_\w+)` \| `(?P<default>[^`]*)` \|", re.MULTILINE)
_LAYER_ROW = re.compile(r"^\| (?P<rooms>`\w+`(?:, `\w+`)*) \|", re.MULTILINE)


def markdown_files() -> list[Path]:
    """Every Markdown file but those of hidden folders and of what was built."""
    return [file for file in sorted(ROOT.rglob("*.md")) if not _is_built(file)]


def _is_built(file: Path) -> bool:
    folders = file.relative_to(ROOT).parts[:-1]
    return any(name in _BUILT or name.startswith(".") for name in folders)


def relative_links(file: Path) -> Iterator[Path]:
    """The places in the repository a file links to."""
    for link in _LINK.finditer(file.read_text(encoding="utf-8")):
        target = link["target"].partition("#")[0]
        if target and "://" not in target:
            yield file.parent / target


def first_commands(file: Path) -> list[str]:
    """The commands of a file's first block of shell code, without their comments."""
    block = _CODE_BLOCK.search(file.read_text(encoding="utf-8"))
    lines = block["code"].splitlines() if block else []
    return [line.partition("#")[0].strip() for line in lines]


def json_blocks(file: Path) -> list[str]:
    """The texts of a file's blocks of JSON."""
    return [block["text"] for block in _JSON_BLOCK.finditer(file.read_text(encoding="utf-8"))]


def documented_settings() -> list[tuple[str, str]]:
    """Environment name and default of each row of docs/settings.md."""
    rows = _SETTING_ROW.finditer(SETTINGS.read_text(encoding="utf-8"))
    return [(row["name"], row["default"]) for row in rows]


def documented_layers() -> list[set[str]]:
    """The rooms of each layer as docs/architecture.md lists them, the outermost first."""
    text = ARCHITECTURE.read_text(encoding="utf-8")
    section = text.partition("## Rooms and layers")[2].partition("\n## ")[0]
    return [set(re.findall(r"`(\w+)`", row["rooms"])) for row in _LAYER_ROW.finditer(section)]
