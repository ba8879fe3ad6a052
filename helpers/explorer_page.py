"""What the explorer puts on the page: a picture whose marks answer, its words, the code, downloads, and rows with sources.

All of it is HTML that needs no kernel once it is there. A mark is a radio button over the picture: the keyboard walks
through the marks as through any group. Tab leads in and out, the arrow keys move in the order of time, and style alone
shows what belongs to a mark. Scripts of one line only do what style can't; where they are blocked, all can still be read.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape
from itertools import count
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from PIL import Image

from .data import load
from .description.describe import describe
from .description.sentences import shortened
from .edtf import to_words
from .language import attributes, later, say
from .notebook import DPI, sharp
from .output import as_html, html_description
from .plotting.glyphs import KINDS, UNKNOWN
from .plotting.mark_boxes import MarkBox, mark_boxes
from .plotting.theme import INK, MUTED, PAPER, RIBBON, SOFT_INK, TINT

BOX = "course-explorer"  # the class of the whole
RIGHT_TO_LEFT = "course-right-to-left"  # its class in a lesson whose language runs so
QUICK = 1  # of zlib's 9 levels: a third more bytes than with 6, in a quarter of the time
_groups = count(1)  # each picture has a group of marks of its own

STYLE = """<style>
.course-explorer .course-live:empty { display: none; }
.course-explorer:has(.course-live:not(:empty)) .course-unheard { display: none; }
.course-explorer :is(.course-live, .course-unheard, .course-busy) { margin: 0.2em 1em 0.2em 0; }
.course-explorer:has(.course-busy) .course-stage { opacity: 0.55; transition: opacity 0.2s 0.25s; }
.course-explorer { --tip: 5.4em; --least: 640px; }
.course-explorer:has(.course-stage):not(:has(.course-hint)) { --tip: 0px; }
.course-explorer, .jp-CodeCell:not(.jp-mod-outputsScrolled)
  :is(.jp-Cell-outputArea, .jp-OutputArea-child, .jp-OutputArea-output):has(.course-explorer) {
  overflow: visible; min-width: 0; }
.course-room { box-sizing: content-box; width: 0; min-width: 100%; padding-bottom: var(--tip);
  min-height: calc(var(--least) * var(--high)); aspect-ratio: 1 / var(--high); }
.course-stage { position: relative; display: grid; grid-template: auto var(--tip) / minmax(var(--least), max-content);
  width: fit-content; max-width: 100%; line-height: 1.4; }
.course-stage > img { grid-area: 1 / 1; display: block; min-width: var(--least); max-width: 100%; height: auto; }
.course-marks { display: contents; }
.course-stage input { grid-area: 1 / 1 / 2 / 2; appearance: none; position: absolute; margin: 0; padding: 0; border: 0;
  translate: -50% -50%; min-width: 9px; aspect-ratio: 1; border-radius: 50%; cursor: pointer; background: transparent;
  scroll-margin: 2em 2em calc(var(--tip) + 1em); }
