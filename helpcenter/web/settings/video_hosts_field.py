"""The field for the hosts whose videos articles may show, one a line."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from wtforms import TextAreaField, ValidationError

from helpcenter.core.markdown import video_hosts

MOST = 30


class VideoHostsField(TextAreaField):
    """Names of hosts; whatever is no such name is refused with the words that were typed."""

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 - the shape is the library's
        """Raises ValidationError for the first line that names no host."""
        lines = self._lines()
        if len(lines) > MOST:
            raise ValidationError(_("Too many: keep at most %(number)d.", number=MOST))
        for line in lines:
            if video_hosts.named(line) is None:
                raise ValidationError(
                    _(
                        "“%(line)s” is not the name of a site. Enter it as vimeo.com, without https:// or "
                        "anything after it.",
                        line=line[:80],
                    )
                )

    @property
    def hosts(self) -> list[str]:
        """The hosts as they are kept, each once."""
        return list(dict.fromkeys(host for host in map(video_hosts.named, self._lines()) if host))

    def _lines(self) -> list[str]:
        return (self.data or "").split()
