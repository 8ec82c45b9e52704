"""What somebody wrote, apart from what their mail program put below it: our letter once more, their signature.

Nothing is thrown away. What is recognised is folded on the page; what is in doubt stays in sight.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST_LEAD_LINE = 300
LONGEST_LEAD = 3
"""Lines over which a mail program may break the one that leads into what it quotes."""
_QUOTED = re.compile(r"\s*>")
_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# "On Monday … wrote:", "El lunes … escribió:", "… пишет:", "… كتب:"; Gmail in Russian names only date and address.
_VERB = re.compile(r"(?i)\bwrote\b|\bescribió\b|\bпи(шет|сал[аи]?)\b|\bнаписал|كتب|كتبت|كتابة")
_WROTE = re.compile(rf"{_VERB.pattern}|[^\s@]+@[^\s@]+\.\w")
_SEPARATOR = re.compile(
    r"(?i)^[>\s]*[-_—]{2,}\s*(original message|mensaje original|исходное сообщение|الرسالة الأصلية)\s*[-_—]{2,}\s*$"
    r"|^_{20,}$"
)
_SENDER = ("from", "de", "от", "от кого", "من")
_OTHERS = (
    *("sent", "date", "to", "cc", "subject", "reply-to"),
    *("enviado", "enviado el", "fecha", "para", "asunto"),
    *("отправлено", "дата", "кому", "копия", "тема"),
    *("تاريخ الإرسال", "تم الإرسال", "مرسل", "التاريخ", "إلى", "نسخة", "الموضوع"),
)
_HEADER = re.compile(r"^[\s*]*([^\W\d_][\w \-]{0,20}?)[\s*]*:[\s*]*\S?")
_ADDRESS = re.compile(r"<[^<>\s@]+@[^<>\s]+>")
_AT = re.compile(r"\b20\d\d\b.*\d:\d\d(:\d\d)?( [+-]\d\d:?\d\d)?(,| от) [^,]*>:$")
"""Where no verb says it: when it was written, to the minute, and at once by whom."""
_RULE = re.compile(r"^\s*[-_—]{3,}\s*$")
_SIGNATURE = re.compile(r"^-- ?$")


def split(text: str) -> tuple[str, str]:
    """(what is new, what is quoted), each without blank lines around it.

    Who answers between the lines of the quoted letter keeps all of it in sight. Where nothing new is left, as in a
    letter that was only passed on, everything counts as new.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    cut = _end_of_new(lines)
    new, rest = lines[:cut], lines[cut:]
    if any(_QUOTED.match(line) for line in new):
        above, new = _above_new(new)
        rest = [*above, *rest]
    if not any(line.strip() for line in new):
        return text.strip(), ""
    return "\n".join(new).strip(), "\n".join(rest).strip()


def _end_of_new(lines: Sequence[str]) -> int:
    """Where what is new ends: at a signature, at a letter that is quoted without marks, or at a last marked one."""
    is_marked = any(_QUOTED.match(line) for line in lines)
    for number, line in enumerate(lines):
        if not is_marked and _is_lead(line) and _names_its_writer(line):
            return _before_rule(lines, number)
        if _SIGNATURE.match(line) or _SEPARATOR.match(line) or _is_head(lines, number):
            return _before_lead(lines, number) if _SEPARATOR.match(line) else _before_rule(lines, number)
    end = len(lines)
    while end and (not lines[end - 1].strip() or _QUOTED.match(lines[end - 1])):
        end -= 1
    return _before_lead(lines, end) if end < len(lines) else end


def _before_rule(lines: Sequence[str], end: int) -> int:
    """The same without the line that is drawn above what is quoted."""
    last = end
    while last and not lines[last - 1].strip():
        last -= 1
    return last - 1 if last and _RULE.match(lines[last - 1]) else end


def _before_lead(lines: Sequence[str], end: int) -> int:
    """The same without the line, or the broken line, that leads into what is quoted."""
    last = end
    while last and not lines[last - 1].strip():
        last -= 1
    for size in range(1, min(LONGEST_LEAD, last) + 1):
        lead = " ".join(lines[last - size : last])
        if not lines[last - size].strip():
            break
        if _is_lead(lead):
            return last - size
    return end


def _is_lead(line: str) -> bool:
    plain = _MARKS.sub("", line).strip().strip("*_")
    has_date = any(one.isdigit() for one in plain)
    return plain.endswith(":") and len(plain) < LONGEST_LEAD_LINE and has_date and bool(_WROTE.search(plain))


def _names_its_writer(line: str) -> bool:
    """Whether a line that leads is one that no person types, so that it needs no marks below it."""
    plain = _MARKS.sub("", line).strip()
    return bool(_ADDRESS.search(plain) and (_VERB.search(plain) or _AT.search(plain)))


def _is_head(lines: Sequence[str], number: int) -> bool:
    """Whether a letter's head begins here, as Outlook copies it: who sent it, and at once two more of its lines."""
    if _name_of(lines[number]) not in _SENDER:
        return False
    after = [_name_of(line) for line in lines[number + 1 : number + 6] if line.strip()]
    return sum(name in _OTHERS for name in after[:4]) >= 2


def _name_of(line: str) -> str:
    found = _HEADER.match(_MARKS.sub("", line))
    return found[1].strip().casefold() if found else ""


def _above_new(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """A letter quoted above the answer, and the answer; nothing and all of it for whoever answers in between."""
    marked = [bool(_QUOTED.match(line)) for line in lines]
    first, last = marked.index(True), len(marked) - 1 - marked[::-1].index(True)
    lead = _before_lead(lines, first)
    is_above = not any(line.strip() for line in lines[:lead])
    in_one = all(mark or not line.strip() for line, mark in zip(lines[first:last], marked[first:last], strict=True))
    return (list(lines[: last + 1]), list(lines[last + 1 :])) if is_above and in_one else ([], list(lines))
