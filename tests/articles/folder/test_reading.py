from __future__ import annotations

import os
from pathlib import Path

import pytest

from helpcenter.articles.folder.reading import LARGEST_BYTES, Unreadable, decoded, read_bytes, scan


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "docs" / "en").mkdir(parents=True)
    (tmp_path / "secret.md").write_text("secret")
    return tmp_path / "docs"


def found(root: Path) -> tuple[list[str], list[str]]:
    result = scan(root)
    return [one.path for one in result.articles], sorted(str(one) for one in result.findings)


def test_files_are_read_in_the_order_of_their_paths(root: Path) -> None:
    for name in ("b.md", "a.mdx", "c.markdown", "picture.png", ".hidden.md"):
        (root / "en" / name).write_text("x")
    assert found(root) == (["en/a.mdx", "en/b.md", "en/c.markdown"], [])


def test_a_link_out_of_the_folder_is_refused_and_the_others_go_on(root: Path) -> None:
    (root / "en" / "out.md").symlink_to(root.parent / "secret.md")
    (root / "en" / "folder").symlink_to(root.parent)
    (root / "en" / "loop.md").symlink_to(root / "en" / "loop.md")
    (root / "en" / "inside.md").symlink_to(root / "en" / "real.md")
    (root / "en" / "real.md").write_text("x")
    paths, findings = found(root)
    assert paths == ["en/inside.md", "en/real.md"]
    assert findings == [
        "en/folder: a link to a folder is not followed",
        "en/loop.md: a link that leads out of the folder",
        "en/out.md: a link that leads out of the folder",
    ]


@pytest.mark.parametrize("path", ["../secret.md", "en/../../secret.md", "/etc/hostname", "en/missing.md"])
def test_nothing_outside_of_the_folder_is_opened(root: Path, path: str) -> None:
    with pytest.raises(Unreadable, match="not there, or outside"):
        read_bytes(root, path, 1000)


def test_a_pipe_does_not_keep_the_reader_waiting(root: Path) -> None:
    os.mkfifo(root / "en" / "pipe.md")
    assert found(root) == ([], ["en/pipe.md: not a plain file"])


def test_a_huge_file_is_reported(root: Path) -> None:
    (root / "en" / "huge.md").write_bytes(b"x" * (LARGEST_BYTES + 1))
    assert found(root) == ([], [f"en/huge.md: larger than {LARGEST_BYTES // 1024} KB"])


def test_what_is_no_text_is_reported_with_its_line(root: Path) -> None:
    (root / "en" / "latin.md").write_bytes(b"one\ntwo \xe9\n")
    (root / "en" / "zero.md").write_bytes(b"one\n\ntwo\x00\n")
    assert found(root)[1] == [
        "en/latin.md:2: not UTF-8: byte 0xe9",
        "en/zero.md:3: not text: it has a zero byte",
    ]


def test_a_name_that_is_no_text_is_reported(root: Path) -> None:
    (root / "en" / os.fsdecode(b"caf\xe9.md")).write_text("x")
    assert found(root)[1] == [r"en/caf\udce9.md: its name is not UTF-8"]


def test_a_file_that_was_seen_counts_even_if_it_can_not_be_read(root: Path) -> None:
    (root / "en" / "latin.md").write_bytes(b"\xe9")
    assert scan(root).seen == {"en/latin.md"}


def test_decoding_and_encoding_gives_the_same_bytes() -> None:
    data = "\ufeffäя\r\nع\n".encode()
    assert decoded(data).encode() == data
