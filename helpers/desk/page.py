"""The page that the course opens with: every module, your progress, where you stopped.

It is made anew at each visit, from the saved notebooks. Nothing is executed.
"""

import html
from collections.abc import Callable, Sequence
from pathlib import Path

from helpers.checks.verdict import State
from helpers.progress import Module, everything


def find_modules(root: Path) -> Path | None:
    """Return the folder of the modules' folders: `root`, or ``notebooks`` in it; None for none."""
    for folder in (root, root / "notebooks"):
        if any(path.stem == path.parent.name for path in folder.glob("[0-9][0-9]-*/*.ipynb")):
            return folder
    return None


def page(folder: Path | None, address: Callable[[Path], str], files: str) -> str:
    """Return the page.

    Parameters
    ----------
    folder : Path or None
        The folder that holds the modules' folders; None where none was found.
    address : Callable
        Returns where a notebook is opened.
    files : str
        Where the list of all files is.
    """
    modules = everything(folder) if folder else []
    body = _course(modules, address) if modules else _NOTHING
    return _FRAME.format(style=_STYLE, script=_SCRIPT, body=body, files=html.escape(files))


def _course(modules: Sequence[Module], address: Callable[[Path], str]) -> str:
    rows = "".join(_row(module, address) for module in modules)
    return f"{_stopped(modules, address)}{_totals(modules)}{_TABLE.format(rows=rows)}"


def stopped_at(modules: Sequence[Module]) -> Module | None:
    """Return the module to go on with; None where all that can be done is done.

    It is the one that was saved last of those in which something was run; where that one is
    done, the next that is not; and at the very beginning, the first.
    """
    saved = [module for module in modules if module.touched]
    last = max(saved, key=lambda module: module.path.stat().st_mtime, default=None)
    start = modules.index(last) if last else 0
    in_turn = [*modules[start:], *modules[:start]]
    return next((m for m in in_turn if m.next and m.path and not m.problem), None)


def _stopped(modules: Sequence[Module], address: Callable[[Path], str]) -> str:
    """Return the one link that most visits are for."""
    module = stopped_at(modules)
    if module is None:
        return _CARD.format(title="All done", text="Every exercise of the course is right.")
    begun = any(m.touched for m in modules)
    title = "Where you stopped" if begun else "Begin here"
    text = f"{_link(module, address, 'go')}<br>Next is exercise {html.escape(module.next)}."
    return _CARD.format(title=title, text=text)


def _totals(modules: Sequence[Module]) -> str:
    passed, all_ = sum(m.passed for m in modules), sum(len(m.states) for m in modules)
    points, most = sum(m.points for m in modules), sum(m.most for m in modules)
    said = f"{passed} of {all_} exercises right, {points:g} of {most:g} points."
    legend = ", ".join(f"{state.symbol} {state.value.lower()}" for state in reversed(State))
    return f'<p class="totals"><strong>{said}</strong> <span>{legend}</span></p>'


def _row(module: Module, address: Callable[[Path], str]) -> str:
    title = _link(module, address)
    if module.problem:
        problem = html.escape(module.problem)
        return f'<tr><th scope="row">{title}</th><td colspan="3">{problem}</td></tr>'
    return f"""<tr>
<th scope="row">{title}</th>
<td>{html.escape(module.time)}</td>
<td>{_exercises(module)}</td>
<td>{f"{module.points:g} of {module.most:g}" if module.most else ""}</td>
</tr>"""


def _exercises(module: Module) -> str:
    """Return how many are right, as words, as a bar, and as one mark for each."""
    if not module.states:
        return "to look things up"
    count, all_ = module.passed, len(module.states)
    marks = "".join(
        f'<span title="{html.escape(name)}: {state.value.lower()}">{state.symbol}</span>'
        for name, state in module.states.items()
    )
    bar = f'<progress value="{count}" max="{all_}" aria-hidden="true"></progress>'
    return f'{count} of {all_} {bar}<span class="marks" aria-hidden="true">{marks}</span>'


