from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask import Flask

from helpcenter.core import assets


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    for kind, ending in (("css", "a{}"), ("js", "let a")):
        folder = tmp_path / "static" / kind
        folder.mkdir(parents=True)
        (folder / "bundle.txt").write_text(f"# in order\nb.{kind}\nteam d.{kind}\na.{kind}\n")
        (folder / f"a.{kind}").write_text(ending)
        (folder / f"b.{kind}").write_text("/* b */")
        (folder / f"d.{kind}").write_text("/* d */")
    (tmp_path / "static" / "css" / "team.txt").write_text("c.css\n")
    (tmp_path / "static" / "css" / "c.css").write_text("c{}")
    return tmp_path / "static"


def test_the_parts_are_joined_in_the_order_of_the_list(sources: Path, tmp_path: Path) -> None:
    bundles = assets.join(sources, tmp_path / "out")
    joined = (tmp_path / "out" / bundles.css).read_bytes()
    assert joined == b"/* b */\na{}"
    assert gzip.decompress((tmp_path / "out" / f"{bundles.css}.gz").read_bytes()) == joined


def test_what_only_the_team_needs_is_a_sheet_of_its_own(sources: Path, tmp_path: Path) -> None:
    bundles = assets.join(sources, tmp_path / "out")
    assert (tmp_path / "out" / bundles.team_css).read_bytes() == b"c{}"
    assert b"c{}" not in (tmp_path / "out" / bundles.css).read_bytes()


def test_the_script_of_the_team_is_that_of_readers_with_its_own_parts_in_their_places(
    sources: Path, tmp_path: Path
) -> None:
    bundles = assets.join(sources, tmp_path / "out")
    assert (tmp_path / "out" / bundles.js).read_bytes() == b"/* b */\nlet a"
    assert (tmp_path / "out" / bundles.team_js).read_bytes() == b"/* b */\n/* d */\nlet a"


def test_another_content_has_another_address(sources: Path, tmp_path: Path) -> None:
    before = assets.join(sources, tmp_path / "out")
    assert assets.join(sources, tmp_path / "out") == before
    (sources / "css" / "a.css").write_text("a{color:red}")
    after = assets.join(sources, tmp_path / "out")
    assert after.css != before.css
    assert after.js == before.js


def test_a_listed_part_that_is_missing_stops_the_start(sources: Path, tmp_path: Path) -> None:
    (sources / "js" / "a.js").unlink()
    with pytest.raises(FileNotFoundError):
        assets.join(sources, tmp_path / "out")


@pytest.mark.parametrize("kind", ["css", "js", "team_css", "team_js"])
@pytest.mark.parametrize("accepts", ["gzip, br", "", "gzip;q=0"])
def test_a_bundle_is_kept_a_year_and_packed_for_who_can_unpack(app: Flask, kind: str, accepts: str) -> None:
    name = getattr(app.extensions["bundles"], kind)
    answer = app.test_client().get(f"/assets/{name}", headers={"Accept-Encoding": accepts})
    packed = accepts.startswith("gzip,")
    plain = (app.config["SETTINGS"].data_dir / "assets" / name).read_bytes()
    assert answer.status_code == 200
    assert (gzip.decompress(answer.data) if packed else answer.data) == plain
    assert answer.headers.get("Content-Encoding") == ("gzip" if packed else None)
    assert "immutable" in answer.headers["Cache-Control"]
    assert "max-age=31536000" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    [
        "/assets/site.000.css",
        "/assets/..%2fsecret_key",
        "/assets/.hidden",
        f"/assets/{'a' * 3000}",
        "/static/x/../../config.py",
        "/static/x/none",
    ],
)
def test_nothing_else_is_served(app: Flask, path: str) -> None:
    assert app.test_client().get(path).status_code == 404


@pytest.mark.parametrize(("color", "status"), [("7a1f5c", 200), ("7A1F5C", 404), ("fff", 404), ("fff};x{a:b", 404)])
def test_the_accent_is_six_digits_and_nothing_else(app: Flask, color: str, status: int) -> None:
    assert app.test_client().get(f"/assets/accent-{color}.css").status_code == status
