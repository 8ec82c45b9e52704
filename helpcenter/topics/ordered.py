"""What the pages say after something was put into another place."""

from __future__ import annotations

from flask_babel import gettext as _

from helpcenter.core.locale import number


def said(title: str, place: int, count: int) -> str:
    """Where it stands now; `place` counts from 1."""
    return str(
        _(
            "“%(title)s” is now at place %(place)s of %(count)s.",
            title=title,
            place=number(place),
            count=number(count),
        )
    )
