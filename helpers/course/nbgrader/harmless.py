"""What a student wrote, so that whoever looks at it is safe: no script, no style, no request.

Both graders pass what they write into ``autograded/`` through :func:`harmless`. Pages that
are drawn from it pass their HTML through :func:`clean_html` once more.
"""

import html
import re
from collections.abc import Callable, Container, Iterator, Mapping
from typing import Any

import nh3
from nbformat import NotebookNode

from helpers.course.nbgrader import PICTURES


def harmless(nb: NotebookNode) -> NotebookNode:
    """Return a copy of a notebook in which nothing can run, load, hide or pass for a mark.

    Only what is known to be harmless is taken over. Text stays readable: a ``<`` that
    could begin an element gets a space behind it.
    """
    cells = [_cell(cell, number) for number, cell in enumerate(nb.get("cells", []), 1)]
    metadata = {
        "kernelspec": _words(nb.metadata.get("kernelspec"), _KERNEL),
        "language_info": _words(nb.metadata.get("language_info"), ("name",)),
    }
    return NotebookNode(
        cells=cells,
        metadata=NotebookNode({name: found for name, found in metadata.items() if found}),
        nbformat=4,
        nbformat_minor=5,
    )


def is_harmless(nb: NotebookNode) -> bool:
    """Whether a notebook is as :func:`harmless` would leave it; no mark on it can be forged."""
    return harmless(nb) == nb


_KERNEL = ("name", "display_name", "language")


def _words(found: Any, names: tuple[str, ...]) -> NotebookNode:
    found = found if isinstance(found, Mapping) else {}
    return NotebookNode({name: found[name] for name in names if _is_plain(found.get(name))})


def _is_plain(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"[^<>&\"'`\x00-\x1f]{0,500}", value))


# Cells --------------------------------------------------------------------------------------------


def _cell(cell: NotebookNode, number: int) -> NotebookNode:
    kind = cell.get("cell_type")
    kind = kind if kind in ("code", "markdown") else "raw"
    source = _text(cell.get("source"))
    pasted = _attachments(cell.get("attachments"))
    name = cell.get("id")
    new = NotebookNode(
        id=name if _is_id(name) else f"cell-{number}",
        cell_type=kind,
        metadata=_cell_metadata(cell.get("metadata", {})),
        source=_clean_code(source) if kind == "code" else _clean_raw(source),
    )
    if kind == "code":
        new.outputs = [clean for output in cell.get("outputs", []) for clean in _output(output)]
        new.execution_count = _count(cell.get("execution_count"))
    elif kind == "markdown":
        new.source = clean_markdown(source, pasted)
        if "attachments" in cell:
            new.attachments = pasted
    return new


def _is_id(name: Any) -> bool:
    return isinstance(name, str) and bool(re.fullmatch(r"[\w-]{1,64}", name, re.A))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "".join(map(str, value or ()))


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) else None


def _cell_metadata(metadata: NotebookNode) -> NotebookNode:
    """Return what graders know of a cell; pages print it as it is."""
    kept = NotebookNode()
    for part, names in _METADATA.items():
        found = metadata.get(part)
        if isinstance(found, Mapping):
            kept[part] = NotebookNode(
                {n: found[n] for n in names if n in found and _is_fact(found[n])}
            )
    marks = kept.get("nbgrader")
    if marks is not None and not _is_id(marks.get("grade_id")):
        del kept["nbgrader"]
    return kept


_METADATA = {
    "nbgrader": (
        *("schema_version", "grade_id", "grade", "solution", "locked", "task"),
        *("cell_type", "checksum", "points"),
    ),
    "course": ("state", "mistake", "kind"),
}


def _is_fact(value: Any) -> bool:
    return value is None or isinstance(value, int | float) or _is_plain(value)


def _attachments(found: Any) -> NotebookNode:
    """Return the pictures among what is pasted into a text, under names that are only names."""
    kept = NotebookNode()
    for name, formats in found.items() if isinstance(found, Mapping) else ():
        images = _pictures(formats) if isinstance(formats, Mapping) else {}
        if images and re.fullmatch(r"[\w .()%@,-]{1,200}", name):
            kept[name] = images
    return kept


def _pictures(data: Mapping[str, Any]) -> NotebookNode:
    return NotebookNode(
        {kind: data[kind] for kind in PICTURES if _BASE64.fullmatch(_text(data.get(kind, "")))}
    )


_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]+")


# Outputs ------------------------------------------------------------------------------------------


