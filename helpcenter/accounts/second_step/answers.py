"""What a wrong code is answered with: one sentence for all, and another for a phone whose clock is wrong."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from helpcenter.accounts.second_step import code
from helpcenter.accounts.second_step.code import Judgement, Verdict
from helpcenter.core import clock


def to(judgement: Judgement) -> str:
    """The sentence, in the reader's language."""
    if judgement.verdict is not Verdict.SKEWED:
        return str(_("This code is not right, or it was used before. Wait for the next one in your app and type that."))
    off = code.minutes_off(judgement, clock.now())
    if off < 0:
        late = ngettext(
            "This code was right %(num)d minute ago.",
            "This code was right %(num)d minutes ago.",
            -off,
        )
    else:
        late = ngettext(
            "This code will only be right in %(num)d minute.",
            "This code will only be right in %(num)d minutes.",
            off,
        )
    advice = _("Is your phone’s clock right? Have it set automatically, then type the code you see.")
    return f"{late} {advice}"


def to_recovery_code() -> str:
    """The same for a recovery code."""
    return str(_("This is not one of your recovery codes, or it was used before."))
