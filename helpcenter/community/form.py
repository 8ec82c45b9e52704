"""What people fill in here: a question, an answer."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import HiddenField, RadioField, SelectChoice, SelectField, StringField, TextAreaField, ValidationError

from helpcenter.accounts.fields import one_line
from helpcenter.accounts.viewer import Viewer
from helpcenter.community import given_article, mention, pictures, tag
from helpcenter.community.question import LONGEST_TITLE, Kind
from helpcenter.community.rendering import rendered
from helpcenter.core.forms import Form, strip
from helpcenter.core.markdown import MarkdownRefused, Rendered, words
from helpcenter.core.row_id import row_id_or_none
from helpcenter.topics.tree import tree

SHORTEST_TITLE = 10
OTHER = "0"
KINDS = [
    SelectChoice(Kind.QUESTION.value, _l("A question")),
    SelectChoice(Kind.EXPERIENCE.value, _l("An experience: something that others may find useful")),
]


def unix_lines(value: Any) -> Any:
    """A filter: browsers send line ends as CR LF."""
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


class PostForm(Form):
    """A form with a text in Markdown."""

    text: TextAreaField

    def _may_be_empty(self) -> bool:
        return False

    def validate_with_picture(self, viewer: Viewer) -> bool:
        """Whether it can be posted, after the picture that came with it went into the text. Commits, slow."""
        markdown, problem = pictures.take_sent(viewer)
        if markdown:
            self.text.data = f"{self.text.data or ''}\n\n{markdown}".strip()
        is_valid = bool(self.validate())
        if problem:
            self.refuse("text", problem)
        return is_valid and not problem

    def render_text(self, locale: str, question_id: int | None = None) -> Rendered | None:
        """The text as others will see it; None, with the reason in the form, where it can not be shown. Slow.

        Whoever wrote to this question can be named in it.
        """
        try:
            result = rendered(self.text.data, locale, mention.people_for(self.text.data, locale, question_id))
        except MarkdownRefused as refused:
            self.refuse("text", words.refusal(refused))
            return None
        if not result.plain_text and "<img" not in result.html and not self._may_be_empty():
            self.refuse("text", _("There is nothing to read in it."))
            return None
        if len(result.mentioned) > mention.MOST:
            self.refuse(
                "text", ngettext("Mention at most %(num)d person.", "Mention at most %(num)d people.", mention.MOST)
            )
            return None
        return result


class QuestionForm(PostForm):
    """A question or an experience. `shown` says that similar ones were shown, `draft` names what waited for it."""

    title = StringField(_l("Title"), filters=[one_line])
    text = TextAreaField(_l("Details"), filters=[unix_lines, strip])
    kind = RadioField(_l("What would you like to post?"), choices=KINDS, default=Kind.QUESTION.value)
    topic = SelectField(_l("What is it about?"), validate_choice=False)
    tags = StringField(_l("Tags"), filters=[one_line])
    shown = HiddenField()
    draft = HiddenField()
    began = HiddenField()

    def __init__(self, viewer: Viewer, locale: str, **given: Any) -> None:
        super().__init__(**given)
        roots = [(str(node.id), node.text(locale).title) for node in tree().roots(viewer)]
        self.topic.choices = [*roots, (OTHER, _("Another topic"))]
        if self.topic.data not in dict(self.topic.choices):
            self.topic.data = OTHER

    def validate_title(self, field: Any) -> None:
        """Long enough to tell something, short enough for a line or two."""
        if len(field.data or "") < SHORTEST_TITLE:
            raise ValidationError(
                _("Say in a short sentence what it is about, in at least %(number)d characters.", number=SHORTEST_TITLE)
            )
        if len(field.data) > LONGEST_TITLE:
            raise ValidationError(_("Use at most %(number)d characters.", number=LONGEST_TITLE))

    def validate_text(self, field: Any) -> None:
        """Something to go by."""
        if not field.data:
            raise ValidationError(_("Write a few words more, so that others can help."))

    def validate_tags(self, field: Any) -> None:
        """A few short ones."""
        names = tag.read(field.data or "")
        if len(names) > tag.MOST_TAGS:
            raise ValidationError(ngettext("%(num)d tag at most.", "%(num)d tags at most.", tag.MOST_TAGS))
        if any(len(name) > tag.LONGEST_TAG for name in names):
            raise ValidationError(_("A tag has at most %(number)d characters.", number=tag.LONGEST_TAG))

    @property
    def topic_id(self) -> int | None:
        """The root topic; None for something else."""
        return int(self.topic.data) if self.topic.data != OTHER else None

    @property
    def tag_names(self) -> list[str]:
        """The tags as they are kept."""
        return tag.read(self.tags.data or "")

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        return bool(self.kind.data == Kind.QUESTION.value)

    @property
    def as_draft(self) -> dict[str, str]:
        """Every word of it, to be filled in again."""
        return {name: self[name].data or "" for name in ("title", "text", "kind", "topic", "tags", "shown")}


class AnswerForm(PostForm):
    """An answer."""

    text = TextAreaField(_l("Your answer"), filters=[unix_lines, strip])
    began = HiddenField()
    article = StringField(filters=[strip])
    article_id: int | None = None

    def take_article(self, viewer: Viewer, locale: str) -> None:
        """See which article is given: the one that was chosen, or whose address is all that was written."""
        alone = given_article.alone_in(self.text.data or "")
        number = row_id_or_none(self.article.data or "") or alone
        if number is not None and given_article.is_readable(number, viewer, locale):
            self.article_id = number
            self.text.data = "" if alone == number else self.text.data

    def validate_text(self, field: Any) -> None:
        """Something to read."""
        if not field.data and self.article_id is None:
            raise ValidationError(_("Write your answer first."))

    def _may_be_empty(self) -> bool:
        return self.article_id is not None
