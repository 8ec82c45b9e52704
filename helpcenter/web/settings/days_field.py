"""The field for how many days somebody has."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from wtforms import IntegerField

DAYS = range(0, 91)
"""From at once to three months."""


class DaysField(IntegerField):
    """Whole days, in digits of any script."""

    def __init__(self, label: Any, **given: Any) -> None:
        super().__init__(label, render_kw={"min": DAYS[0], "max": DAYS[-1]}, **given)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was sent. Without it the default stays. Raises ValueError."""
        if not valuelist:
            return
        text = valuelist[0].strip()
        if not (text.isdecimal() and len(text) <= 4 and int(text) in DAYS):
            raise ValueError(
                _("Enter a whole number of days, from %(least)d to %(most)d.", least=DAYS[0], most=DAYS[-1])
            )
        self.data = int(text)
