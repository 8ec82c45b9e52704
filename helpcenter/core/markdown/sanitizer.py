"""What HTML may be in a text: a list of what is allowed, and nothing else.

It runs twice. `tidied` makes arbitrary HTML well-formed and takes out what never stays, so that the rest of the
renderer can rely on a tree. `sanitized` is the guard: the last thing that happens to a text, with no exception.
"""

import re

import nh3
from pygments.token import STANDARD_TYPES

from helpcenter.core.markdown.addresses import is_outside
from helpcenter.core.markdown.profile import Profile
from helpcenter.core.markdown.tags import ALLOWED, REMOVED_WITH_CONTENT, TIDIED

SCHEMES = {"http", "https", "mailto", "tel"}

ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class"},
    "a": {"href", "title", "aria-label"},
    "abbr": {"title"},
    "bdo": {"dir"},
    "blockquote": {"dir"},
    "col": {"span"},
    "details": {"open", "dir"},
    "div": {"tabindex", "role", "aria-label", "dir"},
    "img": {"src", "alt", "title", "width", "height", "loading", "decoding"},
    "input": {"class", "type", "checked", "aria-label"},
    "li": {"id"},
    "ol": {"start", "dir"},
    "section": {"aria-label", "dir", "lang"},
    "sup": {"id"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    **{tag: {"dir"} for tag in ("dl", "figure", "p", "table", "tab-group", "ul")},
    **{f"h{level}": {"id", "dir"} for level in range(2, 7)},
}
# One attribute for each tag: nh3 writes several in an order that changes from run to run.
FIXED = {
    "code": {"dir": "ltr"},
    "input": {"disabled": ""},
    "kbd": {"dir": "ltr"},
    "pre": {"dir": "ltr"},
    "samp": {"dir": "ltr"},
}
CALLOUTS = ("note", "tip", "important", "warning", "caution")
CLASSES = {
    "a": {
        "bare-address",
        "footnote-ref",
        "footnote-backref",
        "heading-anchor",
        "mention",
        "outside-picture",
        "step-stuck",
        "video-link",
    },
    "div": {
        "table-scroll",
        "callout",
        *(f"callout-{kind}" for kind in ("note", "tip", "important", "warning", "caution")),
    },
    "figure": {"code", "video"},
    "input": {"task-list-checkbox"},
    "li": {"task-list-item"},
    "ol": {"steps"},
    "p": {"callout-title", "tab-title"},
    "pre": {"highlight"},
    "section": {"footnotes", "tab"},
    "span": {"keys", "poster", "missing-picture", "hll", *filter(None, STANDARD_TYPES.values())},
    "tab-group": {"tabs"},
    "td": {"align-center", "align-right"},
    "th": {"align-center", "align-right"},
    "ul": {"task-list"},
}
_LANGUAGE = re.compile(r"language-[a-z0-9][a-z0-9+#._-]{0,39}")
_NUMBER = re.compile(r"[0-9]{1,4}")
_VALUES = {
    "checked": re.compile(""),
    "open": re.compile(""),
    "decoding": re.compile("async"),
    "loading": re.compile("lazy"),
    "type": re.compile("checkbox"),
    "dir": re.compile("ltr|rtl|auto"),
    "lang": re.compile("[a-z]{2,3}"),
    "role": re.compile("note|group"),
    "scope": re.compile("col|row"),
    "tabindex": re.compile("0"),
    "target": re.compile("_blank"),
    "rel": re.compile("(?:nofollow ugc )?noopener"),
    **dict.fromkeys(("colspan", "rowspan", "span", "start", "width", "height"), _NUMBER),
}
_IDS = {
    "li": re.compile(r"fn-[^\s\"'<>&]{1,120}|step-[0-9]{1,4}"),
    "sup": re.compile(r"fnref[0-9]*-[^\s\"'<>&]{1,120}"),
    **{f"h{level}": re.compile(r"h-[^\s\"'<>&]{1,120}") for level in range(2, 7)},
}

_TIDIED_ATTRIBUTES = {
    "*": {"class", "id", "title", "start", "colspan", "rowspan", "span", "align", "width", "height", "open", "dir"},
    "a": {"href"},
    "code": {"data-title", "data-marked"},
    "iframe": {"src"},
    "img": {"src", "alt"},
    "input": {"type", "checked"},
    "section": {"lang"},
    "source": {"src"},
    "video": {"src", "poster", "aria-label"},
}


def _kept(tag: str, name: str, value: str) -> str | None:
    """The value an attribute keeps, or None to lose it."""
    if name == "class":
        return " ".join(word for word in value.split() if _class_allowed(tag, word)) or None
    if name == "id":
        return value if _IDS[tag].fullmatch(value) else None
    if tag == "img" and name == "src":
        return None if is_outside(value) else value
    rule = _VALUES.get(name)
    return value if rule is None or rule.fullmatch(value) else None


def _class_allowed(tag: str, word: str) -> bool:
    return word in CLASSES.get(tag, ()) or (tag == "code" and _LANGUAGE.fullmatch(word) is not None)


def _guard(profile: Profile) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(ALLOWED),
        clean_content_tags=set(REMOVED_WITH_CONTENT),
        # A link to a video opens beside the page. Both words are ours: what a text says of them is gone by now.
        attributes={**ATTRIBUTES, "a": ATTRIBUTES["a"] | {"target", "rel"}} if profile.video else ATTRIBUTES,
        attribute_filter=_kept,
        set_tag_attribute_values=FIXED,
        strip_comments=True,
        link_rel=profile.rel or None,
        url_schemes=SCHEMES,
        generic_attribute_prefixes=set(),
    )


def _tidier(profile: Profile) -> nh3.Cleaner:
    # A frame is let through to the tree only where it may become a video; the tree takes out every other one.
    frame = {"iframe"}
    return nh3.Cleaner(
        tags=set(TIDIED if profile.video else TIDIED - frame),
        clean_content_tags=set(REMOVED_WITH_CONTENT - frame if profile.video else REMOVED_WITH_CONTENT),
        attributes={tag: names for tag, names in _TIDIED_ATTRIBUTES.items() if profile.video or tag not in frame},
        strip_comments=True,
        link_rel=None,
        url_schemes=SCHEMES,
        generic_attribute_prefixes=set(),
    )


_cleaners: dict[tuple[str, Profile], nh3.Cleaner] = {}


def tidied(html: str, profile: Profile) -> str:
    """Any HTML as well-formed HTML of known tags. Not yet fit to be shown."""
    return _cleaner("tidier", profile).clean(html)


def sanitized(html: str, profile: Profile) -> str:
    """Any HTML as HTML that is safe to show. Nothing may change it afterwards."""
    return _cleaner("guard", profile).clean(html)


def _cleaner(kind: str, profile: Profile) -> nh3.Cleaner:
    key = kind, profile
    if key not in _cleaners:
        _cleaners[key] = _guard(profile) if kind == "guard" else _tidier(profile)
    return _cleaners[key]
