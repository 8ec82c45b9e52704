"""What every page is dressed in: weights, layers, logical directions, no script or style inside a page."""

import gzip
import re
from pathlib import Path

import pytest

from helpcenter.core.assets import parts_of

ROOT = Path(__file__).resolve().parents[2]
STYLE, SCRIPT, TEMPLATES = ROOT / "static/css", ROOT / "static/js", ROOT / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
ICONS = (TEMPLATES / "macros/icons.html").read_text()
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|(?:min-|max-)?(?:width|height))\s*:"
    r"|text-align:\s*(?:left|right)|float:\s*(?:left|right)"
)


def _joined(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in parts_of(folder / "bundle.txt"))


@pytest.mark.parametrize(("folder", "most_bytes"), [(STYLE, 15_000), (SCRIPT, 25_000)], ids=["style", "script"])
def test_what_a_reader_loads_stays_light(folder: Path, most_bytes: int) -> None:
    assert len(gzip.compress(_joined(folder), 9)) <= most_bytes


@pytest.mark.parametrize(("folder", "kind"), [(STYLE, "css"), (SCRIPT, "js")], ids=["style", "script"])
def test_every_file_is_joined_once(folder: Path, kind: str) -> None:
    team = parts_of(folder / "team.txt") if kind == "css" else []
    assert sorted([*parts_of(folder / "bundle.txt", for_team=True), *team]) == sorted(folder.rglob(f"*.{kind}"))


def _reached(name: str) -> set[str]:
    """The template of a page and all that it is made of."""
    found, waiting = set(), [name]
    while waiting:
        if (one := waiting.pop()) not in found:
            found.add(one)
            waiting += re.findall(r"\{% (?:extends|include|from|import) ['\"]([^'\"]+)", (TEMPLATES / one).read_text())
    return found


def test_what_only_the_script_of_the_team_knows_stands_on_pages_of_the_team_alone() -> None:
    listing = SCRIPT / "bundle.txt"
    only_team = set(parts_of(listing, for_team=True)) - set(parts_of(listing))
    elements = [tag for path in only_team for tag in re.findall(r'customElements\.define\("([^"]+)"', path.read_text())]
    pages = [str(path.relative_to(TEMPLATES)) for path in PAGES if not path.name.startswith("_")]
    for_all = [reached for page in pages if "staff.html" not in (reached := _reached(page))]
    text = {name: (TEMPLATES / name).read_text() for name in set().union(*for_all)}
    assert elements and for_all
    assert not [(name, tag) for name in text for tag in elements if f"<{tag}" in text[name]]


def test_the_style_names_its_layers_first() -> None:
    assert _joined(STYLE).startswith(b"@layer reset, tokens, base, components, pages, utilities;")


@pytest.mark.parametrize("path", sorted(STYLE.glob("*.css")), ids=lambda path: path.stem)
def test_style_follows_the_direction_of_writing(path: Path) -> None:
    assert not PHYSICAL.findall(re.sub(r"/\*.*?\*/|@media[^{]*", "", path.read_text(), flags=re.S))


COLOURLESS = sorted(path for path in STYLE.glob("*.css") if path.stem not in ("tokens", "code", "print"))


@pytest.mark.parametrize("path", COLOURLESS, ids=lambda path: path.stem)
def test_colours_are_named_in_the_tokens(path: Path) -> None:
    assert not re.search(r"#[0-9a-f]{3,8}\b|oklch\(|rgba?\(|hsla?\(", path.read_text())


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_page_holds_no_style_and_no_script_of_its_own(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", text)
    for script in re.findall(r"<script[^>]*>", text):
        assert "src=" in script or "application/ld+json" in script


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_every_icon_is_drawn(path: Path) -> None:
    for name in re.findall(r"icon\('([\w-]+)'", path.read_text()):
        assert f"'{name}':" in ICONS


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_whole_page_has_a_title(path: Path) -> None:
    text = path.read_text()
    if "{% extends" in text and path.name not in ("staff.html", "narrow.html"):
        assert "{% block title %}" in text


@pytest.mark.parametrize("path", sorted((SCRIPT / "elements").glob("*.js")), ids=lambda path: path.stem)
def test_an_element_is_one_small_behaviour(path: Path) -> None:
    text = path.read_text()
    assert text.startswith("//")
    assert text.count("customElements.define(") <= 1
    assert len(text.splitlines()) <= 100
