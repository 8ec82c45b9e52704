"""What a line of Markdown begins, by the rules of CommonMark and GitHub."""

import re

FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})(.*)")
FENCE_ANYWHERE = re.compile(r"[ >]*(?:[-*+] +|[0-9]{1,9}[.)] +)*(`{3,}(?=[^`]*$)|~{3,})(.*)")
HEADING = re.compile(r" {0,3}(#{1,6})(?: +(\S.*)?)?")
RULE = re.compile(r" {0,3}([-*_])(?: *\1){2,} *")
UNDERLINE = re.compile(r" {0,3}(=+|-+) *")
DELIMITER_ROW = re.compile(r" {0,3}\|?(?: *:?-+:? *\|)+(?: *:?-+:? *)?\|? *")
QUOTE = re.compile(r" {0,3}> ?")
ITEM = re.compile(r"( {0,3})([-*+]|[0-9]{1,9}[.)])( +|$)(.*)")
FOOTNOTE = re.compile(r" {0,3}\[\^([^\]\s]{1,60})\]:[ ]*(.*)")
HTML_BLOCK = re.compile(
    r" {0,3}</?(?:address|article|aside|base|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl"
    r"|dt|embed|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main"
    r"|menu|menuitem|meta|nav|noframes|noscript|object|ol|optgroup|option|p|param|picture|section|select|source|summary|svg"
    r"|tab-group|table|tbody|td|template|tfoot|th|thead|title|tr|track|ul|video)(?:[\s/>]|$)",
    re.IGNORECASE,
)
RAW_HTML = re.compile(r" {0,3}<(?:(script|pre|style|textarea|math)(?=[\s/>]|$)|(!--)|([!?]))", re.IGNORECASE)
PLACE_OF_SNIPPET = re.compile(r".*\x03 *")
DIRECTIVE = re.compile(r" {0,3}(:{3,}) ?([A-Za-z][\w-]*)?(.*)")


def indent(line: str) -> int:
    """The columns a line stands in."""
    return len(line) - len(line.lstrip(" "))


def fence_after(fence: str, line: str, pattern: re.Pattern[str] = FENCE) -> str:
    """The fence that is open after a line, "" for none: a fence opens one, a bare one as long or longer closes it."""
    mark = pattern.fullmatch(line)
    if mark is None:
        return fence
    if not fence:
        return mark[1]
    return "" if mark[1].startswith(fence) and not mark[2].strip() else fence


def begins_item(line: str, inside_paragraph: bool) -> re.Match[str] | None:
    """The parts of a list item's first line. Within a paragraph it takes text, and the number 1 if it has one."""
    item = ITEM.fullmatch(line)
    if item is None or RULE.fullmatch(line):
        return None
    if inside_paragraph and (not item[4].strip() or (item[2][0].isdigit() and item[2][:-1] != "1")):
        return None
    return item


def ends_html(line: str) -> bool:
    """Whether a line right below HTML is Markdown again, though no empty line parts them."""
    return bool(HEADING.fullmatch(line) or ITEM.fullmatch(line) or FENCE.fullmatch(line) or DIRECTIVE.fullmatch(line))


def goes_on(line: str) -> bool:
    """Whether text right below a line, less indented or without its mark, can still belong to it."""
    return bool(line.strip()) and not PLACE_OF_SNIPPET.fullmatch(line)


def ends_paragraph(line: str) -> bool:
    """Whether a line cannot go on a paragraph that began in a list item or quote above it."""
    return bool(
        FENCE.fullmatch(line)
        or HEADING.fullmatch(line)
        or RULE.fullmatch(line)
        or QUOTE.match(line)
        or ITEM.fullmatch(line)
        or HTML_BLOCK.match(line)
        or RAW_HTML.match(line)
        or DIRECTIVE.fullmatch(line)
    )
