from __future__ import annotations

import re

import pytest
from flask import Flask

from config import ROOT

TEMPLATES = ROOT / "templates"
NAMES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*") if path.is_file())
PAGES = [name for name in NAMES if name.endswith(".html") and "{% extends" in (TEMPLATES / name).read_text()]
FRAMES = {"base.html", "narrow.html", "staff.html"}
TAG = re.compile(r"<[a-zA-Z][^>]*>", re.DOTALL)
OUTSIDE = re.compile(r"""(src|srcset|poster)\s*=\s*["'](https?:)?//""")

EVERY = pytest.mark.parametrize("name", NAMES)


def text_of(name: str) -> str:
    return (TEMPLATES / name).read_text()


@pytest.mark.parametrize("name", [page for page in PAGES if page not in FRAMES])
def test_a_page_has_a_title(name: str) -> None:
    title = re.search(r"{%-?\s*block title\s*-?%}(.*?){%-?\s*endblock", text_of(name), re.DOTALL)
    assert title, f"{name} sets no title"
    assert title[1].strip()


@EVERY
def test_no_style_and_no_script_is_written_into_a_page(name: str) -> None:
    for tag in TAG.findall(text_of(name)):
        assert not re.search(r"\sstyle\s*=", tag), tag
        assert not re.search(r"\son[a-z]+\s*=", tag), tag
        assert "javascript:" not in tag
        if tag.lower().startswith("<script"):
            assert "src=" in tag or 'type="application/ld+json"' in tag, tag
        assert not tag.lower().startswith("<style"), tag


@EVERY
def test_no_page_loads_anything_from_another_host(name: str) -> None:
    assert not OUTSIDE.search(text_of(name))


@EVERY
def test_a_template_can_be_read(app: Flask, name: str) -> None:
    app.jinja_env.get_template(name)


def test_a_partial_is_included_somewhere_and_a_page_never() -> None:
    everything = "\n".join(text_of(name) for name in NAMES)
    for name in NAMES:
        leaf = name.rsplit("/", 1)[-1]
        if leaf.startswith("_") and leaf.endswith(".html"):
            assert name in everything, f"nobody includes {name}"
