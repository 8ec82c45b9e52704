"""What an editor fills in: named fields, each refusal beside its field, every word kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField, SelectChoice, SelectField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length

from helpcenter.articles.revision import LONGEST_WORD, MOST_WORDS, Content, Revision, Significance
from helpcenter.articles.studio import place
from helpcenter.articles.studio.draft import Change
from helpcenter.articles.studio.moment_field import MomentField
from helpcenter.articles.studio.opened import Opened
from helpcenter.articles.studio.place import Place
from helpcenter.articles.studio.working_copy import LONGEST_PAGE, OpenPage
from helpcenter.core.forms import Form, strip
from helpcenter.core.row_id import row_id_or_none
from helpcenter.core.text import slug_of
from helpcenter.topics import audience_names

LONGEST_TITLE = 200
LONGEST_SUMMARY = 160
LONGEST_NOTE = 400
ABOUT_PAGE = frozenset({"page", "page_version"})
"""What a page says about itself and not about the article."""
SIGNIFICANCES = [
    SelectChoice(Significance.TYPO.value, _l("Typo")),
    SelectChoice(Significance.MEDIUM.value, _l("Medium change")),
    SelectChoice(Significance.MAJOR.value, _l("Major change")),
]


def unix_lines(value: Any) -> Any:
    """A filter: browsers send line ends as CR LF, files have LF; without this each would seem to change the other."""
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


class ArticleForm(Form):
    """The words of an edition, and the place of its article. `latest` and the `…_opened` fields say what was there."""

    title = StringField(
        _l("Title"), [DataRequired(_l("Give the article a title.")), Length(max=LONGEST_TITLE)], filters=[strip]
    )
    slug = StringField(_l("Address"), [Length(max=80)], filters=[strip])
    summary = TextAreaField(_l("Summary"), [Length(max=400)], filters=[strip])
    body = TextAreaField(_l("Text"), [DataRequired(_l("Write the text first."))], filters=[unix_lines])
    topic = SelectField(_l("Topic"), [DataRequired(_l("Choose a topic."))], coerce=str)
    audience = SelectField(_l("Who can read it"), choices=audience_names.CHOICES)
    tags = StringField(_l("Tags"), filters=[strip])
    keywords = StringField(_l("Search words"), filters=[strip])
    old_addresses = TextAreaField(_l("Old addresses"), filters=[unix_lines])
    significance = SelectField(_l("How much changed"), choices=SIGNIFICANCES, default=Significance.MEDIUM.value)
    note = StringField(_l("Note on this change"), [Length(max=LONGEST_NOTE)], filters=[strip])
    matches_source = BooleanField(_l("This translation says what the original says now"))
    publish_at = MomentField(_l("Publish at"))
    latest = HiddenField()
    page = HiddenField()
    page_version = HiddenField()
    source_seen = HiddenField()
    slug_opened = HiddenField()
    topic_opened = HiddenField()
    audience_opened = HiddenField()
    old_addresses_opened = HiddenField(filters=[unix_lines])

    def validate_tags(self, field: Any) -> None:
        _check_words(field)

    def validate_keywords(self, field: Any) -> None:
        _check_words(field)

    def validate_old_addresses(self, field: Any) -> None:
        try:
            count = len(place.paths_in(field.data or ""))
        except ValueError as problem:
            line = str(problem)
            raise ValidationError(
                _("“%(line)s” is not an address on this site, such as /old/page.", line=line[:80])
            ) from None
        if count > place.MOST_ADDRESSES:
            raise ValidationError(_("Too many addresses: keep at most %(number)d.", number=place.MOST_ADDRESSES))

    longest_summary = LONGEST_SUMMARY

    def allow_summary_of(self, had: Revision | None) -> None:
        """Let a summary stay as long as it is: a folder and another program may have brought a longer one."""
        self.longest_summary = max(LONGEST_SUMMARY, len(had.summary) if had else 0)

    def validate_summary(self, field: Any) -> None:
        most = self.longest_summary
        if len(field.data or "") > most:
            raise ValidationError(ngettext("Use at most %(num)d character.", "Use at most %(num)d characters.", most))

    @property
    def content(self) -> Content:
        """The words as a value."""
        return Content(
            title=" ".join((self.title.data or "").split()),
            body=self.body.data or "",
            summary=" ".join((self.summary.data or "").split()),
            tags=words_in(self.tags.data),
            keywords=words_in(self.keywords.data),
        )

    @property
    def open_page(self) -> OpenPage:
        """The page that it was typed on."""
        return OpenPage((self.page.data or "")[:LONGEST_PAGE], row_id_or_none(self.page_version.data or "") or 0)

    @property
    def typed(self) -> dict[str, str]:
        """Every field as it stands, by name, for a working copy."""
        ticked = {"matches_source": "y"} if self.matches_source.data else {}
        planned = {"publish_at": said} if (said := self.publish_at.said) else {}
        kept = {
            field.name: field.data for field in self if isinstance(field.data, str) and field.name not in ABOUT_PAGE
        }
        return {**kept, **ticked, **planned}

    def says(self, other: ArticleForm) -> bool:
        """Whether every field that was sent holds what the other form holds, however the pages were opened."""
        mine, others = self.typed, other.typed
        sent = [field.name for field in self if field.raw_data]
        return all(
            mine.get(name, "") == others.get(name, "")
            for name in sent
            if name not in (*ABOUT_PAGE, "latest", "source_seen") and not name.endswith("_opened")
        )

    @property
    def place(self) -> Place:
        """Where the editor wants the article."""
        return Place(int(self.topic.data), self.audience.data, place.paths_in(self.old_addresses.data or ""))

    @property
    def place_opened(self) -> Place:
        """Where it stood when the page was opened; what is missing or garbled counts as unchanged."""
        wanted = self.place
        topic_id = row_id_or_none(self.topic_opened.data or "")
        try:
            paths = place.paths_in(self.old_addresses_opened.data or "")
        except ValueError:
            paths = wanted.old_addresses
        return Place(
            wanted.topic_id if topic_id is None else topic_id, self.audience_opened.data or wanted.audience, paths
        )

    def wants_a_moment(self) -> bool:
        """Whether the moment of publication is one to come; otherwise the form says what is wrong with it."""
        if self.publish_at.errors:
            return False
        if self.publish_at.data is None:
            self.refuse("publish_at", _("Say when it should be published."))
        elif self.publish_at.is_past:
            self.refuse("publish_at", _("That time has passed. Choose a later one, or publish now."))
        return not self.publish_at.errors

    def change(self, source_revision_id: int | None) -> Change:
        """Everything that goes into the revision."""
        return Change(
            self.content,
            row_id_or_none(self.latest.data or ""),
            self.note.data or "",
            Significance(self.significance.data),
            slug_of(self.slug.data) if self.slug.data else "",
            source_revision_id,
        )


def filled(opened: Opened, topics: Sequence[SelectChoice]) -> ArticleForm:
    """The form as the page is opened: the words of the latest revision, none in a new language."""
    stands, latest = place.place_of(opened.article), opened.latest
    addresses = "\n".join(stands.old_addresses)
    form = ArticleForm(
        formdata=None,
        data={
            **_words(latest),
            "slug": opened.edition.slug if opened.edition else "",
            "slug_opened": opened.edition.slug if opened.edition else "",
            "topic": str(stands.topic_id),
            "audience": stands.audience,
            "old_addresses": addresses,
            "latest": str(latest.id) if latest else "",
            "topic_opened": str(stands.topic_id),
            "audience_opened": stands.audience,
            "old_addresses_opened": addresses,
            "significance": latest.significance if latest and opened.has_draft else Significance.MEDIUM.value,
            "note": latest.note if latest and opened.has_draft else "",
        },
    )
    form.topic.choices = list(topics)
    return form


def retyped(fields: Mapping[str, str], topics: Sequence[SelectChoice]) -> ArticleForm:
    """The form with what a working copy kept, or with what a merge made of it."""
    form = ArticleForm(formdata=MultiDict(fields))
    form.topic.choices = list(topics)
    return form


def _words(latest: Revision | None) -> dict[str, Any]:
    if latest is None:
        return {}
    return {
        "title": latest.title,
        "summary": latest.summary,
        "body": latest.body,
        "tags": ", ".join(latest.tags),
        "keywords": ", ".join(latest.keywords),
    }


def words_in(text: str | None) -> tuple[str, ...]:
    """Words or short phrases between commas of any script, each once, in the order typed."""
    parts = (" ".join(part.split()) for part in re.split(r"[,،;\n]", text or ""))
    return tuple(dict.fromkeys(part for part in parts if part))


def _check_words(field: Any) -> None:
    words = words_in(field.data)
    if len(words) > MOST_WORDS:
        raise ValidationError(_("Too many: keep at most %(number)d.", number=MOST_WORDS))
    for word in words:
        if len(word) > LONGEST_WORD:
            raise ValidationError(_("“%(word)s…” is too long; separate them with commas.", word=word[:30]))
