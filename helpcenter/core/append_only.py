"""Tables that only grow: their rows are added and never changed, by no object and by no statement of the session."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

from helpcenter.core.db import Model


class AppendOnly(RuntimeError):
    """Somebody tried to change what only grows."""


def guard(model: type[Model], instead: str, *, deletable: bool = False, but: str = "") -> None:
    """From now on refuse changes of these rows, and say what to do instead.

    `deletable`: old rows may go. `but`: statements with this execution option may change them all the same.
    """

    def refuse(*_: Any) -> None:
        raise AppendOnly(f"{model.__name__}: {instead}")

    def refuse_statement(state: ORMExecuteState) -> None:
        is_change = state.is_update or (state.is_delete and not deletable)
        if is_change and state.bind_mapper is model.__mapper__ and not (but and state.execution_options.get(but)):
            refuse()

    event.listen(model, "before_update", refuse)
    if not deletable:
        event.listen(model, "before_delete", refuse)
    event.listen(Session, "do_orm_execute", refuse_statement)
