"""All migrations, on an empty database and on one with people in it, lead to the tables that the models describe."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import text

from helpcenter.community.citation import articles_in
from helpcenter.core import migration
from helpcenter.core.db import db


def differences() -> list[object]:
    """What the models have and the tables have not, or the other way round."""
    with db.engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), db.metadata))


def revisions() -> list[str]:
    """Every migration, the first one first."""
    return [one.revision for one in reversed(list(ScriptDirectory(str(migration.FOLDER)).walk_revisions()))]


def test_the_migrations_make_the_tables_of_the_models(fresh: Flask) -> None:
    migration.upgrade()
    assert differences() == []


def test_upgrading_twice_changes_nothing(fresh: Flask) -> None:
    migration.upgrade()
    migration.upgrade()
    assert differences() == []


@pytest.mark.parametrize(
    ("href", "numbers"),
    [
        ("/en/articles/12-refunds", {12}),
        ("{site}/en/articles/12", {12}),
        ("https://elsewhere.example/en/articles/12-refunds", set()),
        ("/en/articles/9999999999", set()),
    ],
)
def test_answers_from_before_name_the_articles_of_this_site_alone(fresh: Flask, href: str, numbers: set[int]) -> None:
    health = ScriptDirectory(str(migration.FOLDER)).get_revision("0040").module
    site = fresh.config["SETTINGS"].site_url
    html = f'<p><a href="{href.format(site=site)}" rel="nofollow">there</a></p>'
    assert health.linked(html) == articles_in(html) == numbers


def test_every_migration_stands_on_the_one_before() -> None:
    numbers = revisions()
    assert numbers == sorted(numbers)
    # By the names of their files, without Alembic.
    assert numbers == list(migration.revisions(migration.FOLDER))
    assert len(ScriptDirectory(str(migration.FOLDER)).get_heads()) == 1


def test_a_draft_holds_what_the_models_have_and_the_tables_have_not(
    fresh: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migration.upgrade()
    newest = revisions()[-1]
    with db.engine.connect().execution_options(writing=True) as connection, connection.begin():
        connection.execute(text("DROP TABLE search_expectation"))
    folder = tmp_path / "migrations"
    shutil.copytree(migration.FOLDER, folder)
    monkeypatch.setattr(migration, "FOLDER", folder)
    migration.draft("Keep them again")
    (drafted,) = folder.glob(f"versions/{int(newest) + 1:04d}_*.py")
    assert drafted.name.endswith("keep_them_again.py")
    assert drafted.read_text().count("op.create_table(") == 1
    assert "op.create_table('search_expectation'" in drafted.read_text()