def _output(output: NotebookNode) -> Iterator[NotebookNode]:
    """Yield an output as it may be shown."""
    match output.get("output_type"):
        case "stream":
            name = "stderr" if output.get("name") == "stderr" else "stdout"
            yield NotebookNode(output_type="stream", name=name, text=_text(output.get("text")))
        case "error":
            lines = output.get("traceback", [])
            yield NotebookNode(
                output_type="error",
                ename=_text(output.get("ename")),
                evalue=_text(output.get("evalue")),
                traceback=[_text(line) for line in lines],
            )
        case "display_data" | "execute_result" as kind:
            new = NotebookNode(output_type=kind, data=_bundle(output.get("data", {})))
            new.metadata = NotebookNode()  # pages print its widths and heights as they are
            if kind == "execute_result":
                new.execution_count = _count(output.get("execution_count"))
            yield new


def _bundle(data: Mapping[str, Any]) -> NotebookNode:
    """Return what is harmless of an output's formats; where nothing is, its name."""
    kept = _pictures(data)
    for kind, clean in _FORMATS.items():
        if kind in data:
            kept[kind] = clean(_text(data[kind]))
    if not kept and data:
        kinds = ", ".join(re.sub(r"[^\w/+.-]", "?", kind)[:60] for kind in sorted(data))
        kept["text/plain"] = f"(An output of the kind {kinds} is not shown.)"
    return kept


# Text ---------------------------------------------------------------------------------------------


def clean_markdown(source: str, pasted: Container[str] = ()) -> str:
    r"""Return Markdown in which nothing runs and nothing is loaded, still to be read and edited.

    Pictures stay that come along: in the text itself, beside it, or among what is `pasted`.
    It does not ask what is code and what is text: every renderer answers that in its own way.

    >>> clean_markdown("a<b, <em>now</em> <img src=x onerror=alert(1)> [x](javascript:alert(1))")
    'a< b, <em>now</em> < img src=x onerror=alert(1)> [x](#alert(1))'
    >>> clean_markdown("![me](https://example.org/a.png) ![here](attachment:a.png)", ["a.png"])
    '[me](https://example.org/a.png) ![here](attachment:a.png)'
    """
    source = _CONTROL.sub("�", source.replace("\r\n", "\n").replace("\r", "\n"))
    source = _ENDLESS.sub("& #", _space_tags(_clean_tex(source)))
    source = _IMAGE.sub(
        lambda match: match[0] if _comes_along(source, match.end(), pasted) else "[", source
    )
    return _TARGET.sub(_safe_target, source)


def _comes_along(source: str, place: int, pasted: Container[str]) -> bool:
    """Whether a picture needs no request; a page stops at one that is not there."""
    match = _LOADS_NOTHING.match(source, place)
    return bool(match) and (match[1] is None or match[1] in pasted)


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ENDLESS = re.compile(r"&#(?=x?[0-9a-f]{8})", re.I)  # Python cannot read thousands of digits
_IMAGE = re.compile(r"(?<!!)!+\[")
_INLINE_PICTURE = r"data:image/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=]+"
_OWN_PICTURE = r"(?!\.)[\w%-]+(?:[/.][\w%-]+)*\.(?:png|jpe?g|gif|webp)"
_LOADS_NOTHING = re.compile(
    rf"[^\[\]\n]*\]\((?:attachment:([^\s()<>]+)|{_INLINE_PICTURE}|{_OWN_PICTURE})\)", re.I
)
_TARGET = re.compile(r"(\](?:\(|:)\s*)((?<=[\s(:])<[^<>\n]*|[^\s<>]+)")
_LEADS_SOMEWHERE = re.compile(rf"https?:|mailto:|attachment:|{_INLINE_PICTURE}", re.I)


def _safe_target(match: re.Match[str]) -> str:
    """Keep where a link leads, unless it is a program; entities are read as a browser does."""
    where = _IGNORED.sub("", html.unescape(match[2]))
    before, colon, _ = where.partition(":")
    if not colon or re.search(r"[/?#]", before) or _LEADS_SOMEWHERE.match(where):
        return match[0]
    opening = "<" if match[2].startswith("<") else ""
    return f"{match[1]}{opening}#{_UP_TO_COLON.sub('', match[2], count=1)}"


_IGNORED = re.compile(r"[\s\x00-\x20\\<]|%[01][0-9a-f]|%20", re.I)  # by browsers, in a scheme
_UP_TO_COLON = re.compile(r".*(?::|&colon;|&#0*58;?|&#x0*3a;?)", re.I | re.S)


def _space_tags(text: str) -> str:
    """Put a space behind each ``<`` that could begin an element, but for a few harmless ones."""
    return _OPENING.sub(lambda m: "<" if _HARMLESS_TAG.match(text, m.start()) else "< ", text)


_OPENING = re.compile(r"<(?=[A-Za-z/!?])")
_HARMLESS_TAG = re.compile(
    r"</?(?:b|blockquote|br|code|dd|del|details|dl|dt|em|h[1-6]|hr|i|kbd|li|mark|ol|p|pre|s|small"
    r"|strong|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul)(?: open)?\s*/?>"
    r"|<https?://[^\s<>\"'`\\]+>",
    re.I,
)


