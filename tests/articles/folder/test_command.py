from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from helpcenter.articles.folder import lock
from helpcenter.articles.folder.record import Folder as Record
from helpcenter.articles.revision import Revision
from helpcenter.cli import content
from helpcenter.core.db import db
from tests.articles.folder.conftest import Folder, article, edition
from tests.cast import Cast


@pytest.fixture
def run(app: Flask):  # type: ignore[no-untyped-def]
    def call(*args: object) -> Result:
        db.session.rollback()
        return CliRunner().invoke(content.command, [str(one) for one in args], obj=app)

    return call


def test_an_import_ends_with_0_and_a_sentence(run, folder: Folder) -> None:  # type: ignore[no-untyped-def]
    folder.write("en/billing/refunds.md", article("Refunds"))
    result = run("import", folder.root)
    assert (result.exit_code, result.stdout) == (0, "1 imported.\n")
    assert run("import", folder.root).stdout == "1 unchanged.\n"


def test_an_import_that_left_something_out_ends_with_1_and_says_where(run, folder: Folder) -> None:  # type: ignore[no-untyped-def]
    folder.write("en/billing/refunds.md", article("Refunds", summry="x"))
    result = run("import", folder.root)
    assert result.exit_code == 1
    assert result.stdout == "en/billing/refunds.md:3: summry is not a key here; did you mean summary?\n1 left out.\n"


def test_the_whole_report_can_be_read_by_programs(run, folder: Folder) -> None:  # type: ignore[no-untyped-def]
    folder.write("en/billing/refunds.md", article("Refunds", "[x](gone.md)"))
    report = json.loads(run("import", folder.root, "--json").stdout)
    assert report["counts"] == {"imported": 1}
    assert report["files"] == {"imported": ["en/billing/refunds.md"]}
    assert [(one["path"], one["line"], one["level"]) for one in report["findings"]] == [
        ("en/billing/refunds.md", 5, "warning")
    ]


def test_a_remark_on_many_files_is_made_once_with_examples(run, folder: Folder) -> None:  # type: ignore[no-untyped-def]
    for number in range(9):
        folder.write(f"en/billing/page-{number}.md", article("Page", "[x](gone.md)"))
    lines = run("import", folder.root).stdout.splitlines()
    assert len(lines) == 2
    assert "9 times, as at en/billing/page-0.md:5" in lines[0]


def test_a_foreign_folder_is_imported_by_one_command(run, folder: Folder) -> None:  # type: ignore[no-untyped-def]
    folder.write("goals.mdx", "---\ntitle: Goals\nsidebar_label: x\n---\n<Box/>\n\nText")
    refused = run("import", folder.root)
    assert refused.exit_code == 1
    assert "--locale en --topic general --foreign" in refused.stderr
    result = run("import", folder.root, "--locale", "en", "--topic", "general", "--foreign")
    assert result.exit_code == 0
    assert "left out: sidebar_label (not a key of ours)" in result.stdout


def test_an_author_is_an_account_that_exists(run, folder: Folder, cast: Cast) -> None:  # type: ignore[no-untyped-def]
    folder.write("en/billing/refunds.md", article("Refunds"))
    ada = cast.id_of("ada")
    assert run("import", folder.root, "--as", "nobody@example.org").exit_code == 2
    assert run("import", folder.root, "--as", "ada@example.org").exit_code == 0
    assert db.session.get_one(Revision, edition("Refunds").published_revision_id).author_id == ada


def test_a_topic_without_a_language_is_no_place(run, folder: Folder) -> None:  # type: ignore[no-untyped-def]
    assert run("import", folder.root, "--topic", "general").exit_code == 2


def test_a_second_import_at_the_same_time_is_refused_in_one_line(run, folder: Folder) -> None:  # type: ignore[no-untyped-def]
    with lock.held():
        result = run("import", folder.root)
    assert result.exit_code == 1
    assert result.stderr == "Error: another import or export is at work\n"


