"""The marking page in JupyterLab with a real browser: marked with the keyboard alone, saved at once, and silent never."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from classroom.__main__ import main
from classroom.grading.gradebook import entered_scores, open_gradebook
from tests.classroom.test_marking import ANSWERS
from tests.support.browser import chromium, watched_page
from tests.support.browser.lab import RUN, jupyterlab
from tests.support.classroom import by_hand, small


def test_a_class_is_marked_with_the_keyboard_alone(tmp_path: Path) -> None:
    course = by_hand.course_with_rubric(tmp_path / "private")
    with jupyterlab(tmp_path) as lab, chromium() as browser:
        out = lab.course / "marked"
        assignment = by_hand.write_marked(out, course, ANSWERS)
        assert main(["mark", small.NAME, "--course", str(course.root), "--out", str(out), "--no-browser"]) == 0
        page, watch = watched_page(browser)
        page.on("dialog", lambda dialog: watch.add(f"a dialog: {dialog.message}"))
        notebook = lab.open(page, "mark_small", folder="marked")
        notebook.menu("Run", "Run All Cells")
        expect(page.locator(".mark-state")).to_have_text("Nothing was changed yet.", timeout=RUN)  # its cell is folded
        where, state = page.locator(".mark-top"), page.locator(".mark-state")
        expect(where).to_contain_text("Answer 1 of 3 · 3 not marked")
        page.keyboard.press("f")
        expect(state).to_contain_text("Saved at")
        page.get_by_label("Question").select_option(index=1)
        page.locator(".mark-answer").click()
        page.set_viewport_size({"width": 1000, "height": 420})  # lower than the page
        page.keyboard.type("11")
        expect(page.locator(".mark-active")).to_contain_text("Care")
        expect(page.locator(".mark-active")).to_be_in_viewport(ratio=0.9)  # a border is cut
        page.keyboard.type("0n")
        expect(page.locator(".mark-top b")).to_be_in_viewport()
        for keys in ("000n", "111n"):  # as fast as a person can type, and faster than the page is drawn
            page.keyboard.type(keys)
        expect(where).to_contain_text("0 not marked")
        page.keyboard.press("c")
        page.keyboard.type("Name the table n 1.")  # keys are letters while something is written
        page.keyboard.press("Escape")
        expect(page.locator(".mark-side input[type=text]")).to_have_value("Name the table n 1.")
        with open_gradebook(out) as book:
            found = entered_scores(book, assignment)
        assert sorted(cells["q4"].manual for cells in found.values()) == [0, 2, 3]  # type: ignore[type-var]
        assert [cells["q4"].comment for cells in found.values() if cells["q4"].comment] == ["Name the table n 1."]
        assert watch.outside == [] and [one for one in watch.errors if "dialog" in one or "evil" in one] == []
        notebook.shut_down()
        page.locator(".mark-answer").click()
        page.keyboard.press("1")
        expect(page.get_by_role("alert").filter(has_text="NOT SAVED")).to_be_visible(timeout=15_000)
