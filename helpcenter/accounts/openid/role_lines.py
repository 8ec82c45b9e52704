"""Which group gives which role, as admins write it: one line each, `group = role`."""

from __future__ import annotations

from collections.abc import Iterable

from helpcenter.accounts.openid.rules import MAPPED

MOST = 100
LONGEST_GROUP = 200


class NoRoleLine(ValueError):
    """A line that is none."""


def read(text: str) -> tuple[tuple[str, str], ...]:
    """The pairs, each once. A group may hold an equals sign: the last one counts. Raises NoRoleLine with the line."""
    found: dict[tuple[str, str], None] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        group, _sign, role = (part.strip() for part in line.rpartition("="))
        if not group or len(group) > LONGEST_GROUP or role.lower() not in MAPPED:
            raise NoRoleLine(line)
        found[group, role.lower()] = None
    return tuple(found)


def written(pairs: Iterable[tuple[str, str]]) -> str:
    """The other way round."""
    return "\n".join(f"{group} = {role}" for group, role in pairs)