def _link(module: Module, address: Callable[[Path], str], kind: str = "module") -> str:
    title = html.escape(module.title)
    if module.path is None:
        return title
    href = html.escape(address(module.path))
    return f'<a class="{kind}" target="{module.path.stem}" href="{href}">{title}</a>'


_NOTHING = """<section class="card"><h2>No modules here</h2>
<p>The folder that Jupyter was started in has none of the course's notebooks. Close Jupyter, go to
the course's folder, and type <code>make lab</code>, or <code>python3 bootstrap.py lab</code>.</p>
</section>"""

_CARD = '<section class="card"><h2>{title}</h2><p>{text}</p></section>'

_TABLE = """<table>
<caption>The modules. Each opens in a tab of its own; this page stays.</caption>
<thead><tr><th scope="col">module</th><th scope="col">time</th>
<th scope="col">exercises right</th><th scope="col">points</th></tr></thead>
<tbody>{rows}</tbody>
</table>"""

_FRAME = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Backprop by Hand</title>
<style>{style}</style>
</head>
<body>
<header><h1>Backprop by Hand</h1>
<p>Build a neural network one number at a time, and be told why an answer is wrong.</p></header>
<main aria-live="off">{body}</main>
<footer>
<p>What stands here is read from your saved notebooks. Save with Ctrl+S (⌘S on a Mac).
<a href="{files}" target="files">All files</a></p>
</footer>
<script>{script}</script>
</body>
</html>
"""

# Whoever comes back to this page sees what was saved meanwhile.
_SCRIPT = """
document.addEventListener("visibilitychange", async () => {
  if (document.hidden) return;
  const answer = await fetch(location.href).catch(() => null);
  if (!answer || !answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [now, then] = [fresh, document].map((page) => page.querySelector("main"));
  if (now && now.innerHTML !== then.innerHTML) then.innerHTML = now.innerHTML;
});
"""

_STYLE = """
:root { color-scheme: light dark; --line: #d0d7de; --soft: #f6f8fa; --link: #0b57a4;
  --text: #1f2328; --quiet: #57606a; --back: #fff; --right: #00734d; }
@media (prefers-color-scheme: dark) { :root { --line: #3d444d; --soft: #1c2128;
  --link: #7ab8ff; --text: #e6edf3; --quiet: #a5b0bb; --back: #0f1318; --right: #4fd1a1; } }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem; line-height: 1.5; color: var(--text);
  background: var(--back); font-family: system-ui, -apple-system, "Segoe UI", sans-serif; }
h1 { margin: 0; font-size: 1.8rem; }
h2 { margin: 0 0 .3rem; font-size: 1rem; }
header p { margin: .2rem 0 1.2rem; color: var(--quiet); }
a { color: var(--link); }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
.card { padding: .9rem 1.2rem; border: 1px solid var(--line); border-left: 5px solid var(--link);
  border-radius: 6px; background: var(--soft); }
.card p { margin: 0; }
.card .go { font-size: 1.25rem; font-weight: 600; }
.totals { margin: 1.2rem 0 .4rem; }
.totals span { color: var(--quiet); }
table { width: 100%; border-collapse: collapse; }
caption { padding: 0 0 .5rem; color: var(--quiet); text-align: left; }
th, td { padding: .55rem .8rem .55rem 0; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top; font-weight: normal; }
thead th { color: var(--quiet); font-size: .85rem; }
tbody th { font-weight: 600; }
td { font-variant-numeric: tabular-nums; }
td:nth-child(4) { white-space: nowrap; }
progress { width: 6rem; height: .6rem; margin: 0 .4rem; accent-color: var(--right); }
.marks { display: block; color: var(--quiet); letter-spacing: .15em; white-space: normal; }
footer { margin-top: 1.2rem; color: var(--quiet); font-size: .9rem; }
@media (max-width: 40rem) { thead { position: absolute; clip-path: inset(50%); }
  tr { display: block; padding: .6rem 0; border-bottom: 1px solid var(--line); }
  th, td { display: block; padding: .1rem 0; border: 0; }
  td:empty { display: none; } td:nth-child(4)::after { content: " points"; } }
"""
