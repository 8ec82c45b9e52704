"""What the doctor prints, and with which code it ends."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result
from flask import Flask

from drills.running_site import free_port
from helpcenter.cli import commands
from helpcenter.core.db import db


def doctor(app: Flask | None, *words: str, **environ: str | None) -> Result:
    db.session.rollback()
    return CliRunner(env=environ).invoke(commands, ["doctor", *words], obj=app)


def test_where_no_site_is_the_settings_are_looked_at_and_the_rest_is_left_out(app: Flask, tmp_path: Path) -> None:
    given = {"HELPCENTER_DATA_DIR": str(tmp_path), "HELPCENTER_PORT": "many", "HELPCENTER_DATABASE_URL": None}
    told = doctor(None, **given, DATABASE_URL=None)
    assert told.exit_code == 1
    assert "HELPCENTER_PORT" in told.output and "Left out: " in told.output and "nothing is wrong" not in told.output
    assert list(tmp_path.iterdir()) == [], "it changes nothing"
    as_json = json.loads(doctor(None, "--json", **given, DATABASE_URL=None).stdout)
    assert as_json["left_out"] and any("HELPCENTER_PORT" in str(one) for one in as_json["findings"])


def test_a_finding_that_is_known_is_left_out_by_its_name(app: Flask) -> None:
    names = {one["name"] for one in json.loads(doctor(app, "--json").stdout)["findings"]}
    assert "no-backup" in names
    less = json.loads(doctor(app, "--json", "--skip", "no-backup").stdout)
    assert {one["name"] for one in less["findings"]} == names - {"no-backup"}


def test_the_worst_stands_first_and_notes_alone_are_no_fault(app: Flask, tmp_path: Path) -> None:
    given = {"HELPCENTER_DATA_DIR": str(tmp_path), "HELPCENTER_PORT": str(free_port()), "HELPCENTER_DATABASE_URL": None}
    levels = [line.split()[0] for line in doctor(None, **given, DATABASE_URL=None).output.splitlines()]
    levels = [one for one in levels if one in ("wrong", "note")]
    assert {"wrong", "note"} == set(levels) and levels == sorted(levels, reverse=True)
    wrong = [one["name"] for one in json.loads(doctor(app, "--json").stdout)["findings"] if one["level"] == "wrong"]
    told = doctor(app, *(word for name in wrong for word in ("--skip", name)))
    assert told.exit_code == 0 and told.output.splitlines()[-1].endswith(" checks, nothing is wrong.")
    assert "note [no-backup]" in told.output
