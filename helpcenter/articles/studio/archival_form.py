"""What an editor says when an edition is taken away."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from helpcenter.articles.article import Article
from helpcenter.articles.studio import archival
from helpcenter.articles.studio.moment_field import MomentField
from helpcenter.core.forms import Form


class ArchivalForm(Form):
    """The address or the number of what replaces it; may be empty."""

    successor = StringField(_l("What replaces it"))
    at = MomentField(_l("When"))

    def successor_of(self, article_id: int) -> int | None:
        """The article that replaces this one, if any; otherwise the form says what is wrong with it."""
        try:
            return archival.successor_in((self.successor.data or "").strip(), article_id)
        except archival.NoSuccessor:
            message = _("Nothing was archived: the replacement address leads to no other article.")
            self.refuse("successor", message)
            return None

    def check_moment(self) -> None:
        """Refuses what is no moment to come; nothing stands for now."""
        self.validate()
        if self.at.is_past:
            self.refuse("at", _("That time has passed. Leave it empty to archive now."))


def form_for(article: Article) -> ArchivalForm:
    """The form with the replacement the article has already, from the archival of another language."""
    return ArchivalForm(formdata=None, data={"successor": str(article.successor_id or "")})
