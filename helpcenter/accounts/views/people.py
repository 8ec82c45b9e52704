"""The people of the site and the roles they hold, for admins."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, or_, select
from wtforms import SelectChoice, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from helpcenter.accounts import permissions, product_customer, user
from helpcenter.accounts.role import TEAM, Role
from helpcenter.accounts.role_names import ROLE_NAMES
from helpcenter.accounts.second_step import second_step
from helpcenter.accounts.user import GIVEN_ROLES, LastAdmin, User
from helpcenter.accounts.viewer import current_viewer
from helpcenter.core.db import begin_write, db
from helpcenter.core.forms import Form
from helpcenter.core.paging import page_of
from helpcenter.core.refusals import NotFound
from helpcenter.core.row_id import row_id

blueprint = Blueprint("people", __name__)


class RolesForm(Form):
    roles = SelectMultipleField(
        _l("Roles"),
        choices=[SelectChoice(role.value, ROLE_NAMES[role]) for role in GIVEN_ROLES],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


@blueprint.get("/settings/people")
def index() -> str:
    """Everyone, the newest first; `q` narrows by name or address."""
    permissions.require(current_viewer(), "manage_people")
    asked = request.args.get("q", "").strip()[:80]
    page = page_of(_named(asked), User.id, request.args.get("after", type=row_id))
    roles = user.roles_of(person.id for person in page.rows)
    words = {"role_names": ROLE_NAMES, "second_steps": second_step.since_of([person.id for person in page.rows])}
    return render_template("accounts/people.html", page=page, roles=roles, asked=asked, **words)


@blueprint.get("/settings/people/<int:user_id>")
def edit(user_id: int) -> str:
    """One person's roles."""
    person = _person(user_id)
    held = user.roles_of([user_id])[user_id]
    return _page(person, RolesForm(formdata=None, data={"roles": [role.value for role in held]}))


@blueprint.post("/settings/people/<int:user_id>")
def update(user_id: int) -> Any:
    """Give the roles that are ticked and take the others."""
    person, form = _person(user_id), RolesForm()
    if not form.validate():
        return _page(person, form), 422
    begin_write()
    try:
        _set_roles(user_id, {Role(name) for name in form.roles.data or []})
    except LastAdmin:
        db.session.rollback()
        form.refuse("roles", _("No one else is an admin. Make someone else an admin first."))
        return _page(person, form), 422
    db.session.commit()
    flash(_("The roles of %(name)s have been saved.", name=person.shown_name))
    has_resigned = user_id == current_viewer().id and Role.ADMIN not in (form.roles.data or [])
    return redirect("/" if has_resigned else url_for("people.index"), 303)


def _set_roles(user_id: int, wanted: set[Role]) -> None:
    held = user.roles_of([user_id])[user_id] - {Role.MEMBER}
    for role in wanted - held:
        user.give_role(user_id, role, by=current_viewer().id)
    if (wanted - held) & TEAM:
        product_customer.join_team(user_id)
    for role in held - wanted:
        user.take_role(user_id, role, by=current_viewer().id)


def _person(user_id: int) -> User:
    permissions.require(current_viewer(), "manage_people")
    person = user.by_id(user_id)
    if person is None:
        raise NotFound
    return person


def _named(asked: str) -> Select[User]:
    people = select(User).where(User.erased_at.is_(None))
    if not asked:
        return people
    return people.where(or_(User.name.icontains(asked, autoescape=True), User.email.icontains(asked, autoescape=True)))


def _page(person: User, form: RolesForm) -> str:
    has_since = second_step.since_of([person.id]).get(person.id)
    return render_template("accounts/person.html", person=person, form=form, second_step_since=has_since)
