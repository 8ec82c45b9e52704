"""The languages the index can hold. Each has stemming and stop words of its own; fields of the index carry its name."""

from __future__ import annotations

LANGUAGES = ("en", "es", "ru", "ar")
STEMMERS = {"en": "english", "es": "spanish", "ru": "russian", "ar": "arabic"}
# A word in Latin letters inside a Russian or Arabic text is nearly always English.
NOT_LATIN = frozenset({"ru", "ar"})
