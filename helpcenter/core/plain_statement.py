"""A SELECT made ready for the database driver: its text, the order of its values, and how both sides read them.

SQLAlchemy makes it once; running it costs what the driver costs. What it finds are rows with the same names and values
as a session would give.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Dialect, Select

Convert = Callable[[Any], Any] | None


class PlainStatement:
    """`text` and `values(given)` are for the driver; `rows(found)` are for us.

    Raises ValueError for a statement whose text depends on its values, such as one with a list of any length.
    """

    def __init__(self, statement: Select[Any], dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        if compiled.post_compile_params or compiled.literal_execute_params:
            raise ValueError("the text of this statement depends on what it is given")
        self.text = str(compiled)
        self._order: list[str] | None = compiled.positiontup
        self._own: dict[str, Any] = {}
        self._binds: dict[str, Convert] = {}
        for bind, name in compiled.bind_names.items():
            self._binds[name] = bind.type.dialect_impl(dialect).bind_processor(dialect)
            if not bind.required:
                self._own[name] = bind.effective_value
        columns = list(statement.selected_columns)
        self._row = namedtuple("Row", [str(column.key) for column in columns], rename=True)  # type: ignore[misc]
        self._reads: list[Convert] = [one.type.dialect_impl(dialect).result_processor(dialect, None) for one in columns]

    def values(self, given: Mapping[str, Any]) -> Any:
        """The values as the driver takes them. Raises KeyError where one is missing; what is too much is left out."""
        known = {
            name: convert(self._of(name, given)) if convert else self._of(name, given)
            for name, convert in self._binds.items()
        }
        return known if self._order is None else tuple(known[name] for name in self._order)

    def rows(self, found: list[tuple[Any, ...]]) -> list[Any]:
        """What the driver found, each row with its names."""
        return [
            self._row(*(read(value) if read else value for read, value in zip(self._reads, row, strict=True)))
            for row in found
        ]

    def _of(self, name: str, given: Mapping[str, Any]) -> Any:
        return given[name] if name in given else self._own[name]