def _clean_tex(text: str) -> str:
    r"""Take out the commands of MathJax that make links, styles, names or anything from HTML.

    >>> print(_clean_tex(r"\frac12 \href{javascript:x}{y}"))
    \frac12 \text{href}{javascript:x}{y}
    """
    return _TEX.sub(r"\\text{\1}", text)


_TEX = re.compile(
    r"\\(href|style|class|cssId|unicode|require|url|html[A-Za-z]*|includegraphics|data|Tooltip"
    r"|texttip|mathtip|toggle|mmlToken|action|bbox|def|gdef|edef|let|futurelet|newcommand"
    r"|renewcommand|providecommand|newenvironment|renewenvironment|Newextarrow|csname"
    r"|catcode|DeclareMathOperator|DeclarePairedDelimiter[A-Za-z]*)(?![A-Za-z])"
)


def _clean_raw(text: str) -> str:
    """Return text that says the same where a page takes it for HTML."""
    return _OPENING.sub("< ", _CONTROL.sub("�", text))


def _clean_code(text: str) -> str:
    r"""Return code that is seen in the order in which it runs: what turns it round is written out.

    >>> print(_clean_code("admin = False  # \u202e } begin"))
    admin = False  # \u202e } begin
    """
    return _TURNING.sub(lambda match: rf"\u{ord(match[0]):x}", _CONTROL.sub("�", text))


_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def clean_html(text: str) -> str:
    """Return HTML without scripts, styles, names, and links that lead nowhere.

    A page finds its own parts by name: the field for a mark, the check that a row links to.
    Links between the notebooks of the course are dead beside a page of feedback. An
    unknown element goes, and what is in it stays.

    >>> clean_html('<b onclick="x()">Now</b><script>x()</script> <a href="../02/02.ipynb">02</a>')
    '<b>Now</b> <a>02</a>'
    >>> clean_html("<blink>Here</blink><math><mi>x</mi></math>")
    'Here<math><mi>x</mi></math>'
    """
    return nh3.clean(
        _clean_tex(text),
        tags=_TAGS,
        clean_content_tags=_DROPPED,
        attributes={"*": _ATTRIBUTES, "a": {"href"}, "img": {"src"}},
        attribute_filter=_attribute,
        filter_style_properties=_PROPERTIES,
        url_schemes={"http", "https", "mailto", "data"},
        link_rel=None,
    )


def _attribute(_tag: str, name: str, value: str) -> str | None:
    """Return an attribute that cannot move, hide or imitate another part of the page."""
    match name:
        case "class":
            return value if _CLASSES.fullmatch(value) else None
        case "href":
            return value if _LINK.match(value) else None
        case "src":
            return value if _SOURCE.fullmatch(value) else None
    return value


_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
MATHML = {
    *("math", "menclose", "mfrac", "mi", "mn", "mo", "mover", "mpadded", "mphantom", "mroot"),
    *("mrow", "ms", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd"),
    *("mtext", "mtr", "munder", "munderover"),
}
_TAGS = {
    *_HEADINGS,
    *MATHML,
    *("a", "abbr", "b", "br", "code", "del", "em", "i", "kbd", "mark", "s", "small"),
    *("span", "strong", "sub", "sup", "u"),
    *("blockquote", "details", "div", "figcaption", "figure", "hr", "img", "p", "pre", "summary"),
    *("dd", "dl", "dt", "li", "ol", "ul"),
    *("caption", "table", "tbody", "td", "th", "thead", "tr"),
}
_DROPPED = {"iframe", "noembed", "noframes", "noscript", "script", "style", "template", "title"}
_ATTRIBUTES = {
    *("align", "alt", "class", "colspan", "height", "open", "rowspan", "scope", "start"),
    *("style", "title", "type", "width"),
    *("accent", "accentunder", "columnalign", "columnspacing", "display", "displaystyle"),
    *("fence", "form", "linethickness", "lspace", "mathvariant", "maxsize", "minsize"),
    *("movablelimits", "notation", "rowspacing", "rspace", "scriptlevel", "separator"),
    *("stretchy", "symmetric"),
}
_CLASSES = re.compile(r"highlight|[a-z]{1,2}\d?")  # the short ones color code
_LINK = re.compile(r"#|https?:|mailto:", re.I)
_SOURCE = re.compile(rf"{_INLINE_PICTURE}|{_OWN_PICTURE}|attachment:[\w.%-]+", re.I)
_PROPERTIES = {"color", "font-weight", "list-style-type", "text-align", "white-space"}

_FORMATS: dict[str, Callable[[str], str]] = {
    "text/plain": str,
    "text/html": clean_html,
    "text/latex": lambda text: _clean_raw(_clean_tex(text)),
    "text/markdown": clean_markdown,
}
