"""On which line of the source a link, picture or heading stands."""

import re
from html import unescape

from helpcenter.core.markdown.lines import FENCE_ANYWHERE, fence_after


class SourceLines:
    """Finds places one after the other, in the order of the text: each search goes on where the last one ended."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [match.end() for match in re.finditer("\n", text)]
        self._at: dict[str, int] = {}
        self._headings = self._heading_lines()
        self._next_heading = 0

    def of_address(self, address: str) -> int:
        """The line of the next place that names an address, from 1; an address written in a way that differs from
        what it means (escaped, spread over lines) is looked for by its longest plain part."""
        bare = re.sub(r"^(?:https?://|mailto:)", "", address)
        for needle in (address, bare, max(re.split(r"[&\\\s%()<>\"']", address), key=len)):
            if not needle:
                continue
            # Whole addresses only: a.md is not what a.md#part names.
            whole = re.compile(rf"(?<![\w/.-]){re.escape(needle)}(?![\w#?/&=-])")
            found = whole.search(self._text, self._at.get(needle, 0)) or whole.search(self._text)
            if found:
                self._at[needle] = found.end()
                return self._line(found.start())
        return 1

    def of_heading(self, text: str) -> int:
        """The line of the next heading with these words, from 1."""
        words = _letters(text.replace("<", " "))
        for number in range(self._next_heading, len(self._headings)):
            line, letters = self._headings[number]
            if letters.startswith(words):
                self._next_heading = number + 1
                return line
        return self._headings[self._next_heading][0] if self._next_heading < len(self._headings) else 1

    def _line(self, place: int) -> int:
        low, high = 0, len(self._starts)
        while low < high:
            middle = (low + high) // 2
            if self._starts[middle] <= place:
                low = middle + 1
            else:
                high = middle
        return low + 1

    def _heading_lines(self) -> list[tuple[int, str]]:
        """The lines that may be headings, with their letters: marked, underlined or in HTML; code is passed over."""
        lines = self._text.split("\n")
        found: list[tuple[int, str]] = []
        fence = ""
        for number, line in enumerate(lines, start=1):
            fence = fence_after(fence, line, FENCE_ANYWHERE)
            if fence:
                continue
            if re.match(r"[ >*+\d.)-]*#{1,6}(?: |$)", line):
                found.append((number, _letters(line)))
            elif re.search(r"<h[1-6]", line, re.IGNORECASE):
                found.append((number, _letters("\n".join(lines[number - 1 : number + 3]))))
            elif line.strip() and number < len(lines) and re.fullmatch(r"[ >]*(?:=+|-+) *", lines[number]):
                found.append((number, _letters(line)))
        return found


def _letters(text: str) -> str:
    """What is left of Markdown or HTML when only letters and digits count, wherever a line breaks or a sign stands."""
    return re.sub(r"[\W_]+", "", unescape(re.sub(r"<[^<>]{0,300}>", "", text))).lower()
