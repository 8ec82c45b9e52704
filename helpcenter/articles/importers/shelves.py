"""The topics an export becomes: two levels, with the keys they had the last time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from sqlalchemy import select

from helpcenter.articles.folder import topic_files
from helpcenter.articles.folder.finding import Finding, Level
from helpcenter.articles.folder.front_matter import LONGEST_SUMMARY, FrontMatter, printable
from helpcenter.articles.folder.publishing import batches
from helpcenter.articles.folder.reading import Source
from helpcenter.articles.folder.record import FolderTopic
from helpcenter.articles.folder.report import Report
from helpcenter.articles.folder.topic_files import LONGEST_TITLE, TopicFile
from helpcenter.articles.importers.exported import Export, Shelf
from helpcenter.articles.importers.from_html import words_in_time
from helpcenter.articles.importers.languages import ours
from helpcenter.core import site
from helpcenter.core.db import begin_write, db
from helpcenter.core.text import shortened, slug_of
from helpcenter.topics import old_address
from helpcenter.topics.topic import Topic, TopicText

LOOSE = "loose"
"""The shelf of what stands in none."""


@dataclass(frozen=True)
class TopicPlace:
    """The keys of a topic and its section, '' for what stands in the topic itself."""

    topic: str
    section: str = ""


class Shelves:
    """The shelves of an export as topics of this site. `folder` is the name their files are remembered by."""

    def __init__(self, export: Export, folder: str) -> None:
        self.export = export
        self.folder = folder
        self.places: dict[str, TopicPlace] = {}
        self.ranks: dict[str, int] = {}
        self._below: dict[str, list[Shelf]] = defaultdict(list)
        for shelf in export.shelves.values():
            known = shelf.parent_id in export.shelves and shelf.parent_id != shelf.id
            self._below[shelf.parent_id if known else ""].append(shelf)
        self._known = self._known_places()
        self._taken = set(self._known.values())
        for root in self._siblings(""):
            self._place(root, None, 0)

    def place_of(self, shelf_id: str) -> TopicPlace:
        """Where the articles of a shelf stand."""
        if shelf_id in self.places:
            return self.places[shelf_id]
        loose = Shelf(LOOSE, "", 0, {site.current().default_locale: (self.export.name, "")})
        self.export.shelves.setdefault(LOOSE, loose)
        if LOOSE not in self.places:
            self._place(loose, None, 0)
        return self.places[LOOSE]

    def rank_of(self, shelf_id: str) -> int:
        """The place of a shelf among all, the outer ones first: orders articles of shelves that became one section."""
        return self.ranks.get(shelf_id, len(self.ranks))

    def _siblings(self, parent_id: str) -> list[Shelf]:
        return sorted(self._below[parent_id], key=lambda shelf: shelf.order)

    def _place(self, shelf: Shelf, above: TopicPlace | None, depth: int) -> None:
        if shelf.id in self.places:
            return
        self.ranks[shelf.id] = len(self.ranks)
        if depth > 1 and above is not None:
            self.places[shelf.id] = above
            title = self._title(shelf)
            self.export.lose(title, "a section within a section: its articles stand in the section around it")
        else:
            self.places[shelf.id] = self._key(shelf, above)
        for child in self._siblings(shelf.id):
            self._place(child, self.places[shelf.id], depth + 1)

    def _title(self, shelf: Shelf) -> str:
        first = site.current().default_locale
        texts = {ours(language): said[0] for language, said in shelf.texts.items() if said[0]}
        return texts.get(first) or next(iter(texts.values()), "") or shelf.id

    def _key(self, shelf: Shelf, above: TopicPlace | None) -> TopicPlace:
        known = self._known.get(shelf.id)
        if known is not None and (known.topic if known.section else None) == (above.topic if above else None):
            return known
        key = slug_of(self._title(shelf))
        for number in range(1, len(self.export.shelves) + 2):
            free = key if number == 1 else f"{key[:74]}-{number}"
            place = TopicPlace(above.topic, free) if above else TopicPlace(free)
            if place not in self._taken:
                break
        self._taken.add(place)
        return place

    def _known_places(self) -> dict[str, TopicPlace]:
        """The keys that shelves were given the last time: the path they are remembered by holds their id."""
        rows = db.session.execute(
            select(FolderTopic.source, FolderTopic.below).where(FolderTopic.folder == self.folder)
        )
        found = {}
        for source, below in rows:
            keys = below.split("/")[:-1]
            found[source.split("/")[1]] = TopicPlace(keys[0], keys[1] if len(keys) > 1 else "")
        return found

    def files(self) -> Iterator[TopicFile]:
        """What a folder would say of these topics, the outer ones first, in their order."""
        for shelf_id in self.ranks:
            shelf, place = self.export.shelves[shelf_id], self.places[shelf_id]
            if shelf.parent_id in self.places and self.places[shelf.parent_id] == place:
                continue
            said: set[str] = set()
            for language, (title, description) in shelf.texts.items():
                locale = ours(language)
                if locale and locale not in said and title:
                    said.add(locale)
                    yield self._file(shelf, place, locale, title, description)

    def _file(self, shelf: Shelf, place: TopicPlace, locale: str, title: str, description: str) -> TopicFile:
        values = FrontMatter(
            shortened(printable(title), LONGEST_TITLE),
            shortened(printable(words_in_time(description)), LONGEST_SUMMARY),
            audience=shelf.audience,
        )
        text = topic_files.text_of(values)
        source = Source(f"{locale}/{shelf.id}/_topic.md", text, sha256(text.encode()).hexdigest())
        return TopicFile(source, locale, place.topic, place.section, values, shelf.audience != "everyone")

    def take(self, report: Report) -> None:
        """Make the topics, and describe those that are made by an import. Commits."""
        topics = Report()
        for batch in batches(list(self.files())):
            begin_write()
            for file in batch:
                if (known := _stands_already(file, self.folder)) is None:
                    topic_files.take(file, self.folder, topics)
                else:
                    message = f"its articles stand in the topic {known} that is here already"
                    report.findings.append(Finding(file.values.title, 0, message, Level.NOTE))
            db.session.commit()
        begin_write()
        self._keep_addresses()
        db.session.commit()
        titles = {file.source.path: file.values.title for file in self.files()}
        report.findings += [replace(one, path=titles.get(one.path, one.path)) for one in topics.findings]

    def _keep_addresses(self) -> None:
        """Have the addresses of shelves lead to their topics. To be called after begin_write()."""
        ids, leads = self.ids(), dict[str, int]()
        for shelf in self.export.shelves.values():
            paths = {shelf.path, old_address.numbered(shelf.path), *shelf.old_paths} - {""}
            leads |= dict.fromkeys(paths, ids.get(shelf.id, 0))
        old_address.keep({path: topic_id for path, topic_id in leads.items() if topic_id})

    def ids(self) -> dict[str, int]:
        """The topics of the shelves; 0 for one that is not made yet, as when a run only says what it would do."""
        rows = {(topic.key, topic.parent_id): topic.id for topic in db.session.scalars(select(Topic))}
        found = {}
        for shelf_id, place in self.places.items():
            root = rows.get((place.topic, None))
            number = rows.get((place.section, root)) if place.section else root
            found[shelf_id] = number or 0
        return found


def _stands_already(file: TopicFile, folder: str) -> str | None:
    """The title of a topic that people made or another folder brought: it keeps what it says.

    In the first of the site's languages that has one.
    """
    root = db.session.scalar(select(Topic).where(Topic.key == file.topic, Topic.parent_key == 0))
    topic = root
    if file.section and root is not None:
        topic = db.session.scalar(select(Topic).where(Topic.key == file.section, Topic.parent_key == root.id))
    if topic is None:
        return None
    ours_too = select(FolderTopic.id).where(FolderTopic.topic_id == topic.id, FolderTopic.folder == folder)
    if db.session.scalar(ours_too.limit(1)) is not None:
        return None
    rows = db.session.execute(select(TopicText.locale, TopicText.title).where(TopicText.topic_id == topic.id))
    titles = dict(rows.all())
    order = (*site.current().locales, *sorted(titles))
    return next((titles[locale] for locale in order if locale in titles), file.topic)
