"""The languages of the interface and which one a request is answered in.

Readers' pages carry the language in their address. Pages without one follow the signed-in person's preference, then
`?lang=`, then what the browser asks for, then the first language of the site.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from babel.dates import format_date, format_time, get_datetime_format
from babel.numbers import format_decimal
from flask import Flask, abort, g, has_request_context, request
from flask_babel import Babel, ngettext
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header
from werkzeug.routing import BaseConverter

from helpcenter.core import site


@dataclass(frozen=True)
class Language:
    """A language readers can choose: its code, its name in itself, its direction of writing."""

    code: str
    endonym: str
    direction: str


LANGUAGES = {
    language.code: language
    for language in (
        Language("en", "English", "ltr"),
        Language("es", "Español", "ltr"),
        Language("ru", "Русский", "ltr"),
        Language("ar", "العربية", "rtl"),
    )
}

# Where English is asked for without a country, the library writes 11/3/26, which half of its readers take for March.
DATES_OF = {"en": "en_GB"}

# A browser names a few languages. A list that a stranger made long would be read, and kept, for seconds and megabytes.
LONGEST_WISH = 500


class LocaleConverter(BaseConverter):
    """The language part of an address: one of the languages the product speaks."""

    regex = "|".join(LANGUAGES)
    part_isolating = True


def current() -> str:
    """The language this request is answered in; English outside of a request."""
    if not has_request_context():
        return str(g.get("locale", "en")) if g else "en"
    if "locale" not in g:
        g.locale = _chosen()
    return str(g.locale)


def use(code: str) -> None:
    """Answer the rest of this request, or of this app context, in a language. Raises KeyError for an unknown one."""
    g.locale = LANGUAGES[code].code


def direction() -> str:
    """'rtl' for a language written from right to left, else 'ltr'."""
    return LANGUAGES[current()].direction


def direction_of(code: str) -> str:
    """The same of the language of a text; of the page where the text's is not known."""
    return LANGUAGES[code].direction if code in LANGUAGES else direction()


def negotiated() -> str:
    """The language of the site that the browser likes best."""
    return best_of(site.current().locales, request.headers.get("Accept-Language", ""))


def best_of(offered: tuple[str, ...], accepted: str) -> str:
    """The language a browser likes best, by its Accept-Language; the first that is offered when it likes none.

    Only the first LONGEST_WISH letters are read.
    """
    return _best_of(offered, accepted[:LONGEST_WISH])


@lru_cache(maxsize=1024)
def _best_of(offered: tuple[str, ...], accepted: str) -> str:
    return parse_accept_header(accepted, LanguageAccept).best_match(offered) or offered[0]


def _chosen() -> str:
    offered = site.current().locales
    in_address = (request.view_args or {}).get("locale")
    if in_address in LANGUAGES:
        return str(in_address)
    asked = request.args.get("lang", "")
    if asked in offered:
        return asked
    preferred = getattr(g.get("viewer"), "locale", None)
    return str(preferred) if preferred in offered else negotiated()


def _check_offered(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values and values.get("locale") in LANGUAGES and values["locale"] not in site.current().locales:
        abort(404)


def _fill_in(endpoint: str, values: dict[str, Any]) -> None:
    app = _app()
    if "locale" not in values and app.url_map.is_endpoint_expecting(endpoint, "locale"):
        values["locale"] = current()


def _app() -> Flask:
    from flask import current_app

    return current_app


def dates_of(code: str) -> str:
    """The locale by which dates and times are written in a language: its own, and for English 3 Nov 2026, 17:00."""
    return DATES_OF.get(code, code)


def day(value: Any) -> str:
    """A date in the reader's time zone, its month in letters: 3 Nov 2026."""
    # The medium form of Arabic is all digits, which turn around beside Latin words.
    form = "long" if direction() == "rtl" else "medium"
    return str(format_date(site.local(value), format=form, locale=dates_of(current())))


def moment(value: Any) -> str:
    """A date with its time in the reader's time zone: 3 Nov 2026, 17:00."""
    local, code = site.local(value), dates_of(current())
    time = format_time(local, format="short", tzinfo=local.tzinfo, locale=code)
    return str(get_datetime_format("medium", locale=code)).replace("{1}", day(value)).replace("{0}", time)


def number(value: int | float) -> str:
    """A number with the grouping of this language."""
    return str(format_decimal(value, locale=current()))


def minutes(count: int) -> str:
    """A reading time, at least one minute."""
    return str(ngettext("%(num)d min", "%(num)d min", max(1, count)))


def register(app: Flask) -> None:
    """Set up translations, the address converter and the filters day, moment, number, minutes."""
    app.url_map.converters["locale"] = LocaleConverter
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", str(site.PACKAGE / "translations"))
    Babel(app, locale_selector=current)
    app.url_value_preprocessor(_check_offered)
    app.url_defaults(_fill_in)
    app.jinja_env.filters.update(day=day, moment=moment, number=number, minutes=minutes, direction=direction_of)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    # As the messages are extracted: line breaks of a template are no part of a sentence.
    app.jinja_env.policies["ext.i18n.trimmed"] = True
