from __future__ import annotations

from dataclasses import Field, fields
from pathlib import Path

import pytest

from config import ROOT, SETTINGS_FILE, Settings, load

EVERY = pytest.mark.parametrize("setting", fields(Settings), ids=lambda setting: setting.name)


@EVERY
def test_a_setting_says_its_unit_and_the_reason_for_its_default(setting: Field[object]) -> None:
    assert setting.metadata["unit"]
    assert len(setting.metadata["reason"].split()) >= 2


@EVERY
def test_a_setting_is_read_from_the_environment_under_its_name(setting: Field[object], tmp_path: Path) -> None:
    choices = {
        "log_level": "warning",
        "mailbox_security": "starttls",
        "product_secret": "p" * 40,
        "metrics_token": "m" * 40,
        "leaked_passwords": __file__,
        "database_url": "sqlite:////tmp/x",
        "mail_from": "help@x.example",
    }
    samples = {bool: "yes", int: "7", str: choices.get(setting.name, "https://x.example")}
    text = samples.get(type(setting.default), str(tmp_path / "elsewhere"))
    given = {"HELPCENTER_DATA_DIR": str(tmp_path), f"HELPCENTER_{setting.name.upper()}": text}
    if setting.name == "mailbox_server":
        given |= {"HELPCENTER_MAILBOX_ADDRESS": "help@x.example"}
    if setting.name == "openid_issuer":
        given |= {"HELPCENTER_OPENID_CLIENT_ID": "help"}
    if setting.name == "production":
        given |= {"HELPCENTER_SECRET_KEY": "k" * 40, "HELPCENTER_BASE_URL": "https://x.example"}
    assert str(getattr(load(given), setting.name)) in (text, "True")


def test_the_manual_explains_every_setting_in_its_table_and_no_other() -> None:
    page = (ROOT / "articles" / "en" / "operators" / "start-a-site.md").read_text()
    _, _, section = page.partition("## Every setting\n")
    rows = [line.split("|")[1:-1] for line in section.partition("\n## ")[0].splitlines() if line.startswith("| `")]
    names = [row[0].strip().strip("`") for row in rows]
    assert sorted(names) == sorted([*(f"HELPCENTER_{one.name.upper()}" for one in fields(Settings)), SETTINGS_FILE])
    assert all(len(row) == 3 and all(cell.strip() for cell in row) for row in rows)
