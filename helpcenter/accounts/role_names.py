"""The roles as pages call them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from helpcenter.accounts.role import Role

ROLE_NAMES: Mapping[Role, Any] = {
    Role.MEMBER: _l("Member"),
    Role.PARTNER: _l("Partner"),
    Role.EDITOR: _l("Editor"),
    Role.AGENT: _l("Agent"),
    Role.MODERATOR: _l("Moderator"),
    Role.ADMIN: _l("Admin"),
}
