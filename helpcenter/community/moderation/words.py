"""What people read about the acts of moderation, in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from helpcenter.community.moderation.act import Act

DONE: Mapping[Act, Any] = {
    Act.HIDE: _l("hidden"),
    Act.SHOW: _l("shown again"),
    Act.DELETE: _l("deleted"),
    Act.RESTORE: _l("restored"),
    Act.CLOSE: _l("closed"),
    Act.REOPEN: _l("opened again"),
    Act.LOCK: _l("locked"),
    Act.UNLOCK: _l("unlocked"),
    Act.MOVE: _l("moved to another topic"),
    Act.APPROVE: _l("approved"),
    Act.HOLD: _l("put back in the queue"),
    Act.UPHOLD: _l("looked at, and left hidden"),
    Act.DISMISS: _l("looked at, and left as it is"),
    Act.TAKE_UP: _l("to be looked at again"),
    Act.TURN: _l("turned into a post of the other kind"),
    Act.TURN_BACK: _l("turned back into what it was"),
    Act.MERGE: _l("merged into another question"),
    Act.PART: _l("separated again"),
    Act.CLEAN_UP: _l("everything taken back, posting blocked"),
    Act.GIVE_BACK: _l("everything given back, posting allowed"),
}
