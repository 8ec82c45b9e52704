"""The names of HTML's tags, by what the renderer does with them."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


ALLOWED = _names(
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure"
    " h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q s samp section small span strong sub summary sup"
    " tab-group table tbody td tfoot th thead tr u ul var wbr"
)
"""What a page may have."""

REMOVED_WITH_CONTENT = _names(
    "script style svg math template noscript iframe form title textarea select object embed applet canvas audio"
    " noembed noframes xmp plaintext"
)
"""What goes together with everything in it."""

OTHER = _names(
    "acronym address article aside base basefont bgsound big blink body button center data datalist dialog dir"
    " fieldset font footer frame frameset h1 head header hgroup html image keygen label legend link listing main map"
    " marquee menu meta meter nav nobr optgroup option output param picture progress rb rp rt rtc ruby search slot"
    " source strike summary time track tt video"
)
"""What loses its tags and keeps what it holds. A name in none of the three lists is no tag but text."""

KNOWN = ALLOWED | REMOVED_WITH_CONTENT | OTHER

TIDIED = (ALLOWED | _names("h1 iframe video source")) - {"wbr"}
"""What the tree knows; it turns h1, iframe, video and source into something allowed."""

VOID = _names("br col hr img input source wbr")
"""What has no closing tag."""

BLOCKS = _names(
    "address article aside blockquote center details dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr"
    " li main nav ol p pre section summary tab-group table tbody td tfoot th thead tr ul video"
)
"""What begins a line of its own."""

OUTER_BLOCKS = _names("blockquote details div dl figure h2 h3 h4 h5 h6 ol p section tab-group table ul")
"""What may stand outermost on a page and hold text."""
