"""Who may come in by way of the provider, and what they may do here: what admins decide on a page of their own."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import JSON, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.accounts.role import Role
from helpcenter.core.content_version import content_changed, kept_while_unchanged
from helpcenter.core.db import Model, db, upsert

MAPPED = (Role.EDITOR, Role.AGENT, Role.MODERATOR, Role.ADMIN)
"""The roles that a provider may give."""


class OpenidRules(Model):
    """At most one row."""

    __tablename__ = "openid_rules"
    id: Mapped[int] = mapped_column(primary_key=True)
    values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


@dataclass(frozen=True)
class Rules:
    """`name` is what people call the provider. `creates`: whoever comes for the first time gets an account.

    `domains` are those of the addresses that may come in; without any, all may. `trusts_addresses`: an address of which
    the provider does not say whether it is confirmed counts as confirmed. `scopes` are asked for with the usual ones.
    `claim` names what holds a person's groups, and `roles` pairs a group with the role it gives. `only_for_team`:
    whoever has a role of the team comes in this way alone.
    """

    name: str = ""
    creates: bool = True
    domains: tuple[str, ...] = ()
    trusts_addresses: bool = False
    scopes: str = ""
    claim: str = ""
    roles: tuple[tuple[str, str], ...] = ()
    only_for_team: bool = False

    @property
    def managed(self) -> frozenset[Role]:
        """The roles that a log-in gives and takes; the others stay what admins made them."""
        return frozenset(Role(role) for _value, role in self.roles) if self.claim else frozenset()


def current() -> Rules:
    """The rules as they are now."""
    return kept_while_unchanged("openid rules", _read)


def change(rules: Rules) -> None:
    """Keep these from now on. To be called after begin_write()."""
    values = asdict(rules)
    row = upsert(OpenidRules).values(id=1, values=values)
    db.session.execute(row.on_conflict_do_update(index_elements=["id"], set_={"values": values}))
    content_changed()


def changed(before: Rules, now: Rules) -> list[str]:
    """The names of the rules that differ."""
    return [one.name for one in fields(Rules) if getattr(before, one.name) != getattr(now, one.name)]


def provider_name() -> str:
    """What the provider is called on buttons; '' on a site without one."""
    issuer: str = current_app.config["SETTINGS"].openid_issuer
    return (current().name or urlsplit(issuer).hostname or "") if issuer else ""


def _read() -> Rules:
    values = db.session.execute(select(OpenidRules.values).where(OpenidRules.id == 1)).scalar() or {}
    known = {name: value for name, value in values.items() if name in Rules.__dataclass_fields__}
    known["domains"] = tuple(known.get("domains", ()))
    known["roles"] = tuple((str(value), str(role)) for value, role in known.get("roles", ()))
    return Rules(**known)
