from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from helpcenter.articles.folder import lock
from helpcenter.articles.revision import Revision
from helpcenter.cli import content
from helpcenter.core.db import db
from tests.articles.importers.conftest import Export, editions, zendesk, zendesk_article
from tests.cast import Cast


@pytest.fixture
def run(app: Flask):  # type: ignore[no-untyped-def]
    def call(*args: object) -> Result:
        db.session.rollback()
        return CliRunner().invoke(content.command, ["import-from", *(str(one) for one in args)], obj=app)

    return call


def test_it_ends_with_0_and_a_sentence(run, export: Export) -> None:  # type: ignore[no-untyped-def]
    zendesk(export, zendesk_article(1, "Light it"))
    result = run("zendesk", export.root)
    assert (result.exit_code, result.stdout) == (0, "1 imported.\n")
    assert run("zendesk", export.root).stdout == "1 unchanged.\n"


def test_one_file_may_hold_all_the_lists(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "all.json"
    category = {"id": 10, "name": "Light", "locale": "en-us"}
    section = {"id": 20, "category_id": 10, "name": "Lamps", "locale": "en-us"}
    lists = {"categories": [category], "sections": [section], "articles": [zendesk_article(1, "Light it")]}
    file.write_text(json.dumps(lists))
    assert run("zendesk", file).stdout == "1 imported.\n"


def test_what_was_lost_often_is_said_once_with_examples(run, export: Export) -> None:  # type: ignore[no-untyped-def]
    zendesk(export, *[zendesk_article(number, f"Page {number}", "<p>x</p><img src='/a.png'>") for number in range(9)])
    lines = run("zendesk", export.root, "--dry-run").stdout.splitlines()
    assert len(lines) == 2
    assert "the picture is not in the folder; its address is linked instead: 9 times, as at 0 Page 0 (en)" in lines[0]
    assert editions() == {}


def test_the_whole_report_can_be_read_by_programs(run, export: Export) -> None:  # type: ignore[no-untyped-def]
    zendesk(export, zendesk_article(1, "Light it", "<p>x</p><img src='/a.png'>"))
    report = json.loads(run("zendesk", export.root, "--json").stdout)
    assert report["files"] == {"imported": ["1 Light it (en)"]}
    assert [one["level"] for one in report["findings"]] == ["warning"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("bad.json", b'{"articles": [', "bad.json: no JSON, line 1: Expecting value"),
        ("bad.json", b'{"articles": [%s]}' % (b"9" * 5000), "bad.json: no JSON that one of these systems writes"),
        ("bad.json", b"\xff\xfe", "bad.json: not UTF-8"),
        ("bad.json", b'{"articles": {"a": 1}}', "bad.json: articles is no list"),
        ("bad.json", b'{"articles": ["a"]}', "bad.json: number 1 of articles is no object"),
        ("bad.json", b'{"users": []}', "nothing of what is needed is in it"),
        ("notes.txt", b"", "there is no file that ends with .json in"),
    ],
)
def test_what_can_not_be_read_is_one_line_that_names_the_file(  # type: ignore[no-untyped-def]
    run, export: Export, name: str, content: bytes, said: str
) -> None:
    export.write(name, content)
    result = run("zendesk", export.root)
    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_file_of_another_kind_is_told_and_left(run, export: Export) -> None:  # type: ignore[no-untyped-def]
    zendesk(export, zendesk_article(1, "Light it"))
    export.write("users.json", {"users": []})
    result = run("zendesk", export.root)
    assert result.exit_code == 0
    assert "users.json: no list of articles, sections or categories is in it" in result.stdout


def test_what_is_not_there_ends_with_2(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    result = run("zendesk", tmp_path / "gone")
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert run("notion", tmp_path).exit_code == 2


def test_only_a_help_scout_export_has_to_be_told_its_language(run, export: Export) -> None:  # type: ignore[no-untyped-def]
    zendesk(export, zendesk_article(1, "Light it"))
    assert run("zendesk", export.root, "--locale", "es").exit_code == 2


def test_an_author_is_an_account_that_exists(run, export: Export, cast: Cast) -> None:  # type: ignore[no-untyped-def]
    zendesk(export, zendesk_article(1, "Light it"))
    ada = cast.id_of("ada")
    assert run("zendesk", export.root, "--as", "nobody@example.org").exit_code == 2
    assert run("zendesk", export.root, "--as", "ada@example.org").exit_code == 0
    assert db.session.get_one(Revision, editions()["Light it"].published_revision_id).author_id == ada


def test_it_waits_for_no_other_import(run, export: Export) -> None:  # type: ignore[no-untyped-def]
    zendesk(export, zendesk_article(1, "Light it"))
    with lock.held():
        result = run("zendesk", export.root)
    assert (result.exit_code, result.stderr) == (1, "Error: another import or export is at work\n")
