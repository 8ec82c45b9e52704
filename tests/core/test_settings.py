from __future__ import annotations

from pathlib import Path

import pytest

from config import Settings, SettingsRefused, load
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
    ],
)
def test_a_setting_that_makes_no_sense_is_named_in_one_line(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsRefused) as refusal:
        load({"HELPCENTER_DATA_DIR": str(tmp_path), f"HELPCENTER_{name}": value})
    assert f"HELPCENTER_{name}" in str(refusal.value)
    assert "\n" not in str(refusal.value)


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


def test_settings_do_not_show_their_secrets() -> None:
    shown = repr(Settings(secret_key="canary1", mail_password="canary2", database_url="postgresql://u:canary3@h/d"))
    assert "canary" not in shown


def test_the_site_stands_where_base_url_says() -> None:
    assert Settings(base_url="https://help.example.org/").site_url == "https://help.example.org"
    assert Settings(port=9003).site_url == "http://127.0.0.1:9003"


def test_a_folder_that_can_not_be_made_is_named(tmp_path: Path) -> None:
    taken = tmp_path / "file"
    taken.write_text("")
    with pytest.raises(SettingsRefused, match=f"HELPCENTER_DATA_DIR is {taken}"):
        load({"HELPCENTER_DATA_DIR": str(taken)})
