"""Registers the second step: its pages, and its acts in the journal."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from helpcenter.accounts.second_step.views import (
    half_sign_ins,
    recoveries,
    recovery_codes,
    second_step_resets,
    second_steps,
)
from helpcenter.core import journal

PAGES = (half_sign_ins, recoveries, recovery_codes, second_step_resets, second_steps)
NAMES = frozenset(page.blueprint.name for page in PAGES)
WITHOUT_RETURN = frozenset({"half_sign_ins", "recoveries"})


def register(app: Flask) -> None:
    """Two steps instead of one."""
    for page in PAGES:
        app.register_blueprint(page.blueprint)
    journal.name(
        app,
        {
            "second_step_on": _l("turned two-step login on"),
            "second_step_off": _l("turned two-step login off"),
            "second_step_reset": _l("reset someone’s two-step login"),
            "recovery_codes_made": _l("made new recovery codes"),
        },
    )
