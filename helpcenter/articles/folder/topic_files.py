"""Topics from their files, <locale>/<topic>/_topic.md: title, description, order, audience."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select

from helpcenter.articles.folder import front_matter, yaml_text
from helpcenter.articles.folder.finding import Finding, Level
from helpcenter.articles.folder.front_matter import FrontMatter, WrongValue
from helpcenter.articles.folder.layout import Layout, Misplaced
from helpcenter.articles.folder.reading import Source
from helpcenter.articles.folder.record import FolderTopic
from helpcenter.articles.folder.report import Outcome, Report
from helpcenter.articles.folder.yaml_text import Entry, YamlRefused
from helpcenter.core.db import db
from helpcenter.topics import arrangement
from helpcenter.topics import topic as topics
from helpcenter.topics.audience import Audience
from helpcenter.topics.topic import Topic, TopicText

KEYS = ("title", "description", "order", "audience")
LONGEST_TITLE = 120


@dataclass(frozen=True)
class TopicFile:
    """A topic file understood; `section` is '' for a root topic.

    Without `names_audience` the topic keeps its own: a translation that says nothing must not open it.
    """

    source: Source
    locale: str
    topic: str
    section: str
    values: FrontMatter
    names_audience: bool = False

    @property
    def below(self) -> str:
        """Its place below the language."""
        return "/".join(part for part in (self.topic, self.section, "_topic.md") if part)


def understand(source: Source, layout: Layout) -> tuple[TopicFile | None, list[Finding]]:
    """Read a topic file. Every finding names it."""
    try:
        place = layout.place(source.path)
        split = front_matter.split(source.text)
    except Misplaced as error:
        return None, [Finding(source.path, 0, str(error))]
    except YamlRefused as error:
        return None, [Finding(source.path, error.line, error.message)]
    values, findings = _values(split.entries)
    if not values.title or len(values.title) > LONGEST_TITLE:
        findings.append(Finding("", 1, f"title: a text of at most {LONGEST_TITLE} characters is needed"))
    if split.body:
        findings.append(Finding("", split.body_line, "left out: the text; a topic has a description", Level.NOTE))
    located = [finding.at(source.path) for finding in findings]
    if any(finding.level == Level.ERROR for finding in findings):
        return None, located
    return TopicFile(source, place.locale, place.topic, place.section, values, "audience" in split.entries), located


def _values(entries: Mapping[str, Entry]) -> tuple[FrontMatter, list[Finding]]:
    findings = []
    values = FrontMatter()
    for key, entry in entries.items():
        ours = "summary" if key == "description" else key
        if key not in KEYS:
            findings.append(Finding("", entry.line, front_matter.unknown(key, KEYS)))
            continue
        try:
            values = replace(values, **{ours: front_matter.value_of(ours, entry)})
        except WrongValue as error:
            findings.append(Finding("", entry.line, f"{key}: {error}"))
    return values, findings


def text_of(values: FrontMatter) -> str:
    """The canonical text of a topic file."""
    given: dict[str, object] = {"title": values.title}
    if values.summary:
        given["description"] = values.summary
    if values.order:
        given["order"] = values.order
    if values.audience != "everyone":
        given["audience"] = str(values.audience)
    return f"---\n{yaml_text.dump(given)}---\n"


def exported(topic: Topic, locale: str, row: FolderTopic | None) -> str:
    """The file of a topic: its own bytes where the site still says what they say, else the canonical text."""
    now = current(topic, locale)
    assert now is not None
    return row.text if row is not None and _says(now, _read(row.text)) else text_of(now)


def current(topic: Topic, locale: str) -> FrontMatter | None:
    """What the site says about a topic in a language, as a file would; None where it says nothing."""
    text = db.session.get(TopicText, (topic.id, locale))
    if text is None:
        return None
    order = topic.position if 1 <= topic.position <= front_matter.LAST_PLACE else None
    return FrontMatter(text.title, text.description, audience=Audience(topic.audience), order=order)


def take(file: TopicFile, folder: str, report: Report) -> None:
    """Bring a topic to what its file says, unless both changed: then it stays and is reported. After begin_write()."""
    row = _row(file)
    if row is not None and row.sha256 == file.source.sha256:
        report.add(file.source.path, Outcome.UNCHANGED)
        return
    topic = _topic(file)
    now = current(topic, file.locale)
    is_said = now is not None and _says(now, file.values)
    if row is not None and now is not None and not _says(now, _read(row.text)) and not is_said:
        report.add(file.source.path, Outcome.CONFLICT)
        message = "changed here and on the web; the web's version stays"
        report.findings.append(Finding(file.source.path, 0, message, Level.WARNING))
        return
    if not is_said:
        _write(file, topic)
    changed = Outcome.UPDATED if row else Outcome.IMPORTED
    report.add(file.source.path, Outcome.UNCHANGED if is_said else changed)
    row = row or FolderTopic(locale=file.locale, below=file.below)
    row.folder, row.source, row.topic_id = folder, file.source.path, topic.id
    row.sha256, row.text = file.source.sha256, file.source.text
    db.session.add(row)
    db.session.flush()


def foretell(file: TopicFile, report: Report) -> None:
    """What an import would begin with; conflicts are not looked into."""
    row = _row(file)
    if row is not None and row.sha256 == file.source.sha256:
        report.add(file.source.path, Outcome.UNCHANGED)
        return
    root = topics.find(file.topic)
    topic = topics.find(file.section, root.id) if root and file.section else root
    now = current(topic, file.locale) if topic else None
    changed = Outcome.UPDATED if row else Outcome.IMPORTED
    report.add(file.source.path, Outcome.UNCHANGED if now is not None and _says(now, file.values) else changed)


def _row(file: TopicFile) -> FolderTopic | None:
    wanted = select(FolderTopic).where(FolderTopic.locale == file.locale, FolderTopic.below == file.below)
    return db.session.scalar(wanted)


def _topic(file: TopicFile) -> Topic:
    root = topics.find_or_make(file.topic)
    return topics.find_or_make(file.section, root.id) if file.section else root


def _write(file: TopicFile, topic: Topic) -> None:
    topics.describe(topic, file.locale, file.values.title, file.values.summary)
    if file.values.order:
        topic.position = file.values.order
    if file.names_audience:
        arrangement.open_to(topic, file.values.audience)


def _read(text: str) -> FrontMatter:
    return _values(front_matter.split(text).entries)[0]


def _says(now: FrontMatter, file: FrontMatter) -> bool:
    """Whether the site says what a file says; an order or audience the file leaves open is no difference."""
    now = replace(now, order=now.order if file.order else None)
    return replace(now, audience=file.audience if file.audience == "everyone" else now.audience) == file
