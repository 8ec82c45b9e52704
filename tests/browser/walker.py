"""Somebody who does what an article says, word by word, and says where that is not possible."""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic

from playwright.sync_api import Error, Page, Request

from tests.browser import control
from tests.browser.control import Control
from tests.browser.instruction import Instruction, Named, named_in

PATIENCE_SECONDS = 10.0
KEYS = {
    "slash": "/",
    "enter": "Enter",
    "escape": "Escape",
    "tab": "Tab",
    "arrow-down": "ArrowDown",
    "arrow-up": "ArrowUp",
    "question": "?",
    "ctrl": "Control",
    "shift": "Shift",
}


class NotThere(AssertionError):
    """A step names what the page does not have; the message says which step of which article."""


class Walker:
    """Follows an instruction on a page. `values` holds what to type, choose or hand over, by the name of the field.

    `names` says what a name stands for that is another one for every reader, such as *your name*.
    """

    def __init__(self, page: Page, values: Mapping[str, str] | None = None, names: Mapping[str, str] | None = None):
        self.page = page
        self.values = values or {}
        self.names = names or {}
        self._under_way: set[Request] = set()
        self._choice = 0
        self._watch(page)

    def walk(self, instruction: Instruction) -> None:
        """Do each step. Raises NotThere."""
        for number, step in enumerate(instruction.steps, 1):
            where = f"{instruction.article}, “{instruction.part}”, step {number} “{step}”"
            choice = ""
            for named in named_in(step):
                choice = self._do(named, choice, where)

    def _do(self, named: Named, choice: str, where: str) -> str:
        """Do one thing that a step names; the mark of the select it named, for the choices that follow."""
        if named.kind == "key":
            self.page.keyboard.press("+".join(KEYS.get(key, key) for key in named.words.split("+")))
            self._settle()
            return choice
        if named.kind == "said":
            self._hear(named.words, where)
            return choice
        name = self.names.get(named.words, named.words)
        try:
            return self._act(self._found(name, choice, where), name, choice, where)
        except Error as problem:
            if "not attached" not in problem.message:
                raise
            # What came back from the press before took its place while it was being reached for.
            return self._act(self._found(name, choice, where), name, choice, where)

    def _act(self, found: Control, name: str, choice: str, where: str) -> str:
        element = found.element
        if found.kind == "press":
            self._press(found)
        elif found.kind == "summary":
            if not element.evaluate("summary => summary.parentElement.open"):
                element.click()
        elif found.kind == "tick":
            element.check()
        elif found.kind == "file":
            element.set_input_files(self._value(name, where))
        elif found.kind == "option":
            element.evaluate_handle("option => option.closest('select')").as_element().select_option(  # type: ignore[union-attr]
                label=element.text_content()
            )
            return choice
        elif found.kind == "select":
            return self._choose(found, name)
        elif found.kind == "field":
            # A click may open a window with the same field in it, and that is where one then types.
            element.click()
            self._found(name, choice, where).element.fill(self._value(name, where))
        return ""

    def _press(self, found: Control) -> None:
        if (found.element.get_attribute("href") or "").startswith("mailto:"):
            return
        if found.element.get_attribute("target") == "_blank":
            with self.page.context.expect_page() as beside:
                found.element.click()
            self.page = beside.value
            self._watch(self.page)
        else:
            found.element.click()
        self._settle()

    def _choose(self, found: Control, name: str) -> str:
        self._choice += 1
        mark = str(self._choice)
        found.element.evaluate("(select, mark) => { select.dataset.walked = mark; }", mark)
        if name in self.values:
            found.element.select_option(label=self.values[name])
        return mark

    def _value(self, name: str, where: str) -> str:
        assert name in self.values, f"{where}: the table of walks has no value for {name}"
        return self.values[name]

    def _found(self, name: str, choice: str, where: str) -> Control:
        until = monotonic() + PATIENCE_SECONDS
        while True:
            try:
                found = control.find(self.page, name, choice)
            except Error:
                # The page went away while it was being looked at.
                found = None
            if found:
                return found
            if monotonic() > until:
                raise NotThere(f"{where}: there is no **{name}** on {self._here()}")
            self.page.wait_for_timeout(50)

    def _hear(self, words: str, where: str) -> None:
        try:
            self.page.get_by_text(words).locator("visible=true").first.wait_for(timeout=PATIENCE_SECONDS * 1000)
        except Error:
            raise NotThere(f"{where}: “{words}” is not said on {self._here()}") from None

    def _here(self) -> str:
        there = ", ".join(control.seen(self.page))
        return f"{self.page.url}.\n  It says: {control.objections(self.page) or 'nothing'}\n  It has: {there}"

    def _settle(self) -> None:
        """Wait for what a press leads to: another page, or a part of this one that is fetched and put in place."""
        self.page.wait_for_timeout(60)
        until = monotonic() + PATIENCE_SECONDS
        while self._under_way and monotonic() < until:
            self.page.wait_for_timeout(40)
        self.page.wait_for_load_state("load")

    def _watch(self, page: Page) -> None:
        page.on("request", self._asked)
        page.on("requestfailed", lambda request: self._under_way.discard(request))
        page.on("requestfinished", lambda request: self._answered(request))
        page.on("framenavigated", lambda _frame: self._under_way.clear())

    def _asked(self, request: Request) -> None:
        if request.redirected_from is None and (request.is_navigation_request() or request.resource_type == "fetch"):
            self._under_way.add(request)

    def _answered(self, request: Request) -> None:
        # An answered address is not yet a page one can look at; that is told apart.
        if not request.is_navigation_request():
            self._under_way.discard(request)
