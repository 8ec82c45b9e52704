"""Addresses in settings: which are taken, and which are refused before anything stands on them."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import make_url

from config import SettingsRefused, examine, load


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BASE_URL", "https://"),
        ("BASE_URL", "https://help.example.org:notaport"),
        ("BASE_URL", "https://help.example.org:70000"),
        ("BASE_URL", "https://help.example.org:"),
        ("BASE_URL", "https://help example.org"),
        ("BASE_URL", "https://[::1"),
        ("BASE_URL", "https://user:canary@help.example.org"),
        ("BASE_URL", "https://help.example.org/sub/dir"),
        ("BASE_URL", "https://help.example.org/?"),
        ("DATABASE_URL", "garbage"),
        ("DATABASE_URL", "mysql://user:canary@host/name"),
        ("DATABASE_URL", "oracle://user:canary@host/name"),
        ("DATABASE_URL", "postgresql+psycopg2://user:canary@host/name"),
        ("DATABASE_URL", "postgresql+psycopg://user:canary@host:port/name"),
        ("DATABASE_URL", "postgresql+psycopg://user:canary@host:70000/name"),
        ("DATABASE_URL", "postgresql+psycopg://h:p@canary/x@127.0.0.1/db"),
        ("DATABASE_URL", "postgresql+psycopg://h:p@can?ary@127.0.0.1/db"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "sqlite://host/file"),
        ("DATABASE_URL", "sqlite:////nowhere/at/all/site.sqlite3"),
        ("OPENID_ISSUER", "https://user:canary@id.example.org"),
        ("MAIL_FROM", "notanaddress"),
        ("MAIL_FROM", "Help <help@example.org>"),
    ],
)
def test_an_address_that_makes_no_sense_is_refused_in_one_line_without_its_password(
    tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(SettingsRefused) as refusal:
        load({"HELPCENTER_DATA_DIR": str(tmp_path), f"HELPCENTER_{name}": value})
    told = str(refusal.value)
    assert told.startswith(f"HELPCENTER_{name}") and "\n" not in told
    assert "canary" not in told, "nobody reads a password over a shoulder"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BASE_URL", "https://help.example.org/"),
        ("BASE_URL", "http://[::1]:8000"),
        ("BASE_URL", "https://hilfe.übung.example:8443"),
        ("DATABASE_URL", "postgres://user@host/name"),
        ("DATABASE_URL", "postgresql+psycopg://user:p%40ss:/w?rd@host:5432/name?connect_timeout=2"),
        ("DATABASE_URL", "postgresql+psycopg://user:@[::1]:5432/name"),
        ("DATABASE_URL", "postgresql:///name?host=/var/run/postgresql"),
        ("DATABASE_URL", "sqlite:////tmp/site.sqlite3"),
        ("DATABASE_URL", "sqlite:///site.sqlite3"),
        ("MAIL_FROM", "help@example.org"),
    ],
)
def test_an_address_as_people_write_it_is_taken(tmp_path: Path, name: str, value: str) -> None:
    settings = load({"HELPCENTER_DATA_DIR": str(tmp_path), f"HELPCENTER_{name}": value})
    assert getattr(settings, name.lower()) == value
    make_url(settings.database_uri)


def test_a_database_file_may_lie_in_the_data_folder_that_is_made_at_the_start(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"
    for file in (folder / "site.sqlite3", folder.parent / "site.sqlite3"):
        given = {"HELPCENTER_DATA_DIR": str(folder), "HELPCENTER_DATABASE_URL": f"sqlite:///{file}"}
        assert examine(given)[1] == []
