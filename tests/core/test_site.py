from __future__ import annotations

from datetime import UTC, datetime

from flask import Flask, has_app_context

from helpcenter.core import site
from helpcenter.core.db import begin_write, db
from helpcenter.core.site import Site


def change(**values: object) -> None:
    begin_write()
    site.change(**values)
    db.session.commit()


def test_a_new_site_has_a_name_and_every_language(app: Flask) -> None:
    assert site.current() == Site()


def test_a_change_of_one_value_keeps_the_others(app: Flask) -> None:
    change(name="Lantern", hours=[(0, 480, 960)])
    change(accent="#7a1f5c")
    assert site.current() == Site(name="Lantern", accent="#7a1f5c", hours=((0, 480, 960),))


def test_what_was_rolled_back_was_never_so(app: Flask) -> None:
    begin_write()
    assert site.change(name="Never").name == "Never"
    assert site.current().name == "Never"
    db.session.rollback()
    assert site.current().name == "Help Center"


def test_a_value_that_this_release_does_not_know_is_left_out() -> None:
    assert site.from_values({"name": "Lantern", "gone_since": 1}) == Site(name="Lantern")


def test_outside_of_an_app_there_is_a_new_site() -> None:
    assert not has_app_context()
    assert site.current() == Site()


def test_the_first_language_is_the_one_of_the_site() -> None:
    assert Site(locales=("ar", "en")).default_locale == "ar"


def test_times_are_shown_in_the_zone_of_the_site(app: Flask) -> None:
    change(time_zone="Asia/Kolkata")
    with app.test_request_context("/"):
        assert site.local(datetime(2026, 3, 1, 12, tzinfo=UTC)).strftime("%H:%M") == "17:30"
