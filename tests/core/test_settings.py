from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path

import pytest

from config import Settings, SettingsRefused, environment_for, examine, load
from helpcenter.app import create_app

GOOD_SECRET = "0123456789abcdefghijklmnopqrstuvwxyz"


def production(data_dir: Path, **changes: str) -> dict[str, str]:
    given = {
        "HELPCENTER_PRODUCTION": "yes",
        "HELPCENTER_DATA_DIR": str(data_dir),
        "HELPCENTER_SECRET_KEY": GOOD_SECRET,
        "HELPCENTER_BASE_URL": "https://help.example.org",
    }
    return {**given, **changes}


def test_a_setting_is_read_under_its_name(tmp_path: Path) -> None:
    settings = load({"HELPCENTER_DATA_DIR": str(tmp_path), "HELPCENTER_WORKERS": "3", "HELPCENTER_DEMO": "yes"})
    assert (settings.data_dir, settings.workers, settings.demo) == (tmp_path, 3, True)


def test_hosts_may_set_port_and_database_bare(tmp_path: Path) -> None:
    environ = {"HELPCENTER_DATA_DIR": str(tmp_path), "PORT": "9001", "DATABASE_URL": "sqlite:////tmp/x", "HOST": "evil"}
    settings = load(environ)
    assert (settings.port, settings.database_uri, settings.host) == (9001, "sqlite:////tmp/x", "127.0.0.1")
    assert load({**environ, "HELPCENTER_PORT": "9002"}).port == 9002


@pytest.mark.parametrize("spelling", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_finds_the_driver(spelling: str) -> None:
    settings = Settings(database_url=f"{spelling}://user@host/name")
    assert settings.database_uri == "postgresql+psycopg://user@host/name"
    assert not settings.is_sqlite


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WORKERS", "two"),
        ("WORKERS", "²"),
        ("WORKERS", "0"),
        ("PORT", "70000"),
        ("DEMO", "maybe"),
        ("BASE_URL", "help.example.org"),
        ("LOG_LEVEL", "LOUD"),
        ("PRODUCT_SECRET", "short"),
        ("OPENID_ISSUER", "id.example.org"),
        ("OPENID_ISSUER", "http://id.example.org"),
        ("OPENID_ISSUER", "https://"),
        ("OPENID_ISSUER", "https://[::1"),
        ("OPENID_ISSUER", "https://id.example.org/?tenant=1"),
        ("OPENID_ISSUER", "https://user@id.example.org"),
        ("OPENID_ISSUER", "https://id.example.org/a b"),
        ("LEAKED_PASSWORDS", "/nowhere/leaked.txt"),
    ],
)
def test_a_setting_that_makes_no_sense_is_named_in_one_line(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsRefused) as refusal:
        load({"HELPCENTER_DATA_DIR": str(tmp_path), f"HELPCENTER_{name}": value})
    assert f"HELPCENTER_{name}" in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("empty", ["", "  "])
def test_a_setting_with_nothing_in_it_is_not_given(tmp_path: Path, empty: str) -> None:
    file = tmp_path / "settings"
    file.write_text(f"HELPCENTER_WORKERS={empty}\nHELPCENTER_THREADS=9\n")
    names = [f"HELPCENTER_{one.name.upper()}" for one in fields(Settings)]
    environ = {**dict.fromkeys([*names, "PORT", "DATABASE_URL"], empty), "HELPCENTER_SETTINGS_FILE": str(file)}
    # So an empty line in the environment takes away what a file says.
    assert examine(environ) == (Settings(), [])
    assert examine({**environ, "HELPCENTER_SETTINGS_FILE": empty}) == (Settings(), [])
    assert examine({"HELPCENTER_SETTINGS_FILE": str(file)}) == (replace(Settings(), threads=9), [])
    assert examine({"HELPCENTER_DATABASE_URL": empty, "DATABASE_URL": "sqlite:////tmp/x"}) == (Settings(), [])


def test_a_process_on_exactly_these_settings_takes_none_from_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "settings"
    file.write_text("HELPCENTER_MAIL_SERVER=mail.example.org\n")
    elsewhere = {"DATABASE_URL": "sqlite:////tmp/x", "HELPCENTER_SETTINGS_FILE": str(file)}
    for name, value in elsewhere.items():
        monkeypatch.setenv(name, value)
    exact = Settings(data_dir=tmp_path, secret_key=GOOD_SECRET)
    assert load(environment_for(exact)) == exact


def test_production_starts_on_good_settings(tmp_path: Path) -> None:
    settings = load(production(tmp_path))
    assert settings.is_https
    app = create_app(settings)
    assert app.config["SECRET_KEY"] == GOOD_SECRET


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"HELPCENTER_SECRET_KEY": ""}, "HELPCENTER_SECRET_KEY"),
        ({"HELPCENTER_SECRET_KEY": "short"}, "HELPCENTER_SECRET_KEY"),
        ({"HELPCENTER_SECRET_KEY": "please-change-this-secret-key-now"}, "HELPCENTER_SECRET_KEY"),
        ({"HELPCENTER_BASE_URL": ""}, "HELPCENTER_BASE_URL"),
        ({"HELPCENTER_DEMO": "yes"}, "demo"),
    ],
)
def test_production_refuses_what_would_not_be_safe(tmp_path: Path, changes: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsRefused, match=named) as refusal:
        load(production(tmp_path, **changes))
    assert "\n" not in str(refusal.value)


