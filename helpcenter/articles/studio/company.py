"""Who else has an article open, and who saved it meanwhile: what two editors are told before they meet."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from helpcenter.accounts.names import names_of
from helpcenter.accounts.viewer import Viewer
from helpcenter.articles.studio import working_copy
from helpcenter.articles.studio.opened import Opened


def told(opened: Opened, viewer: Viewer, seen: int | None) -> str:
    """What to tell whoever has it open with the revision `seen`; '' when they are alone with what is latest."""
    latest = opened.latest
    people = working_copy.writing(opened.article.id, opened.language, viewer.id)
    is_overtaken = latest is not None and seen != latest.id
    by = latest.author_id if latest is not None and is_overtaken else None
    names = names_of([*people, by])
    sentences = []
    if latest is not None and is_overtaken:
        sentences.append(
            _("%(name)s has saved revision %(number)d in the meantime.", name=names[by], number=latest.number)
            if by in names
            else _("Revision %(number)d has been saved in the meantime.", number=latest.number)
        )
    if people:
        present = ", ".join(names[one] for one in people if one in names)
        sentences.append(
            ngettext(
                "%(names)s has this page open too.", "%(names)s have this page open too.", len(people), names=present
            )
        )
    if sentences:
        sentences.append(_("When you save, nothing of theirs is overwritten."))
    return " ".join(str(one) for one in sentences)
