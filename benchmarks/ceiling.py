"""What the same bytes cost from nginx: the ceiling for any server that answers from memory."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import load
from benchmarks.comparison import PAGE, compared, text_of
from benchmarks.server import Server, free_port, wait_for_an_answer
from benchmarks.table import Row

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
CONFIGURATION = """
{user}
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
    uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    open_file_cache max=10;
    keepalive_requests 1000000;
    server {{ listen 127.0.0.1:{port}; root {folder}; default_type text/html; }}
}}
"""


def rows(bare: Server, product: Server, address: str, rounds: int, times: int) -> list[Row]:
    """The page at an address of ours, given out by nginx, beside the bare page."""
    name = "the same bytes from nginx"
    if NGINX is None:
        return [Row(f"{name}: processor to the bare page", note="nginx is not installed")]
    with _serving(text_of(product, address).encode()) as nginx:
        found = [compared(bare, PAGE, nginx, load.request("/page"), times) for _ in range(rounds)]
    return [
        Row(f"{name}: throughput to the bare page", [one[0] for one in found]),
        Row(f"{name}: processor to the bare page", [one[1] for one in found]),
    ]


@contextmanager
def _serving(page: bytes) -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        (Path(folder) / "page").write_bytes(page)
        user = "user root;" if os.geteuid() == 0 else ""
        file = Path(folder) / "nginx.conf"
        file.write_text(CONFIGURATION.format(folder=folder, port=port, user=user))
        command = [str(NGINX), "-p", folder, "-c", str(file), "-e", f"{folder}/error.log", "-g", "daemon off;"]
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        try:
            wait_for_an_answer(port)
            yield Server(port, process.pid, 0.0)
        finally:
            process.terminate()
            process.wait(timeout=20)