def test_export_writes_a_folder(run, folder: Folder) -> None:  # type: ignore[no-untyped-def]
    folder.write("en/billing/refunds.md", article("Refunds"))
    run("import", folder.root)
    result = run("export", folder.root.parent / "out")
    assert (result.exit_code, result.stdout) == (0, "1 exported.\n")
    assert (folder.root.parent / "out/en/billing/refunds.md").read_text() == article("Refunds")


def test_a_check_ends_with_1_where_something_is_to_be_mended(run, folder: Folder) -> None:  # type: ignore[no-untyped-def]
    folder.write("en/billing/refunds.md", article("Refunds"))
    folder.write("en/billing/cards.md", article("Cards"))
    folder.write("es/billing/cards.md", article("Tarjetas"))
    note = "en/billing/refunds.md: not translated yet: it would be es/billing/refunds.md (note)\n"
    assert (run("check", folder.root).exit_code, run("check", folder.root).stdout) == (0, note)
    assert run("check", folder.root, "--strict").exit_code == 1
    folder.write("en/billing/refunds.md", article("Refunds", "[x](gone.md)"))
    result = run("check", folder.root)
    assert result.exit_code == 1
    assert "en/billing/refunds.md:5: the link gone.md leads nowhere\n" in result.stdout
    assert run("check").exit_code == 0
    assert json.loads(run("check", folder.root, "--json").stdout)[1]["line"] == 5


def test_render_makes_everything_anew_when_asked(run, folder: Folder) -> None:  # type: ignore[no-untyped-def]
    folder.write("en/billing/refunds.md", article("Refunds"))
    run("import", folder.root)
    assert run("render").stdout == "0 rendered.\n"
    assert run("render", "--all").stdout == "1 rendered.\n"


@pytest.mark.parametrize("verb", ["check", "import"])
def test_a_folder_without_an_article_is_told_and_changes_nothing(run, folder: Folder, verb: str) -> None:  # type: ignore[no-untyped-def]
    for path in ("README.md", "notes.txt"):
        folder.write(path, "Text")
        result = run(verb, folder.root)
        assert (result.exit_code, result.stdout) == (1, "")
        (line,) = result.stderr.splitlines()
        assert str(folder.root) in line and "there is no article" in line and "<locale>/<topic>/<slug>.md" in line
    assert db.session.scalars(db.select(Record)).all() == []


def test_a_folder_of_topics_alone_is_imported_and_has_no_article_to_check(run, folder: Folder) -> None:  # type: ignore[no-untyped-def]
    folder.write("en/billing/_topic.md", "---\ntitle: Billing\n---\n")
    assert run("import", folder.root).exit_code == 0
    assert run("check", folder.root).exit_code == 1


def test_an_article_that_can_not_be_read_is_named_rather_than_missed(run, folder: Folder) -> None:  # type: ignore[no-untyped-def]
    folder.write("en/billing/refunds.md", b"\xff\xfe")
    result = run("check", folder.root)
    assert result.exit_code == 1 and result.stdout.startswith("en/billing/refunds.md:1: not UTF-8")


@pytest.mark.parametrize("words", [["check"], ["import"], ["check", ".", "--pictures"]])
def test_what_is_no_folder_is_told_in_one_line(run, folder: Folder, words: list[str]) -> None:  # type: ignore[no-untyped-def]
    folder.write("file.md", "Text")
    gone, file = run(*words, folder.root / "gone"), run(*words, folder.root / "file.md")
    assert (gone.exit_code, gone.stderr) == (2, f"Error: there is no folder {folder.root / 'gone'}\n")
    assert (file.exit_code, file.stderr) == (2, f"Error: {folder.root / 'file.md'} is a file; a folder is needed\n")


def test_a_check_that_finds_nothing_says_how_much_it_looked_at(run, folder: Folder) -> None:  # type: ignore[no-untyped-def]
    folder.write("en/billing/refunds.md", article("Refunds"))
    result = run("check", folder.root)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "1 article checked, nothing to mend.\n")
    assert json.loads(run("check", folder.root, "--json").stdout) == []
    assert run("check").stderr == "0 articles checked, nothing to mend.\n"
