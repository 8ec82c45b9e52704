"""The yardstick: a Flask app whose one view returns a constant page, and whose one write does nothing."""

from __future__ import annotations

from flask import Flask, Response

PAGE = b"<!doctype html><title>Bare</title>" + b"x" * 30_000
app = Flask(__name__)


@app.get("/page")
def show() -> Response:
    """The constant page of 30 kB."""
    return Response(PAGE, mimetype="text/html")


@app.post("/nothing")
def nothing() -> tuple[str, int]:
    """A write that does nothing."""
    return "", 204