.course-stage input:is(:checked, :hover) { border-radius: 3px; box-shadow: 0 0 0 3px #ffd54a; }
.course-stage input:checked { box-shadow: 0 0 0 3px #ffd54a, 0 0 0 5px #1f1f1f; }
.course-stage input:focus-visible { outline: 3px solid #0b4f8a; outline-offset: 3px; }
.course-tip { grid-area: 1 / 1 / 3; align-self: end; position: sticky; left: 0; bottom: 0; box-sizing: border-box; width: 0;
  min-width: min(100%, max(15em, 100vw - 9em)); min-height: calc(var(--tip) - 0.8em); margin: 0 0 0.8em;
  padding: 0.4em 0.7em; background: #fffdf8; color: #1f1f1f; border: 1px solid #d8d2c4; }
.course-hint { grid-row: 2; }
.course-tip:not(.course-hint) { display: none; z-index: 1; }
.course-stage input:checked + .course-tip { display: block; z-index: 2; }
.course-stage :is(input:hover, input:focus-visible) + .course-tip, .course-tip:hover { display: block; z-index: 3; }
.course-tip a, .course-rows a { color: #0b4f8a; }
.course-more a { color: var(--jp-content-link-color, #0b4f8a); }
:is(.course-tip, .course-rows, .course-more) a { text-decoration: underline; }
.course-rows { max-height: 26em; overflow: auto; line-height: 1.4; background: #fffdf8; color: #1f1f1f;
  border: 1px solid #d8d2c4; }
.course-rows table { border-collapse: collapse; margin: 0; font-size: 90%; table-layout: auto; }
.course-rows :is(caption, th, td) { text-align: start; vertical-align: top; padding: 0.35em 0.7em; white-space: normal;
  background: #fffdf8; color: #1f1f1f; }
.course-rows caption { caption-side: top; font-weight: bold; }
.course-rows :is(th, td) { border-bottom: 1px solid #d8d2c4; font-weight: normal; }
.course-rows thead th { font-weight: bold; }
.course-rows tr:focus :is(th, td) { background: #ffe9a8; }
.course-rows ul { margin: 0; padding-inline-start: 1.1em; }
.course-more { line-height: 1.4; }
.course-more code { direction: ltr; unicode-bidi: isolate; white-space: pre-wrap; overflow-wrap: anywhere; }
.course-rows ul { direction: ltr; text-align: left; }
.course-right-to-left { direction: rtl; }
.course-right-to-left :is(.course-stage, .noUi-target, .ui-slider) { direction: ltr; }
.course-right-to-left .widget-label { text-align: start; }
.course-right-to-left input[type="checkbox"] { margin: 0 0 0 0.5em; }
@media (max-width: 700px) { .course-explorer { --tip: 8.6em; } }
</style>"""

# A message is put into the region that stays: a screen reader hears a change of text, and often not a region that arrives
# together with its text. ipywidgets alone replaces all HTML of a widget.
_SPEAK = "const l=this.closest('.course-explorer')?.querySelector('.course-live');if(l){clearTimeout(l.later);"
_NOW = _SPEAK + "l.textContent=this.dataset.says}"
# ipywidgets gives the two handles of a slider no name.
_HANDLES = (
    "this.closest('.course-explorer')?.querySelectorAll('.noUi-handle').forEach("
    "(h,k)=>h.setAttribute('aria-label',this.dataset[k?'to':'from']));"
)
_LATER = _SPEAK + "l.later=setTimeout(()=>{l.textContent=this.dataset.says},800)}"
# Tab goes on from a mark to the way to its row. That is there for a mark that is checked: the first one has only the focus.
_STAY = "if(e.key==='Tab'&&!e.shiftKey&&e.target.matches?.('.course-stage input'))e.target.checked=true;"
# In JupyterLab's command mode a key at anything but a text field is a command: an arrow leaves the cell, "d" twice
# deletes it.
_KEYS = (
    f"window.courseKeys??=(window.addEventListener('keydown',e=>{{{_STAY}"
    "if(e.target.closest?.('.course-keys')&&!e.ctrlKey&&!e.metaKey"
    "&&!e.altKey&&!(e.shiftKey&&e.key==='Enter'))e.stopPropagation()},true),window.addEventListener('focusin',e=>{"
    "window.courseMark=e.target.closest?.('.course-stage')&&[e.target.closest('.course-explorer'),e.target.ariaLabel]},true),1)"
)
# Who goes on to the marks while a picture is drawn stays there when it comes: else Tab would begin at the top of the page.
_BACK = (
    "if(window.courseMark?.[0]===this.closest('.course-explorer')&&document.activeElement===document.body){"
    "const m=[...courseMark[0].querySelectorAll('.course-stage input')];"
    "(m.find(b=>b.ariaLabel===courseMark[1])||m[0])?.focus({preventScroll:true})};"
)
_DOT = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
# The row has the focus afterwards; the address of the page stays as it is.
_TO_ROW = (
    "const r=this.closest('.course-explorer')?.querySelector(this.getAttribute('href'));"
    "if(r){r.scrollIntoView({block:'nearest'});r.focus({preventScroll:true});return false}"
)
# What was copied stays marked. (`navigator.clipboard` is there with https and on one's own machine alone.)
_COPY = (
    "getSelection().selectAllChildren(this.parentElement.querySelector('code'));if(document.execCommand('copy')){"
    + _NOW
    + "}"
)
_SAVE = "this.href=this.closest('.course-explorer').querySelector('.course-stage>img').src"


class Drawn(NamedTuple):
    """A picture as HTML, with what is said of it; and its size on a page, in the dots of a page."""

    html: str
    description: str
    width: int
    height: int


def live_region() -> str:
    """Write the region that a screen reader listens to; it stays while the messages of `said` change its text."""
    keys = f'<img hidden alt="" src="{_DOT}" onload="{_KEYS}">'
    return f'{STYLE}{keys}<p class="course-live" role="status"{attributes()}></p>'


def said(message: str, *, busy: bool = False) -> str:
    """Write a message for the live region; that a picture is being drawn is seen at once, and told if it lasts."""
    shown = f'<p class="{"course-busy" if busy else "course-unheard"}"{attributes()}>{as_html(message)}</p>'
    text = escape(message, quote=True)
    years = escape(say("Years"), quote=True)
    ends = f'data-from="{years}: {escape(say("From"), quote=True)}" data-to="{years}: {escape(say("to"), quote=True)}"'
    script = _LATER if busy else _BACK + _HANDLES + _NOW
    return f'{shown}<img hidden alt="" src="{_DOT}" data-says="{text}" {ends} onload="{script}">'


def picture(figure: Figure) -> Drawn:
    """Write a figure of events: its PNG, and over each mark a button that tells date and title."""
    description = describe(figure, detail="full")
    encoded = base64.b64encode(quick_png(figure)).decode()
    width, height = (round(side * DPI) for side in figure.get_size_inches())
    alt = escape(shortened(description), quote=True)
    image = f'<img alt="{alt}" src="data:image/png;base64,{encoded}" width="{width}" height="{height}">'
    marks = _marks(mark_boxes(figure))
    hint = say(
        "Point at a mark, or go to the marks with Tab and then from one to the next with the arrow keys: here stand its "
        "date, its title, and the way to its sources."
    )
    shown = f'<p class="course-tip course-hint"{attributes()}>{as_html(hint)}</p>' if marks else ""
    stage = f'<div class="course-stage course-keys" onkeydown="const e=event;{_STAY}">{image}{shown}{marks}</div>'
    return Drawn(stage, description, width, height)


def _marks(boxes: Sequence[MarkBox]) -> str:
    """Write the marks as two groups of buttons: what is chosen, and the grey rest."""
    html = ""
    for name, muted in (
        (later("Events that are chosen, in the order of time"), False),
        (later("Other events, grey, in the order of time"), True),
    ):
        members = [box for box in boxes if box.event.muted is muted]
        if members:
            group = f"course-marks-{next(_groups)}"
            buttons = "".join(_mark(box, group) for box in members)
            html += f'<div class="course-marks" role="group" aria-label="{escape(say(name), quote=True)}">{buttons}</div>'
    return html


def _mark(box: MarkBox, group: str) -> str:
    event = box.event
    when, title = as_html(to_words(event.date)), as_html(event.title)
    about = [as_html(say(part)) for part in (event.kind, event.effect if event.effect != "none" else "") if part]
    way = f'<a href="#{_row_id(event.row)}" onclick="{_TO_ROW}">{say("Its row and its sources")}</a>'
    about.append(say("not chosen") if event.muted else way)
    place = f"left:{box.x:.3%};top:{box.y:.3%};width:{box.width:.3%}"
    name = escape(f"{to_words(event.date)}: {event.title}", quote=True)
    return (
        f'<input type="radio" name="{group}" aria-label="{name}" style="{place}">'
        f'<div class="course-tip"{attributes()}><b>{when}</b> <bdi>{title}</bdi><br>{" · ".join(about)}</div>'
    )


def _row_id(row: int) -> str:
    return f"event-row-{row + 1}"


# --- the picture's file ---------------------------------------------------------------------------


def quick_png(figure: Figure) -> bytes:
    """Render a figure as `helpers.notebook.png` does, at once: with colours that are known, and with less packing."""
    from .png import pixels

    colours = pixels(figure, sharp(figure), remember=True).quantize(palette=_palette(), dither=Image.Dither.NONE)
    small = io.BytesIO()
    colours.save(small, format="png", compress_level=QUICK)
    return small.getvalue()


@lru_cache(maxsize=1)
def _palette() -> Image.Image:
    """The colours of a timeline, and those at the edges of letters and marks: to look for them takes longer each time."""
    grounds = [np.array(to_rgb(colour)) for colour in (PAPER, TINT, RIBBON)]
    shades = [(INK, 8, grounds), (SOFT_INK, 6, grounds), (MUTED, 5, grounds), ("#d9d3c7", 2, grounds)]
    shades += [(colour, 7, grounds[:2]) for _, colour, _ in (*KINDS.values(), UNKNOWN)]
    found = {tuple(ground) for ground in grounds}
    for colour, number, behind in shades:
        for share in np.linspace(1 / number, 1, number):
            found |= {tuple(share * np.array(to_rgb(colour)) + (1 - share) * ground) for ground in behind}
    colours = sorted({tuple(round(255 * part) for part in colour) for colour in found})
    assert len(colours) <= 256
    image = Image.new("P", (1, 1))
    image.putpalette([part for colour in colours for part in colour])
    return image


# --- beneath the picture --------------------------------------------------------------------------


def more(description: str, code: str, file: str, unnamed: str = "") -> str:
    """Write what stands beneath the picture: its words, the code of the selection, and the files.

    `unnamed` is what the code calls a table that has no name yet.
    """
    html = html_description(description)
    if code:
        done = escape(say("Copied."), quote=True)
        copy = f'<button type="button" data-says="{done}" onclick="{_COPY}">{say("Copy")}</button>'
        name = f"<code>{unnamed}</code>"
        first = say("Here {name} stands for the explored table: give it this name first.", name=name) if unnamed else ""
        html += f"<p>{say('The same selection in code:')} <code>{as_html(code)}</code> {copy} {first}</p>"
    files = f'<a download="timeline.png" href="#" onclick="{_SAVE}">{say("Download this picture (PNG)")}</a>'
    if file:
        files += f' · <a download="selection.csv" href="data:text/csv;base64,{file}">{say("Download these rows (CSV)")}</a>'
    return f'<div class="course-more course-keys"{attributes()}>{html}<p>{files}</p></div>'


def rows_of(events: pd.DataFrame, order: Sequence[int]) -> list[str]:
    """Write each event as the row of a table: its date, its title, and its sources; `order` is its place in time."""
    sources = _sources(events)
    dates = [to_words(str(date)) for date in events["date"]]
    titles = [as_html(say(str(title))) for title in events["title"]]
    return [
        f'<tr id="{_row_id(row)}" tabindex="-1"><td>{as_html(date)}</td><th scope="row" dir="auto">{title}</th>'
        f"<td>{told}</td></tr>"
        for row, date, title, told in zip(order, dates, titles, sources, strict=True)
    ]


def table_of(rows: Iterable[str], name: str = "") -> str:
    """Write a table of such rows, in a box that scrolls; `name` is a class by which `only` finds it."""
    body = "".join(rows)
    if not body:
        return ""
    head = "".join(f'<th scope="col">{name}</th>' for name in (say("Date"), say("Event"), say("Sources")))
    title = say("The selection and its sources")
    return (
        f'<div class="course-rows course-keys {name}" tabindex="0" role="group" aria-label="{title}"{attributes()}><table>'
        f"<caption>{title}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def only(name: str, rows: Sequence[int], count: int) -> str:
    """Write the style by which a table of so many rows shows some: to lay out all anew took longer than a new picture."""
    if len(rows) == count:
        return ""
    hidden = f".{name} tbody tr:not({','.join(f'#{_row_id(row)}' for row in rows)})" if rows else f".{name}"
    return f"<style>{hidden} {{ display: none; }}</style>"


def name_of_rows() -> str:
    """Return a class for the rows of one explorer, of which a page may have several."""
    return f"course-rows-{next(_groups)}"


def _sources(events: pd.DataFrame) -> list[str]:
    """Write the sources of each event: those of our tables with title and link, or what the table itself says."""
    if "event_id" not in events.columns:
        return [as_html(str(text)) for text in events["sources"]] if "sources" in events.columns else [""] * len(events)
    links = load("event_sources").merge(load("sources"), on="source_id").astype("object")
    there = set(events["event_id"].dropna())
    links = links[links["event_id"].isin(there)]
    found: dict[str, list[str]] = {}
    for link in links.where(links.notna(), "").to_dict("records"):
        found.setdefault(link["event_id"], []).append(_source(link))
    return [
        f"<ul>{''.join(found[event_id])}</ul>" if event_id in found else say("none in our tables")
        for event_id in events["event_id"]
    ]


def _source(link: Mapping[Any, Any]) -> str:
    title = as_html(str(link["title"] or link["source_id"]))
    url = str(link["url"])
    if url.startswith(("http://", "https://")):
        title = f'<a href="{escape(url, quote=True)}" target="_blank" rel="noopener">{title}</a>'
    by = as_html(str(link["publisher"] or say("publisher unknown")))
    return f"<li>{title} ({by})</li>"
