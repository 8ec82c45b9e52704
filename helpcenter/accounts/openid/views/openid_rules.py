"""The page on which admins say who comes in by way of the provider."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField, TextAreaField, ValidationError

from helpcenter.accounts import email_address, permissions
from helpcenter.accounts.fields import one_line
from helpcenter.accounts.openid import identity, provider, role_lines, rules
from helpcenter.accounts.openid.role_lines import NoRoleLine
from helpcenter.accounts.openid.rules import MAPPED, Rules
from helpcenter.accounts.viewer import current_viewer
from helpcenter.core import journal
from helpcenter.core.db import begin_write, db
from helpcenter.core.forms import Form, strip

LONGEST_NAME = 40
LONGEST_CLAIM = 200
MOST_DOMAINS = 100
SCOPES = re.compile(r"[!#-\[\]-~]+( [!#-\[\]-~]+)*")
"""Words as RFC 6749 spells them."""
blueprint = Blueprint("openid_rules", __name__)


class RulesForm(Form):
    name = StringField(_l("What people call the provider"), filters=[one_line], render_kw={"maxlength": LONGEST_NAME})
    creates = BooleanField(_l("Create an account for anyone who comes for the first time"))
    domains = TextAreaField(_l("Domains of email addresses that may log in this way"), filters=[strip])
    trusts_addresses = BooleanField(_l("Treat addresses as confirmed if the provider does not say whether they are"))
    only_for_team = BooleanField(_l("The team logs in this way only"))
    claim = StringField(_l("Claim with a person’s groups"), filters=[strip], render_kw={"maxlength": LONGEST_CLAIM})
    roles = TextAreaField(_l("Roles by group"), filters=[strip])
    scopes = StringField(_l("Further scopes"), filters=[strip], render_kw={"maxlength": 200})

    def validate_name(self, field: Any) -> None:
        if len(field.data or "") > LONGEST_NAME:
            raise ValidationError(_("Use a shorter name."))

    def validate_domains(self, _field: Any) -> None:
        if len(self._domain_lines()) > MOST_DOMAINS:
            raise ValidationError(_("Too many: keep at most %(number)d.", number=MOST_DOMAINS))
        for line in self._domain_lines():
            if not _domain(line):
                raise ValidationError(_("“%(line)s” is not a domain. Enter it as example.com.", line=line[:80]))

    def validate_trusts_addresses(self, field: Any) -> None:
        if field.data and not self._domain_lines():
            # Otherwise whoever writes any address into their profile there would own it here.
            raise ValidationError(_("Name the domains whose addresses the provider looks after."))

    def validate_only_for_team(self, field: Any) -> None:
        viewer = current_viewer()
        if field.data and not (provider.is_set_up() and identity.of(viewer.id or 0)):
            raise ValidationError(
                _("First connect your own account in your preferences, so that you can log in again.")
            )

    def validate_claim(self, field: Any) -> None:
        if len(field.data or "") > LONGEST_CLAIM:
            raise ValidationError(_("Use a shorter name."))
        if self.roles.data and not field.data:
            raise ValidationError(_("Name the claim, such as groups."))

    def validate_roles(self, field: Any) -> None:
        try:
            pairs = role_lines.read(field.data or "")
        except NoRoleLine as problem:
            known = ", ".join(MAPPED)
            raise ValidationError(
                _(
                    "“%(line)s” does not work. Write a group, = and one of %(roles)s.",
                    line=str(problem)[:80],
                    roles=known,
                )
            ) from None
        if len(pairs) > role_lines.MOST:
            raise ValidationError(_("Too many: keep at most %(number)d.", number=role_lines.MOST))

    def validate_scopes(self, field: Any) -> None:
        if field.data and (len(field.data) > LONGEST_CLAIM or not SCOPES.fullmatch(field.data)):
            raise ValidationError(_("Enter words with one space between them, such as groups."))

    @property
    def kept(self) -> Rules:
        """What it says. To be asked once the form is valid."""
        return Rules(
            name=self.name.data or "",
            creates=bool(self.creates.data),
            domains=tuple(dict.fromkeys(_domain(line) or "" for line in self._domain_lines())),
            trusts_addresses=bool(self.trusts_addresses.data),
            scopes=self.scopes.data or "",
            claim=self.claim.data or "",
            roles=role_lines.read(self.roles.data or ""),
            only_for_team=bool(self.only_for_team.data),
        )

    def _domain_lines(self) -> list[str]:
        return (self.domains.data or "").split()


@blueprint.get("/settings/openid")
def edit() -> str:
    """The form with what holds now."""
    permissions.require(current_viewer(), "change_site")
    now = rules.current()
    shown = {"domains": "\n".join(now.domains), "roles": role_lines.written(now.roles)}
    return _page(RulesForm(formdata=None, data={**vars(now), **shown}))


@blueprint.post("/settings/openid")
def update() -> Any:
    """Keep what the form says. It counts from the next log-in."""
    viewer = current_viewer()
    permissions.require(viewer, "change_site")
    form = RulesForm()
    if not form.validate():
        return _page(form), 422
    begin_write()
    names = rules.changed(rules.current(), form.kept)
    if names:
        rules.change(form.kept)
        journal.note("openid_changed", by=viewer.id, settings=names)
    db.session.commit()
    flash(_("The settings have been saved."))
    return redirect(url_for("openid_rules.edit"), 303)


def _domain(line: str) -> str | None:
    """A domain as addresses are compared by; None for what is none."""
    address = email_address.normalized(f"someone@{line.removeprefix('@')}")
    return address.rpartition("@")[2].lower() if address else None


def _page(form: RulesForm) -> str:
    its = provider.of_site().client if provider.is_set_up() else None
    return render_template("accounts/openid/rules.html", form=form, client=its, redirect_uri=provider.redirect_uri())
