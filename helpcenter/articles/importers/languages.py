"""Which of our languages a language of another system is."""

from __future__ import annotations

from helpcenter.articles.folder.finding import Level
from helpcenter.articles.importers.exported import Export, Piece, Version
from helpcenter.core.locale import LANGUAGES

LARGEST_TEXT = 1_000_000
"""The bytes of HTML that one version may have."""


def ours(code: str) -> str:
    """The language a code such as en-us means; '' for one that the product does not speak."""
    language = code.lower().replace("_", "-").split("-", 1)[0]
    return language if language in LANGUAGES else ""


def spoken(piece: Piece, export: Export) -> dict[str, Version]:
    """The versions of a piece that can be taken, by our languages: of several of one language, the first."""
    found: dict[str, Version] = {}
    for version in piece.versions:
        language = ours(version.language)
        if not language:
            export.lose(piece.name, f"its {version.language} version: the product does not speak this language yet")
        elif language in found:
            taken = found[language].language
            export.lose(piece.name, f"its {version.language} version: {taken} stands for {language} already")
        elif not version.html.strip():
            export.lose(piece.name, f"its {version.language} version has no text", Level.NOTE)
        elif len(version.html.encode()) > LARGEST_TEXT:
            message = f"its {version.language} version: more than {LARGEST_TEXT // 1_000_000} MB of text"
            export.lose(piece.name, message, Level.ERROR)
        else:
            found[language] = version
    return found
