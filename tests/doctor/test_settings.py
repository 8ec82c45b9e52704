"""What the doctor says of settings, before and while it looks at the site that they describe."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from config import Settings
from tests.doctor.patient import found_in, found_on

alike = pytest.mark.alike


@alike
def test_settings_that_make_no_sense_are_all_told_though_nothing_can_start(tmp_path: Path) -> None:
    found = found_in(
        {
            "HELPCENTER_DATA_DIR": str(tmp_path),
            "HELPCENTER_WORKERS": "two",
            "HELPCENTER_MAILSERVER": "mail.example",
            "HELPCENTER_PRODUCTION": "yes",
        }
    )
    assert {"setting-refused", "setting-unknown"} == found.keys(), "what it finds elsewhere may be of another site"
    assert "HELPCENTER_MAIL_SERVER" in found["setting-unknown"].fix


@alike
@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("HELPCENTER_WORKER=2", "is it HELPCENTER_WORKERS?"),
        ("HELPCENTER_DATABASE_URL=postgresql://user:sesame@host:port/name", "HELPCENTER_DATABASE_URL makes no sense"),
        ("HELPCENTER_MAIL_FROM=notanaddress", "HELPCENTER_MAIL_FROM"),
    ],
)
def test_a_mistake_in_the_file_of_settings_is_all_that_is_told(tmp_path: Path, line: str, told: str) -> None:
    file = tmp_path / "settings"
    file.write_text(f"HELPCENTER_DATA_DIR={tmp_path}\n{line}\n")
    found = found_in({"HELPCENTER_SETTINGS_FILE": str(file)})
    assert found.keys() == {"setting-refused"}
    assert told in found["setting-refused"].what and "sesame" not in str(found["setting-refused"])


@alike
@pytest.mark.parametrize(
    ("name", "wrong", "right"),
    [
        ("no-https", {"base_url": "http://help.example.org"}, {"base_url": "https://help.example.org"}),
        ("no-proxy-count", {}, {"proxy_count": 1}),
        ("open-behind-proxy", {"proxy_count": 1, "host": "0.0.0.0"}, {"proxy_count": 1, "host": "127.0.0.1"}),
        ("no-production", {"production": False}, {}),
        ("demo-in-public", {"demo": True}, {}),
        ("no-limits", {"limits_enabled": False}, {}),
        ("no-mail", {}, {"mail_server": "mail.example.org"}),
    ],
)
def test_a_setting_that_does_not_suit_a_public_site_is_told_until_it_does(
    tmp_path: Path, name: str, wrong: dict[str, Any], right: dict[str, Any]
) -> None:
    public = Settings(data_dir=tmp_path, secret_key="x" * 40, base_url="https://help.example.org", production=True)
    assert name in found_on(replace(public, **wrong))
    assert name not in found_on(replace(public, **right))
