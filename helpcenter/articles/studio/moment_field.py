"""A day and a time as somebody types it, in their own time zone."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _
from wtforms import DateTimeLocalField

from helpcenter.core import clock, site


class MomentField(DateTimeLocalField):
    """May be empty; `moment` is what it says, aware."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was sent. Raises ValueError in the words of the product: the library knows not every language."""
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        try:
            super().process_formdata(valuelist)
            if self.data is not None:
                site.moment_of(self.data)
        except (ValueError, OverflowError):
            self.data = None
            raise ValueError(_("Enter a day and a time, such as 2026-11-03 09:30.")) from None

    @property
    def said(self) -> str:
        """What was typed, whether or not it is a moment."""
        return self.raw_data[0].strip() if self.raw_data else ""

    @property
    def moment(self) -> datetime | None:
        """The moment that was typed; None for nothing."""
        return site.moment_of(self.data) if self.data else None

    @property
    def is_past(self) -> bool:
        """Whether it is over already."""
        return self.moment is not None and self.moment <= clock.now()
