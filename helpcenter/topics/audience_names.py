"""The audiences as forms and lists call them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice

from helpcenter.topics.audience import Audience

NAMES: Mapping[str, Any] = {
    Audience.EVERYONE.value: _l("Everyone"),
    Audience.MEMBERS.value: _l("People who are logged in"),
    Audience.TEAM.value: _l("The team"),
}
CHOICES = [SelectChoice(value, name) for value, name in NAMES.items()]
