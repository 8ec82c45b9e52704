"""What the tests hold HTML against: the allow-list, written out a second time and read with the standard library."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit


def _names(text: str) -> set[str]:
    return set(text.split())


TAGS = _names(
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption "
    "figure h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q s samp section small span strong sub summary "
    "sup tab-group table tbody td tfoot th thead tr u ul var wbr"
)
ATTRIBUTES = {
    "class": None,
    "href": {"a"},
    "title": {"a", "img", "abbr"},
    "aria-label": {"a", "div", "input", "section"},
    "rel": {"a"},
    "target": {"a"},
    "src": {"img"},
    "alt": {"img"},
    "width": {"img"},
    "height": {"img"},
    "loading": {"img"},
    "decoding": {"img"},
    "type": {"input"},
    "checked": {"input"},
    "disabled": {"input"},
    "start": {"ol"},
    "span": {"col"},
    "colspan": {"td", "th"},
    "rowspan": {"td", "th"},
    "scope": {"th"},
    "open": {"details"},
    "tabindex": {"div"},
    "role": {"div"},
    "id": {"li", "sup", "h2", "h3", "h4", "h5", "h6"},
    "dir": None,
    "lang": {"section"},
}
IDS = re.compile(r"(?:h|fn|fnref\d*)-\S+|step-\d+")
CLASSES = _names(
    "bare-address footnote-ref footnote-backref heading-anchor step-stuck outside-picture video-link table-scroll callout callout-note "
    "callout-tip callout-important callout-warning callout-caution code video poster task-list-checkbox task-list-item "
    "steps callout-title tab-title highlight footnotes tab keys missing-picture tabs align-center align-right "
    "task-list"
)
VOID = {"br", "col", "hr", "img", "input", "wbr"}


class Page(HTMLParser):
    """HTML read by the standard library: everything in it that is not allowed, as a list of complaints."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.html = html
        self.complaints: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        if self._open:
            self.complaints.append(f"left open: {self._open}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)
        if tag not in TAGS:
            self.complaints.append(f"tag {tag}")
        for name, value in attrs:
            self._check(tag, name, value or "")
        self._check_new_tab(dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.complaints.append(f"closes {tag} out of turn")

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_comment(self, data: str) -> None:
        self.complaints.append(f"comment {data!r}")

    def handle_decl(self, decl: str) -> None:
        self.complaints.append(f"declaration {decl!r}")

    def handle_pi(self, data: str) -> None:
        self.complaints.append(f"instruction {data!r}")

    def _check(self, tag: str, name: str, value: str) -> None:
        if name not in ATTRIBUTES or tag not in (ATTRIBUTES[name] or {tag}):
            self.complaints.append(f"attribute {name} on {tag}")
        if name in ("href", "src") and not address_is_safe(value, picture=name == "src"):
            self.complaints.append(f"address {value!r}")
        if name == "id" and not IDS.fullmatch(value):
            self.complaints.append(f"id {value!r}")
        if name == "class" and not all(self._class_is_known(tag, word) for word in value.split()):
            self.complaints.append(f"class {value!r} on {tag}")
        if name == "lang" and not re.fullmatch("[a-z]{2,3}", value):
            self.complaints.append(f"language {value!r}")
        if name == "type" and value != "checkbox":
            self.complaints.append(f"input of type {value!r}")

    def _check_new_tab(self, attributes: dict[str, str | None]) -> None:
        """Only the link of a video opens beside the page, and what opens there can not reach back."""
        if "target" in attributes:
            said = [attributes.get(name) for name in ("target", "rel", "class")]
            if said != ["_blank", "noopener", "video-link"]:
                self.complaints.append(f"opens elsewhere: {said}")

    @staticmethod
    def _class_is_known(tag: str, word: str) -> bool:
        if tag == "span" and re.fullmatch(r"[a-z][a-z0-9]{0,3}", word):
            return True  # a class of Pygments
        return word in CLASSES or (tag == "code" and word.startswith("language-"))


def address_is_safe(address: str, *, picture: bool) -> bool:
    """Whether an address is what a browser reads as http, https, mailto, tel or a place on this site."""
    # A browser drops tabs and line breaks anywhere, and control characters and spaces in front.
    seen = re.sub(r"[\t\r\n]", "", address).lstrip("".join(map(chr, range(33))))
    try:
        scheme = urlsplit(seen).scheme.lower()
    except ValueError:
        scheme = seen.partition(":")[0].lower()
    if picture:
        return not scheme and not seen.startswith(("//", "\\", "/\\"))
    return scheme in ("", "http", "https", "mailto", "tel") and not re.match(r"(?i)(javascript|vbscript|data)", seen)


def complaints(html: str) -> list[str]:
    """What is wrong with HTML that a page is to show; empty for safe and well-formed HTML."""
    return Page(html).complaints
