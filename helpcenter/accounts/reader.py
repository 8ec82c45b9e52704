"""A person as a viewer, for what is made for them while they are not here, such as a letter."""

from __future__ import annotations

from helpcenter.accounts import user
from helpcenter.accounts.user import User
from helpcenter.accounts.viewer import Viewer
from helpcenter.core import site


def viewer_of(person: User) -> Viewer:
    """What this person may see, as their roles are now. One query."""
    return Viewer(
        id=person.id,
        name=person.name,
        email=person.email,
        roles=user.roles_of([person.id])[person.id],
        locale=person.locale,
        time_zone=person.time_zone,
        is_confirmed=person.is_confirmed,
    )


def locale_of(person: User) -> str:
    """The language a letter to this person is written in."""
    here = site.current()
    return person.locale if person.locale in here.locales else here.default_locale
