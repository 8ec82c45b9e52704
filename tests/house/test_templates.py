from __future__ import annotations

import ast
import re

import pytest
from flask import Flask
from jinja2 import Environment
from jinja2.meta import find_referenced_templates

from config import ROOT
from tests.house.source import modules

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


@pytest.mark.look
@EVERY
def test_a_template_can_be_read(the_app: Flask, name: str) -> None:
    assert the_app.jinja_env.get_template(name).name == name


def taken_in(environment: Environment, name: str) -> set[str]:
    """What a template extends, includes or imports from."""
    return {str(other) for other in find_referenced_templates(environment.parse(text_of(name)))}


def is_part(name: str) -> bool:
    return name.rsplit("/", 1)[-1].startswith("_") or name.startswith("macros/")


@pytest.mark.look
def test_a_part_is_taken_in_by_a_page_and_a_page_by_none(the_app: Flask) -> None:
    found = {other for name in NAMES for other in taken_in(the_app.jinja_env, name)}
    assert found == {name for name in NAMES if is_part(name)} | FRAMES


def test_every_page_is_answered_with_somewhere_and_every_answer_has_its_page() -> None:
    strings = {
        node.value
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    named = {text for text in strings if re.fullmatch(r"[a-z_]+(/[a-z_]+)+\.(html|xml|txt)", text)}
    mail = {name for name in NAMES if name.startswith("mail/")}
    assert named - mail == {name for name in NAMES if not is_part(name)} - FRAMES - mail
    letters = {name.partition("_")[2].removesuffix(".txt") for name in mail}
    assert letters <= strings, "nobody sends it"
