"""The first half of an import: files become revisions of editions. Links are not looked at yet, since what they lead to
may come later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from helpcenter.articles import review
from helpcenter.articles.article import Article
from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.folder import document as documents
from helpcenter.articles.folder import kept_settings
from helpcenter.articles.folder.document import Document
from helpcenter.articles.folder.finding import Finding, Level
from helpcenter.articles.folder.layout import Layout, Place
from helpcenter.articles.folder.plan import Change
from helpcenter.articles.folder.reading import Source
from helpcenter.articles.folder.record import FolderFile, in_sync
from helpcenter.articles.folder.report import Outcome, Report
from helpcenter.articles.lock_order import lock_articles
from helpcenter.articles.renaming import rename
from helpcenter.articles.revision import Content, Revision, Significance, revise
from helpcenter.core import clock, site
from helpcenter.core.content_version import content_changed
from helpcenter.core.db import db
from helpcenter.search import outbox
from helpcenter.topics import topic as topics

IN_CONFLICT = "changed here and on the web; this version waits as a draft"


@dataclass
class Taking:
    """One import's way of taking files. `by` is a user id; `takes_over` lets it have files of other folders."""

    folder: str
    report: Report
    by: int | None = None
    note: str = ""
    significance: Significance = Significance.MEDIUM
    layout: Layout = field(default_factory=Layout)
    takes_over: bool = False
    topic_ids: dict[str, int] = field(default_factory=dict)
    positions: kept_settings.Positions = field(default_factory=kept_settings.Positions)

    def take(self, batch: Sequence[tuple[Change, Document]]) -> None:
        """Write a batch; to be called after begin_write(), and committed by the caller."""
        self._lock(batch)
        rows = self._rows([change.known.id for change, _ in batch if change.known])
        siblings = self._siblings([document.place.below for _, document in batch])
        articles = {*siblings.values(), *(edition.article_id for _, edition in rows.values())}
        before = kept_settings.of(articles)
        touched: dict[int, Document] = {}
        for change, document in batch:
            if change.known is None:
                article_id = self._begin(document, siblings)
                siblings[document.place.below] = article_id
            else:
                article_id = self._continue(document, *rows[change.known.id])
            touched.setdefault(article_id, document)
        db.session.flush()
        self._keep_settings(touched, before)

    @staticmethod
    def _lock(batch: Sequence[tuple[Change, Document]]) -> None:
        """The articles of a batch, those that get another language too: one may be published on the web right now."""
        known = FolderFile.id.in_([change.known.id for change, _ in batch if change.known])
        beside = FolderFile.below.in_([document.place.below for _, document in batch])
        lock_articles(db.session.scalars(select(FolderFile.edition_id).where(known | beside)))

    def _rows(self, ids: Sequence[int]) -> dict[int, tuple[FolderFile, Edition]]:
        """The rows, locked, with their editions."""
        found = db.session.execute(
            select(FolderFile, Edition)
            .join(Edition, Edition.id == FolderFile.edition_id)
            .where(FolderFile.id.in_(ids))
            .order_by(FolderFile.id)
            .with_for_update(of=FolderFile)
            .execution_options(populate_existing=True)
        )
        return {row.id: (row, edition) for row, edition in found}

    def _siblings(self, below: Sequence[str]) -> dict[str, int]:
        statement = select(FolderFile.below, Edition.article_id).join(Edition, Edition.id == FolderFile.edition_id)
        return dict(db.session.execute(statement.where(FolderFile.below.in_(below))).all())

    def _keep_settings(self, touched: dict[int, Document], before: dict[int, kept_settings.Settings]) -> None:
        for article_id, after in kept_settings.of(touched).items():
            article = db.session.get_one(Article, article_id)
            was = before.get(article_id)
            if after.topic != (was.topic if was else ""):
                article.topic_id = self._topic_id(after.topic or touched[article_id].place.topic_path)
            for path in kept_settings.apply(article, was, after, self.positions):
                message = f"redirect_from: {path} leads to another article already"
                self.report.findings.append(Finding(touched[article_id].source.path, 0, message, Level.WARNING))

    def _begin(self, document: Document, siblings: dict[str, int]) -> int:
        """A file that was not known: a new article, or one more language of the article at its place."""
        place = document.place
        article_id = siblings.get(place.below)
        if article_id is not None:
            here = Edition.article_id == article_id, Edition.locale == place.locale
            written = db.session.scalar(select(Edition).where(*here))
            if written is not None:
                self._adopt(document, written)
                return article_id
        article_id = article_id or self._new_article(place)
        content = document.content
        edition = Edition(
            article_id=article_id,
            locale=place.locale,
            slug=document.slug,
            title=content.title,
            summary=content.summary,
        )
        db.session.add(edition)
        db.session.flush()
        revision = self._revise(edition, document)
        self._record(document, edition, revision, is_waiting=True)
        self.report.add(document.source.path, Outcome.IMPORTED)
        return article_id

    def _adopt(self, document: Document, edition: Edition) -> None:
        """A language that was written on the web before its file came: never overwritten."""
        published = db.session.get(Revision, edition.published_revision_id) if edition.published_revision_id else None
        if published is not None and published.content == document.content:
            self._record(document, edition, published, is_waiting=False)
            self.report.add(document.source.path, Outcome.UNCHANGED)
        else:
            self._record(document, edition, self._revise(edition, document), is_waiting=False)
            self._conflict(document)

    def _continue(self, document: Document, row: FolderFile, edition: Edition) -> int:
        """A file that was known: changed, renamed, or back again."""
        says_same_words = self._said(row) == document.content
        says_same = says_same_words and row.settings == document.settings
        if row.folder != self.folder and not self.takes_over:
            self._leave(document, row, says_same)
            return edition.article_id
        is_synced = in_sync(row, edition)
        row.folder, row.source = self.folder, document.source.path
        row.sha256, row.text, row.is_foreign = document.source.sha256, document.source.text, self.layout.is_foreign
        outcome = Outcome.UNCHANGED
        if row.missing_since is not None:
            outcome = Outcome.RETURNED
            row.is_waiting = row.is_waiting or (is_synced and edition.status == Status.ARCHIVED)
            row.missing_since = None
        if row.below != document.place.below:
            self._move(row, edition, document)
            outcome = Outcome.RENAMED
        if not says_same_words:
            outcome = self._say(row, edition, document, is_synced)
        elif row.settings != document.settings:
            outcome = Outcome.UPDATED
        if outcome != Outcome.CONFLICT:
            if row.settings.get("address", "") != document.values.address:
                rename(edition, document.slug)
            row.settings = document.settings
        self.report.add(document.source.path, outcome)
        return edition.article_id

    def _said(self, row: FolderFile) -> Content:
        """What the file said before. The revision has other links than a page of another program."""
        if row.is_foreign and self.layout.is_foreign:
            before = documents.understand(Source(row.source, row.text, row.sha256), self.layout).document
            if before is not None:
                return before.content
        return db.session.get_one(Revision, row.revision_id).content

    def _say(self, row: FolderFile, edition: Edition, document: Document, is_synced: bool) -> Outcome:
        published = db.session.get(Revision, edition.published_revision_id) if edition.published_revision_id else None
        if not is_synced and published is not None and published.content == document.content:
            row.revision_id = published.id
            return Outcome.UNCHANGED
        row.revision_id = self._revise(edition, document).id
        row.is_waiting = is_synced
        if is_synced:
            return Outcome.UPDATED
        self._conflict(document)
        return Outcome.CONFLICT

    def _leave(self, document: Document, row: FolderFile, says_same: bool) -> None:
        if says_same:
            self.report.add(document.source.path, Outcome.UNCHANGED)
            return
        self.report.add(document.source.path, Outcome.LEFT_OUT)
        message = f"kept in the folder {row.folder}; import with --folder {row.folder}, or with --take-over"
        self.report.findings.append(Finding(document.source.path, 0, message))

    def _conflict(self, document: Document) -> None:
        self.report.add(document.source.path, Outcome.CONFLICT)
        self.report.findings.append(Finding(document.source.path, 0, IN_CONFLICT, Level.WARNING))

    def _move(self, row: FolderFile, edition: Edition, document: Document) -> None:
        row.below = document.place.below
        article = db.session.get_one(Article, edition.article_id)
        article.topic_id = self._topic_id(document.values.topic or document.place.topic_path)
        rename(edition, document.slug)
        outbox.note("article", article.id)
        content_changed()

    def _new_article(self, place: Place) -> int:
        article = Article(topic_id=self._topic_id(place.topic_path), created_at=clock.now(), owner_id=self.by)
        db.session.add(article)
        db.session.flush()
        return article.id

    def _topic_id(self, path: str) -> int:
        if path not in self.topic_ids:
            topic, _, section = path.partition("/")
            root = topics.find_or_make(topic)
            self.topic_ids[path] = topics.find_or_make(section, root.id).id if section else root.id
        return self.topic_ids[path]

    def _revise(self, edition: Edition, document: Document) -> Revision:
        revision = revise(
            edition,
            document.content,
            by=self.by,
            note=self.note,
            significance=self.significance,
            source_revision_id=self._translated_revision(edition),
        )
        if edition.stage:
            review.settle_stage(edition)
        return revision

    def _translated_revision(self, edition: Edition) -> int | None:
        """What the site's first language says now, which is what a translation that comes now translates."""
        first = site.current().default_locale
        if edition.locale == first:
            return None
        statement = select(FolderFile.revision_id, Edition.published_revision_id).select_from(Edition)
        joined = statement.outerjoin(FolderFile, FolderFile.edition_id == Edition.id)
        found = db.session.execute(
            joined.where(Edition.article_id == edition.article_id, Edition.locale == first)
        ).first()
        return (found[0] or found[1]) if found else None

    def _record(self, document: Document, edition: Edition, revision: Revision, *, is_waiting: bool) -> None:
        db.session.add(
            FolderFile(
                folder=self.folder,
                source=document.source.path,
                locale=document.place.locale,
                below=document.place.below,
                edition_id=edition.id,
                revision_id=revision.id,
                sha256=document.source.sha256,
                text=document.source.text,
                settings=document.settings,
                uses={},
                is_foreign=self.layout.is_foreign,
                is_waiting=is_waiting,
            )
        )
