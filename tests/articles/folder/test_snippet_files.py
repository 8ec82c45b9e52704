"""Snippets in a folder: <locale>/_snippets/<name>.md is what a snippet says in a language."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from helpcenter.articles.folder import snippet_files
from helpcenter.articles.folder.check import check_folder
from helpcenter.articles.folder.export import export_folder
from helpcenter.articles.folder.finding import Level
from helpcenter.articles.folder.layout import Layout
from helpcenter.articles.folder.report import Outcome
from helpcenter.articles.snippets.snippet import named, said_by
from helpcenter.articles.snippets.use import RevisionSnippet
from helpcenter.core.db import db
from helpcenter.core.markdown import MarkdownRefused, Reason
from tests.articles.folder.conftest import Folder, article, png, said
from tests.articles.snippets.conftest import LINE, html_of, names, put_snippet
from tests.shelf import edition_named, put_article

HERE = "en/_snippets/careful.md"


def says(name: str = "careful") -> dict[str, str]:
    db.session.rollback()
    snippet = named(name)
    return said_by(snippet) if snippet else {}


def boil(folder: Folder, body: str = LINE) -> None:
    """An article that shows the snippet."""
    folder.write("en/kitchen/boil.md", article("Boil water", body))


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_articles_of_the_folder_show_its_snippets(folder: Folder) -> None:
    boil(folder)
    folder.write(HERE, "\n\nIt is **hot**.\n\n")
    folder.write("es/_snippets/careful.md", "Está caliente.")
    report = folder.take_in()
    assert report.of(Outcome.IMPORTED) == [HERE, "en/kitchen/boil.md", "es/_snippets/careful.md"]
    assert says() == {"en": "It is **hot**.", "es": "Está caliente."}
    assert html_of(edition_named("Boil water")) == "<p>It is <strong>hot</strong>.</p>"
    assert folder.take_in().counts() == {Outcome.UNCHANGED: 3}


def test_a_changed_file_changes_what_articles_show_before_the_import_ends(folder: Folder) -> None:
    boil(folder)
    folder.write(HERE, "It is hot.\n")
    folder.take_in()
    elsewhere = put_article("Boil an egg", LINE)
    folder.write(HERE, "It is scalding.\n")
    assert folder.take_in().of(Outcome.UPDATED) == [HERE]
    assert "scalding" in html_of(elsewhere)
    versions = db.session.scalars(select(RevisionSnippet.version)).all()
    assert versions == [2, 2]


def test_what_both_sides_changed_stays_as_it_is_on_the_web_and_is_told(folder: Folder) -> None:
    boil(folder)
    folder.write(HERE, "It is hot.\n")
    folder.take_in()
    put_snippet(en="It burns.")
    folder.write(HERE, "It is scalding.\n")
    for _again in range(2):
        report = folder.take_in()
        assert report.of(Outcome.CONFLICT) == [HERE]
        assert said(report) == [f"{HERE}: changed here and on the web; the web's version stays"]
        assert says() == {"en": "It burns."}
    folder.write(HERE, "It burns.\n")
    assert folder.take_in().counts() == {Outcome.UNCHANGED: 2}
    folder.write(HERE, "It is cold.\n")
    assert folder.take_in().of(Outcome.UPDATED) == [HERE]


def test_a_snippet_of_the_web_is_not_overwritten_by_a_file_that_comes_later(folder: Folder) -> None:
    put_snippet(en="It burns.")
    boil(folder)
    folder.write(HERE, "It is hot.\n")
    assert folder.take_in().of(Outcome.CONFLICT) == [HERE]
    assert says() == {"en": "It burns."}


def test_a_file_that_is_deleted_takes_its_language_away(folder: Folder) -> None:
    boil(folder, "Words.")
    folder.write(HERE, "It is hot.\n")
    folder.write("es/_snippets/careful.md", "Está caliente.\n")
    folder.take_in()
    folder.delete("es/_snippets/careful.md")
    assert folder.take_in().of(Outcome.REMOVED) == ["es/_snippets/careful.md"]
    assert says() == {"en": "It is hot."}
    folder.delete(HERE)
    assert folder.take_in().of(Outcome.REMOVED) == [HERE]
    assert names() == []


def test_one_that_is_deleted_here_and_shown_somewhere_stays_and_is_told_until_it_is_not(folder: Folder) -> None:
    boil(folder)
    folder.write(HERE, "It is hot.\n")
    folder.take_in()
    folder.delete(HERE)
    for _again in range(2):
        report = folder.take_in()
        assert report.of(Outcome.CONFLICT) == [HERE]
        assert "still shown by 1 texts" in said(report)[0]
        assert says() == {"en": "It is hot."}
    boil(folder, "Words.")
    assert folder.take_in().of(Outcome.REMOVED) == [HERE]
    assert names() == []


def test_one_that_is_deleted_here_and_changed_on_the_web_stays(folder: Folder) -> None:
    boil(folder)
    folder.write(HERE, "It is hot.\n")
    folder.take_in()
    put_snippet(en="It burns.")
    folder.delete(HERE)
    assert folder.take_in().of(Outcome.CONFLICT) == [HERE]
    assert folder.take_in().counts() == {Outcome.UNCHANGED: 1}
    assert says() == {"en": "It burns."}


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("en/_snippets/Not a name.md", "x", "the name of a snippet begins with a letter"),
        ("en/_snippets/empty.md", "\n", "There is no text."),
        ("en/_snippets/nested.md", "{{ snippet: other }}", "A snippet cannot contain another snippet"),
        ("en/_snippets/open.md", "```\nx", "Something is opened and never closed"),
        ("xx/_snippets/careful.md", "x", "a snippet stands at <locale>/_snippets/<name>.md"),
        ("en/kitchen/_snippets/careful.md", "x", "a snippet stands at <locale>/_snippets/<name>.md"),
    ],
)
def test_what_can_not_be_a_snippet_is_left_out_and_told(folder: Folder, path: str, text: str, told: str) -> None:
    boil(folder, "Words.")
    folder.write(path, text)
    report = folder.take_in()
    assert report.of(Outcome.LEFT_OUT) == [path]
    assert [finding for finding in said(report) if told in finding and finding.startswith(path)]
    assert [str(one) for one in check_folder(folder.root) if told in one.message]
    assert names() == []


def test_one_that_can_not_be_read_keeps_no_other_file_from_being_taken(folder: Folder) -> None:
    boil(folder)
    folder.write(HERE, "It is hot.")
    folder.write("en/_snippets/tangled.md", "<div>" * 3000)
    folder.write("en/_snippets/tangled-too.md", "![](flame.png)\n\n" + "<div>" * 3000)
    report = folder.take_in()
    assert report.of(Outcome.IMPORTED) == [HERE, "en/kitchen/boil.md"]
    assert report.of(Outcome.LEFT_OUT) == ["en/_snippets/tangled-too.md", "en/_snippets/tangled.md"]
    told = [
        f"{path}: This text is nested too deeply or repeats a sign too often. Please simplify it."
        for path in ("en/_snippets/tangled-too.md", "en/_snippets/tangled.md")
    ]
    assert said(report) == told
    assert [str(one) for one in check_folder(folder.root)] == told
    assert html_of(edition_named("Boil water")) == "<p>It is hot.</p>"


def test_one_whose_pictures_take_too_long_to_find_is_told_and_ends_no_import(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    boil(folder)
    folder.write(HERE, "It is hot. ![A flame](flame.png)")
    folder.write("en/_snippets/flame.png", png())
    folder.take_in()

    def too_slow(_text: str) -> None:
        raise MarkdownRefused(Reason.TOO_SLOW)

    monkeypatch.setattr(snippet_files, "references", too_slow)
    report = folder.take_in()
    assert report.of(Outcome.LEFT_OUT) == [HERE]
    assert said(report) == [f"{HERE}: This text takes too long to prepare. Please simplify or split it."]
    assert says() == {"en": "It is hot. ![A flame](flame.png)"}


def test_a_folder_of_another_program_has_no_snippets_of_ours(folder: Folder) -> None:
    folder.write("en/kitchen/boil.md", article("Boil water", "Words."))
    folder.write("en/_snippets/careful.mdx", "x")
    folder.take_in_foreign()
    assert names() == []


def test_links_and_pictures_of_a_snippet_lead_from_its_own_file(folder: Folder) -> None:
    folder.write("en/kitchen/stove/boil.md", article("Boil water", f"Some.\n\n{LINE}"))
    folder.write("en/safety/burns.md", article("Treat a burn", "Cool it.\n\n## At once\n\nNow."))
    folder.write(HERE, "See [burns](../safety/burns.md#at-once).\n\n![A flame](flame.png)\n")
    folder.write("en/_snippets/flame.png", png())
    report = folder.take_in()
    assert said(report) == []
    burns = edition_named("Treat a burn")
    html = html_of(edition_named("Boil water"))
    assert f'href="/en/articles/{burns}-burns#h-at-once"' in html
    assert 'alt="A flame"' in html
    assert "/files/" in html
    assert check_folder(folder.root) == []
    folder.write("en/_snippets/flame.png", png("blue"))
    folder.take_in()
    assert html_of(edition_named("Boil water")) != html


def test_an_export_and_an_import_change_nothing(folder: Folder, tmp_path: Path) -> None:
    boil(folder, f"1. Fill it.\n   {LINE}\n")
    folder.write(HERE, "\ufeff\r\nIt is hot.\r\n\r\n- a\r\n\r\n\r\n")
    folder.take_in()
    put_snippet("hours", en="From nine to five.", ar="من التاسعة إلى الخامسة.")
    put_article("Call us", "{{ snippet: hours }}\n\n```\n{{ snippet: hours }}\n```")
    before = files(folder.root)
    export_folder(folder.root)
    first = files(folder.root)
    assert {path: first[path] for path in before} == before
    assert first["en/_snippets/hours.md"] == b"From nine to five.\n"
    assert "{{ snippet: hours }}" in first["en/general/call-us.md"].decode()
    report = folder.take_in()
    assert set(report.counts()) == {Outcome.UNCHANGED}
    export_folder(folder.root)
    assert files(folder.root) == first
    other = tmp_path / "other"
    export_folder(other)
    assert files(other)[HERE] == before[HERE]


def test_an_export_brings_what_was_changed_on_the_web(folder: Folder) -> None:
    boil(folder)
    folder.write(HERE, "It is hot.\n")
    folder.take_in()
    article_id = edition_named("Boil water")
    put_snippet(en=f"See [how](/articles/{article_id}).")
    assert export_folder(folder.root).of(Outcome.EXPORTED) == [HERE]
    assert (folder.root / HERE).read_text() == "See [how](../kitchen/boil.md).\n"
    assert set(folder.take_in().counts()) == {Outcome.UNCHANGED}
    folder.write(HERE, "It is cold.\n")
    put_snippet(en="It burns.")
    assert export_folder(folder.root).of(Outcome.CONFLICT) == [HERE]
    assert (folder.root / HERE).read_text() == "It is cold.\n"


@pytest.mark.parametrize("suffix", ["markdown", "mdx", "MD"])
def test_one_with_another_suffix_keeps_its_file(folder: Folder, tmp_path: Path, suffix: str) -> None:
    path = f"en/_snippets/careful.{suffix}"
    boil(folder)
    folder.write(path, "It is hot.\n")
    folder.take_in()
    put_snippet(en="It burns.")
    assert export_folder(folder.root).of(Outcome.EXPORTED) == [path]
    assert files(folder.root)[path] == b"It burns.\n"
    assert HERE not in files(folder.root)
    for _again in range(2):
        assert folder.take_in().counts() == {Outcome.UNCHANGED: 2}
    assert says() == {"en": "It burns."}
    part = tmp_path / "part" / "docs"
    export_folder(part, layout=Layout("en"))
    assert files(part)["_snippets/careful.md"] == b"It burns.\n"


def test_a_second_file_of_a_snippet_is_left_out_and_told(folder: Folder) -> None:
    boil(folder)
    folder.write(HERE, "It is hot.\n")
    folder.take_in()
    second = "en/_snippets/careful.markdown"
    folder.write(second, "It is cold.\n")
    told = f"{second}: stands at the same place as {HERE}: a snippet has one file in each language"
    for is_dry in (True, False, False):
        report = folder.take_in(is_dry=is_dry)
        assert report.of(Outcome.LEFT_OUT) == [second]
        assert said(report) == [told]
        assert says() == {"en": "It is hot."}
    assert [one.path for one in check_folder(folder.root)] == [HERE]
    folder.delete(HERE)
    assert folder.take_in().of(Outcome.UPDATED) == [second]
    assert says() == {"en": "It is cold."}


def test_two_folders_do_not_take_each_other_s_snippets(folder: Folder) -> None:
    boil(folder)
    folder.write(HERE, "It is hot.\n")
    folder.take_in(name="one")
    folder.write(HERE, "It is cold.\n")
    report = folder.take_in(name="two", takes_over=False)
    assert HERE in report.of(Outcome.LEFT_OUT)
    assert says() == {"en": "It is hot."}
    folder.take_in(name="two", takes_over=True)
    assert says() == {"en": "It is cold."}


def test_a_dry_run_says_what_would_be_done_and_does_nothing(folder: Folder) -> None:
    boil(folder)
    folder.write(HERE, "It is hot.\n")
    assert folder.take_in(is_dry=True).of(Outcome.IMPORTED) == [HERE, "en/kitchen/boil.md"]
    assert names() == []


def test_a_missing_snippet_is_told_by_import_and_check_with_its_line(folder: Folder) -> None:
    boil(folder, f"First.\n\n{LINE}")
    assert said(folder.take_in()) == [
        "en/kitchen/boil.md:7: the snippet careful is missing; nothing is shown in its place"
    ]
    (found,) = check_folder(folder.root)
    assert (found.path, found.line, found.level) == ("en/kitchen/boil.md", 7, Level.ERROR)
    assert "it would be en/_snippets/careful.md" in found.message
    folder.write("ru/_snippets/careful.md", "Горячо.")
    assert check_folder(folder.root) == []
    assert said(folder.take_in()) == []


def test_a_check_finds_what_is_wrong_in_a_snippet_where_it_is_written(app: Flask, folder: Folder) -> None:
    boil(folder, f"## Start\n\n{LINE}\n\n[there](#inside)")
    folder.write(HERE, "\n\n## Inside\n\n[a](nowhere.md)\n\n![](gone.png)\n")
    assert [str(one) for one in check_folder(folder.root)] == [
        f"{HERE}:5: the link nowhere.md leads nowhere",
        f"{HERE}:7: the picture gone.png has no alt text",
        f"{HERE}:7: the picture gone.png is missing",
    ]
