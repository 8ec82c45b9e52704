"""The snippets of a folder as it lies on disk: what its articles show by them, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from helpcenter.articles.folder import missing_snippets, snippet_files
from helpcenter.articles.folder.document import Document
from helpcenter.articles.folder.finding import Finding
from helpcenter.articles.folder.front_matter import FrontMatter
from helpcenter.articles.folder.layout import SNIPPETS, Layout, Place
from helpcenter.articles.folder.reading import Source
from helpcenter.articles.folder.snippet_files import SnippetFile
from helpcenter.articles.folder.snippet_place import one_at_each
from helpcenter.articles.snippets.expansion import order_of
from helpcenter.core import site
from helpcenter.core.markdown import MarkdownRefused, Passage, References, expand, references, snippet_names


@dataclass(frozen=True)
class Page:
    """An article or a snippet of the folder with what it points to."""

    document: Document
    found: References

    @property
    def path(self) -> str:
        """Its file."""
        return self.document.source.path


class FolderSnippets:
    """What a folder has of snippets; `pages` are those that can be read."""

    def __init__(self, sources: Iterable[Source], layout: Layout) -> None:
        self.pages: list[Page] = []
        self._texts: dict[tuple[str, str], str] = {}
        # Asked here once: articles are read in threads, where a folder without a site has no settings to ask for.
        self._default_locale = site.current().default_locale
        self._others = order_of(self._default_locale)
        kept, self.findings = one_at_each(sources, layout)
        for source in kept:
            file, findings = snippet_files.understand(source, layout)
            self.findings += findings
            if file is not None:
                self._texts[file.locale, file.name] = file.text
                self._keep(file)

    def _keep(self, file: SnippetFile) -> None:
        try:
            self.pages.append(Page(_document(file), references(file.text)))
        except MarkdownRefused as refusal:
            self.findings.append(Finding(file.source.path, 0, str(refusal)))

    def read(self, document: Document) -> References | str:
        """What an article points to by itself, its headings those that readers see; or why it can not be read."""
        names = snippet_names(document.body)
        try:
            if not names:
                return references(document.body)
            expanded = expand(document.body, self._passages(names, document.place.locale))
            seen = references(expanded.text).as_written(expanded)
            bare = references(expand(document.body, {}).text)
            # Links and pictures of a snippet are looked at where it is written.
            return replace(seen, links=bare.links, images=bare.images)
        except MarkdownRefused as refusal:
            return str(refusal)

    def missing_in(self, document: Document, found: References) -> list[Finding]:
        """The snippets that an article names and the folder has in no language."""
        here = {name for _locale, name in self._texts}
        return [
            Finding(
                document.source.path,
                document.line_of(one.line),
                f"{missing_snippets.missing(one.name)}: it would be {self._default_locale}/{SNIPPETS}/{one.name}.md",
            )
            for one in found.snippets
            if one.name not in here
        ]

    def _passages(self, names: Iterable[str], locale: str) -> Mapping[str, Passage]:
        order = [locale, *self._others]
        found = {}
        for name in names:
            text = next((self._texts[code, name] for code in order if (code, name) in self._texts), None)
            if text is not None:
                found[name] = Passage(text)
        return found


def _document(file: SnippetFile) -> Document:
    first = file.source.text.replace("\r\n", "\n").split(file.text.split("\n", 1)[0], 1)[0].count("\n") + 1
    lines = range(first, first + file.text.count("\n") + 1)
    return Document(file.source, Place(file.locale, SNIPPETS, "", file.name), FrontMatter(), file.text, lines)
