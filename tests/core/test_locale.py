from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask

from helpcenter.core import locale, site
from helpcenter.core.db import begin_write, db


def spoken(app: Flask, path: str = "/probe/page", accepts: str = "") -> str:
    answer = app.test_client().get(path, headers={"Accept-Language": accepts})
    return str(answer.headers.get("Content-Language", answer.status_code))


@pytest.mark.parametrize(
    ("path", "accepts", "language"),
    [
        ("/probe/ar/page", "ru", "ar"),
        ("/probe/page", "ru,en;q=0.5", "ru"),
        ("/probe/page", "fi, es;q=0.4", "es"),
        ("/probe/page", "fi", "en"),
        ("/probe/page", "", "en"),
        ("/probe/page?lang=es", "ru", "es"),
        ("/probe/page?lang=xx", "ru", "ru"),
        ("/probe/xx/page", "en", "404"),
    ],
)
def test_the_address_decides_then_lang_then_the_browser(probe: Flask, path: str, accepts: str, language: str) -> None:
    assert spoken(probe, path, accepts) == language


def test_of_a_long_list_of_wishes_only_the_beginning_is_read(probe: Flask) -> None:
    many = "fi," * locale.LONGEST_WISH
    assert spoken(probe, accepts=f"ru,{many}") == "ru"
    assert spoken(probe, accepts=f"{many}ru") == "en"


def test_a_language_that_the_site_does_not_offer_is_not_there(probe: Flask) -> None:
    begin_write()
    site.change(locales=["es", "en"])
    db.session.commit()
    assert spoken(probe, "/probe/ru/page") == "404"
    assert spoken(probe, "/probe/page", accepts="ru") == "es"


def test_a_link_keeps_the_language_of_the_page(probe: Flask) -> None:
    from flask import url_for

    with probe.test_request_context("/probe/ar/page"):
        assert url_for("probe.page") == "/probe/ar/page"
        assert url_for("probe.page", locale="ru") == "/probe/ru/page"


def test_numbers_and_directions_follow_the_language(app: Flask) -> None:
    with app.test_request_context("/"):
        locale.use("ru")
        assert locale.number(12345) == "12\xa0345"
        assert locale.direction() == "ltr"
        locale.use("ar")
        assert locale.direction() == "rtl"
        with pytest.raises(KeyError):
            locale.use("xx")


@pytest.mark.parametrize(
    ("code", "day", "moment"),
    [
        ("en", "3 Nov 2026", "3 Nov 2026, 17:05"),
        ("es", "3 nov 2026", "3 nov 2026, 17:05"),
        ("ru", "3 нояб. 2026\u202fг.", "3 нояб. 2026\u202fг., 17:05"),
        ("ar", "3 نوفمبر 2026", "3 نوفمبر 2026، 5:05 م"),
    ],
)
def test_no_date_can_be_taken_for_another(app: Flask, code: str, day: str, moment: str) -> None:
    with app.test_request_context("/"):
        locale.use(code)
        at = datetime(2026, 11, 3, 17, 5, tzinfo=UTC)
        assert (locale.day(at), locale.moment(at)) == (day, moment)


def test_a_moment_is_told_in_the_time_zone_of_the_site(app: Flask) -> None:
    begin_write()
    site.change(time_zone="Asia/Tokyo")
    db.session.commit()
    with app.test_request_context("/"):
        assert locale.moment(datetime(2026, 11, 3, 17, 5, tzinfo=UTC)) == "4 Nov 2026, 02:05"
