"""Who may use the routes of the second step. Nobody here is half in, and nobody has it on."""

from __future__ import annotations

from typing import Any

from tests.cast import PASSWORD, Cast
from tests.house.access import REFUSED, Route, everyone, only, signed_in


def cleo(cast: Cast) -> dict[str, Any]:
    return {"user_id": cast.id_of("cleo")}


def own_password(_cast: Cast) -> dict[str, Any]:
    return {"password": PASSWORD}


ROUTES: dict[str, Route] = {
    "half_sign_ins.new": everyone(303).but(stranger=REFUSED),
    "half_sign_ins.create": everyone(303),
    "recoveries.new": everyone(303).but(stranger=REFUSED),
    "recoveries.create": everyone(303),
    "second_steps.show": signed_in(),
    "second_steps.new": signed_in(data=own_password),
    "second_steps.create": signed_in(303),
    "second_steps.edit": signed_in(303),
    "second_steps.destroy": signed_in(303),
    "recovery_codes.new": signed_in(303),
    "recovery_codes.create": signed_in(303),
    "recovery_codes.show": signed_in(404),
    "second_step_resets.create": only("admin", status=303, args=cleo),
}
