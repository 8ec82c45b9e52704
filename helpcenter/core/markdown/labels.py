"""The words the renderer adds to a text by itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Labels:
    """In English unless the caller gives them in the language of the text."""

    note: str = "Note"
    tip: str = "Tip"
    important: str = "Important"
    warning: str = "Warning"
    caution: str = "Caution"
    more: str = "More"
    done: str = "Done"
    to_do: str = "To do"
    table: str = "Table"
    footnotes: str = "Footnotes"
    back_to_text: str = "Back to the text"
    link_to_part: str = "Link to this part"
    stuck_here: str = "Stuck here?"
    watch_video: str = "Watch the video"
    video_elsewhere: str = "Video on %(host)s, opens in a new tab"