def test_production_refuses_the_folder_of_a_demo(tmp_path: Path) -> None:
    (tmp_path / "DEMO").touch()
    with pytest.raises(SettingsRefused, match="demo"):
        load(production(tmp_path))


def test_production_never_makes_up_a_secret(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused):
        load(production(tmp_path, HELPCENTER_SECRET_KEY=""))
    assert list(tmp_path.iterdir()) == []


def test_development_makes_its_secret_once_and_for_its_owner_only(tmp_path: Path) -> None:
    environ = {"HELPCENTER_DATA_DIR": str(tmp_path / "new")}
    first, second = load(environ), load(environ)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 32
    assert [(path.name, path.stat().st_mode & 0o777) for path in (tmp_path / "new").iterdir()] == [
        ("secret_key", 0o600)
    ]


@pytest.mark.parametrize("is_there", [False, True])
def test_others_on_the_machine_read_neither_folder_nor_database(tmp_path: Path, is_there: bool) -> None:
    folder = tmp_path / "new"
    if is_there:
        folder.mkdir(0o755)
    create_app(load({"HELPCENTER_DATA_DIR": str(folder)}))
    assert (folder / "helpcenter.sqlite3").stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == (0o755 if is_there else 0o700), "rights that were given stay"


def test_a_provider_knows_the_site_by_an_id(tmp_path: Path) -> None:
    environ = {"HELPCENTER_DATA_DIR": str(tmp_path), "HELPCENTER_OPENID_ISSUER": "https://id.example.org/realms/x"}
    with pytest.raises(SettingsRefused, match="HELPCENTER_OPENID_CLIENT_ID"):
        load(environ)
    assert load({**environ, "HELPCENTER_OPENID_CLIENT_ID": "help"}).openid_issuer == "https://id.example.org/realms/x"


@pytest.mark.parametrize("issuer", ["http://localhost:8080", "http://127.0.0.1:8080/realms/x", "http://[::1]:8080"])
def test_a_provider_on_this_machine_needs_no_https(tmp_path: Path, issuer: str) -> None:
    environ = {"HELPCENTER_DATA_DIR": str(tmp_path), "HELPCENTER_OPENID_CLIENT_ID": "help"}
    assert load({**environ, "HELPCENTER_OPENID_ISSUER": issuer}).openid_issuer == issuer


def test_settings_do_not_show_their_secrets() -> None:
    shown = repr(Settings(secret_key="canary1", mail_password="canary2", database_url="postgresql://u:canary3@h/d"))
    assert "canary" not in shown


def test_the_site_stands_where_base_url_says() -> None:
    assert Settings(base_url="https://help.example.org/").site_url == "https://help.example.org"
    assert Settings(port=9003).site_url == "http://127.0.0.1:9003"


@pytest.mark.parametrize("below", ["", "help"])
def test_a_folder_that_can_not_be_made_is_named(tmp_path: Path, below: str) -> None:
    taken = tmp_path / "file"
    taken.write_text("")
    folder = taken / below
    with pytest.raises(SettingsRefused, match=f"HELPCENTER_DATA_DIR is {folder}"):
        load({"HELPCENTER_DATA_DIR": str(folder)})
    with pytest.raises(SettingsRefused, match=f"HELPCENTER_DATA_DIR is {folder}"):
        create_app(load(production(folder)))


def test_a_file_of_settings_is_read_below_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "settings"
    file.write_text(
        "# the site\n\nHELPCENTER_WORKERS=3\nexport HELPCENTER_MAIL_PASSWORD='a=b #c'\nPORT = 9001\nHELPCENTER_THREADS=8\n"
    )
    environ = {"HELPCENTER_DATA_DIR": str(tmp_path), "HELPCENTER_SETTINGS_FILE": str(file), "HELPCENTER_THREADS": "9"}
    settings = load(environ)
    assert (settings.workers, settings.mail_password, settings.port, settings.threads) == (3, "a=b #c", 9001, 9)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("HELPCENTER_WORKERS 3", "line 1 of"),
        ("HELPCENTER_BASEURL=https://x.example", "is it HELPCENTER_BASE_URL?"),
        ("HELPCENTER_WORKERS=two", "a whole number is needed"),
        (None, "No such file"),
    ],
)
def test_a_file_of_settings_that_makes_no_sense_is_refused_in_one_line(
    tmp_path: Path, text: str | None, told: str
) -> None:
    file = tmp_path / "settings"
    if text is not None:
        file.write_text(text)
    with pytest.raises(SettingsRefused, match=re.escape(told)) as refusal:
        load({"HELPCENTER_DATA_DIR": str(tmp_path), "HELPCENTER_SETTINGS_FILE": str(file)})
    assert "\n" not in str(refusal.value)


def test_everything_that_is_wrong_with_the_settings_is_told_and_nothing_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    environ = {
        "HELPCENTER_DATA_DIR": str(folder),
        "HELPCENTER_PRODUCTION": "yes",
        "HELPCENTER_WORKERS": "two",
        "HELPCENTER_LOG_LEVEL": "LOUD",
    }
    _settings, problems = examine(environ)
    names = ("WORKERS", "LOG_LEVEL", "SECRET_KEY", "BASE_URL")
    assert [name for name in names if not any(name in problem for problem in problems)] == []
    assert not folder.exists()
