"""Draw two activation functions."""

import numpy as np

from helpers.checks import adapters
from helpers.checks.exercise import exercise
from helpers.exercises.m02_activations.sigmoid import by_tanh
from helpers.reference import activations

_CURVES = {"sigmoid": activations.sigmoid, "relu": activations.relu}


_SPELLED = {"sigmoid": "sigmoid", "relu": "ReLU"}


_ROUGHNESS = {"sigmoid": 0.05, "relu": 0.3}  # how far a chord may leave the curve


_DECIMALS = 3  # finer than can be seen


_SHORT = 0.101  # np.arange(-5, 5, 0.1) ends at 4.9, which is near enough


_GOOD = "sigmoid and ReLU on [-5, 5], both axes labeled, both curves in the legend"


def labeled_figure(attempt, *args):
    """Let a function draw; read back what can be seen of it, in short numbers.

    To `adapters.figure` it adds ``dots``, the number of scatter plots, ``shows``, the
    stretch of the x-axis, and ``hidden``, the number of lines that cannot be seen.
    Lines without labels get the names that the legend gives them.
    """
    seen = {}

    def draw_and_look(ax, *args):
        attempt(ax, *args)
        legend = ax.get_legend() or next(iter(ax.figure.legends), None)
        handles = legend.legend_handles if legend else []
        texts = [text.get_text() for text in legend.get_texts()] if legend else []
        for handle, text in zip(handles, texts):
            same = [line for line in ax.get_lines() if _look(line) == _look(handle)]
            if len(same) == 1 and str(same[0].get_label()).startswith("_"):
                same[0].set_label(text)
        invisible = [line for line in ax.get_lines() if not _visible(line)]
        for line in invisible:
            line.remove()
        seen.update(
            legend=texts,
            dots=len(ax.collections),
            hidden=len(invisible),
            shows=[round(float(end), _DECIMALS) for end in sorted(ax.get_xlim())],
        )

    figure = adapters.figure(draw_and_look, *args) | seen
    for line in figure["lines"]:  # short numbers, for the message
        x, y = _points(line)
        line |= {"x": x.round(_DECIMALS), "y": y.round(_DECIMALS)}
    return figure


def _look(artist):
    """How a line, or its sample in the legend, can be recognized."""
    names = ("get_color", "get_linestyle", "get_marker", "get_linewidth")
    return tuple(str(getattr(artist, name, str)()) for name in names)


def _visible(line):
    """Whether there is anything to be seen of a line: a stroke or marks."""
    nothing = ("None", "none", " ", "")
    stroke = line.get_linestyle() not in nothing and line.get_linewidth() > 0
    return (
        line.get_visible()
        and line.get_alpha() != 0
        and str(line.get_color()) not in nothing
        and (stroke or str(line.get_marker()) not in nothing)
    )


def figure_in_words(figure):
    """Write what a figure shows, for a message.

    >>> axes = {"xlabel": "z", "ylabel": "", "legend": ["ReLU"]}
    >>> figure_in_words(axes | {"lines": [{"label": "ReLU", "x": [0, 1], "y": [0, 1]}]})
    "1 line: 'ReLU' through 2 points; x-axis 'z', no y-label; legend 'ReLU'"
    """
    lines = [
        f"{'no label' if line['label'].startswith('_') else repr(line['label'])} through "
        f"{len(line['x'])} point{'s' * (len(line['x']) != 1)}"
        for line in figure["lines"]
    ]
    count = f"{len(lines)} line{'s' * (len(lines) != 1)}: {_first(lines)}" if lines else "no lines"
    x, y = (
        f"{axis}-axis {figure[f'{axis}label']!r}" if figure[f"{axis}label"] else f"no {axis}-label"
        for axis in "xy"
    )
    legend = f"legend {_first(map(repr, figure['legend']))}" if figure["legend"] else "no legend"
    return f"{count}; {x}, {y}; {legend}"


def _first(texts, most=4):
    """Join the first few texts."""
    texts = list(texts)
    return ", ".join([*texts[:most], *["…"] * (len(texts) > most)])


def seen_in_figure(figure):
    """Judge a figure as its reader would; say everything that is missing."""
    if not figure["lines"]:
        raise ValueError(_no_lines(figure))
    problems = [problem for name in _CURVES for problem in _curve_problems(figure, name)]
    low, high = figure["shows"]
    if low > -5 + _SHORT or high < 5 - _SHORT:
        problems.append(f"The x-axis shows {low:g} to {high:g} only, not -5 to 5: see ax.set_xlim.")
    for axis in ("xlabel", "ylabel"):
        if not figure[axis].strip():
            problems.append(f'The {axis[0]}-axis has no label: ax.set_{axis}("…").')
    if not figure["legend"]:
        problems.append(_about_the_legend(figure))
    else:
        problems += [
            f"No text of the legend says {_SPELLED[name]}."
            for name in _CURVES
            if not any(name in text.lower() for text in figure["legend"])
        ]
    if problems and figure["dots"]:
        problems.append("The dots of ax.scatter are no line: draw with ax.plot.")
    if problems and figure["hidden"]:
        problems.append("Another line is on ax, but it cannot be seen.")
    if problems:
        raise ValueError(" ".join(problems))
    return _GOOD


def _no_lines(figure):
    """Say why there may be no lines."""
    if figure["hidden"]:
        return "There are lines on ax, but they cannot be seen: look at linestyle, color and alpha."
    if figure["dots"]:
        return "There are dots on ax, but no lines. Draw with ax.plot(…): ax.scatter draws dots."
    return "There are no lines on ax. Draw with ax.plot(…): plt.plot draws on another figure."


def _about_the_legend(figure):
    if all(line["label"].startswith("_") for line in figure["lines"]):
        return "The legend is empty or missing, and no line has a label."
    return "There is no legend."


def _curve_problems(figure, name):
    """Say what keeps the figure's lines from showing one function; at most one sentence."""
    lines = [_points(line) for line in figure["lines"]]
    fits = [_fits(x, y, name) for x, y in lines]
    shown = [line["label"].lower() for line, fit in zip(figure["lines"], fits) if fit == "well"]
    other = "relu" if name == "sigmoid" else "sigmoid"
    if shown:
        if all(other in label and name not in label for label in shown):
            return [f"The {_SPELLED[name]} curve is labeled as {_SPELLED[other]}."]
        if all(other in label and name in label for label in shown):
            return [f"The label of the {_SPELLED[name]} curve names both functions."]
        if all(label.startswith("_") for label in shown) and _all_texts_found(figure):
            return [f"The {_SPELLED[name]} curve is not in the legend."]
        return []
    what = _SPELLED[name]
    if "short" in fits:
        x = next(x for (x, _), fit in zip(lines, fits) if fit == "short")
        return [f"The {what} curve runs from {x.min():g} to {x.max():g}, not from -5 to 5."]
    if "rough" in fits:
        return [
            f"The {what} curve has too few points, or its points are out of order. "
            "Use np.linspace(-5, 5, 200)."
        ]
    if "point" in fits:
        return [
            f"The {what} curve is drawn in lines of one point each, and these join nothing. Give "
            "ax.plot all points at once: z = np.linspace(-5, 5, 200)."
        ]
    for line, (x, y) in zip(figure["lines"], lines):
        if name in line["label"].lower() and "leaky" not in line["label"].lower() and len(x):
            return [_worst_point(x, y, name)]
    return [f"No line follows the {what} function."]


def _all_texts_found(figure):
    """Whether every text of the legend, and there are some, is the label of a line."""
    labels = [line["label"] for line in figure["lines"]]
    return bool(figure["legend"]) and all(text in labels for text in figure["legend"])


def _worst_point(x, y, name):
    """Say where a line is farthest from the function that it is named after."""
    right = _CURVES[name](x)
    worst = int(np.argmax(np.abs(y - right)))
    return (
        f"The line labeled {_SPELLED[name]} goes through ({x[worst]:.3g}, {y[worst]:.3g}), where "
        f"it should be at {right[worst]:.3g}."
    )


def _points(line):
    """Return a line's data as two float arrays, empty where it is not made of numbers."""
    try:
        x, y = (np.asarray(line[key], dtype=float).ravel() for key in "xy")
    except (TypeError, ValueError):
        return np.empty(0), np.empty(0)
    return (x, y) if x.shape == y.shape else (np.empty(0), np.empty(0))


def _fits(x, y, name):
    """Say how a line shows a function: "well", "short", "rough", "point", "" for not at all."""
    function = _CURVES[name]
    if len(x) == 1 and abs(y[0] - function(x[0])) <= 2 * 10.0**-_DECIMALS:
        return "point"
    if len(x) < 2 or not np.isfinite(x).all() or np.ptp(x) == 0:
        return ""
    if not np.allclose(y, function(x), rtol=0, atol=2 * 10.0**-_DECIMALS):
        return ""
    if len(x) < 4 and name == "relu" and np.allclose(y, y[0]):
        return ""  # a level line at 0, such as that of axhline
    if x.min() > -5 + _SHORT or x.max() < 5 - _SHORT:
        return "short"
    along = np.linspace(0, 1, 9)[1:-1, None]
    between = [start[:-1] + along * np.diff(start) for start in (x, y)]
    chord = np.abs(between[1] - function(between[0]))
    return "well" if chord.max() <= _ROUGHNESS[name] else "rough"


@exercise(
    "2.7",
    "draw two activation functions",
    cases=lambda rng: [()],
    hints=(
        "ax is the empty picture that you are given. Everything is a method of it: ax.plot, "
        "ax.set_xlabel, ax.set_ylabel, ax.legend.",
        "Make 200 points from -5 to 5 with np.linspace. Draw one line for each function, each with "
        "its label. Then name both axes and call the legend last.",
        'z = np.linspace(-5, 5, 200)\nax.plot(z, sigmoid(z), label="sigmoid")\n'
        'ax.plot(z, ____, label=____)\nax.set_xlabel("z")\nax.set_ylabel(____)\nax.legend()',
    ),
    adapter=labeled_figure,
    view=seen_in_figure,
    write=figure_in_words,
)
def plot_activations(ax):
    _plot(ax)


def _plot(
    ax,
    z=None,
    curves=(activations.sigmoid, activations.relu),
    labels=("sigmoid", "ReLU"),
    names=("z", "activation"),
    legend=True,
):
    """Draw with one thing done differently."""
    z = np.linspace(-5, 5, 200) if z is None else z
    for curve, label in zip(curves, labels):
        ax.plot(z, curve(z), label=label)
    ax.set_xlabel(names[0])
    ax.set_ylabel(names[1])
    if legend:
        ax.legend()


@plot_activations.mistake(
    "The labels are there, but nothing shows them. Call ax.legend() at the end."
)
def plot_without_legend(ax):
    _plot(ax, legend=False)


@plot_activations.mistake(
    "The legend is empty: the curves have no labels. Write ax.plot(…, label=…) for each."
)
def plot_without_labels(ax):
    _plot(ax, labels=(None, None))


@plot_activations.mistake(
    'Neither axis says what it shows. Call ax.set_xlabel("z") and ax.set_ylabel(…), with brackets '
    "and without =."
)
def plot_without_axis_labels(ax):
    _plot(ax, names=("", ""))


@plot_activations.mistake("Only the x-axis has a label. Name the y-axis too: ax.set_ylabel(…).")
def plot_without_ylabel(ax):
    _plot(ax, names=("z", ""))


@plot_activations.mistake("Only the y-axis has a label. Name the x-axis too: ax.set_xlabel(…).")
def plot_without_xlabel(ax):
    _plot(ax, names=("", "activation"))


@plot_activations.mistake(
    "Nothing is drawn on ax. plt.plot makes its own figure. Use the ax that is passed in: "
    "ax.plot(…)."
)
def plot_elsewhere(ax):
    from matplotlib.figure import Figure

    _plot(Figure().add_subplot())


@plot_activations.mistake("The labels are swapped: each curve has the other one's name.")
def plot_with_labels_swapped(ax):
    _plot(ax, labels=("ReLU", "sigmoid"))


@plot_activations.mistake(
    "np.arange(-5, 5) stops before its end, at 4. Use np.linspace(-5, 5, 200)."
)
def plot_with_arange(ax):
    _plot(ax, z=np.arange(-5, 5))


@plot_activations.mistake("Only the positive half is drawn. Start at -5: np.linspace(-5, 5, 200).")
def plot_right_half(ax):
    _plot(ax, z=np.linspace(0, 5, 200))


@plot_activations.mistake("The ReLU curve is missing. Draw a second line with ax.plot.")
def plot_sigmoid_only(ax):
    _plot(ax, curves=(activations.sigmoid,))


@plot_activations.mistake("The sigmoid curve is missing. Draw a second line with ax.plot.")
def plot_relu_only(ax):
    _plot(ax, curves=(activations.relu,), labels=("ReLU",))


@plot_activations.mistake("The slopes are drawn in place of the functions.")
def plot_slopes(ax):
    _plot(ax, curves=(activations.sigmoid_derivative, activations.relu_derivative))


@plot_activations.mistake("The curve called sigmoid is tanh: it goes below 0. Draw sigmoid(z).")
def plot_tanh(ax):
    _plot(ax, curves=(np.tanh, activations.relu))


@plot_activations.mistake("The power of the sigmoid has the wrong sign, so the curve falls.")
def plot_falling_sigmoid(ax):
    _plot(ax, curves=(lambda z: activations.sigmoid(-z), activations.relu))


@plot_activations.mistake(
    "x and y are swapped, so the curves lie on their side. ax.plot takes z first, then the value."
)
def plot_sideways(ax):
    z = np.linspace(-5, 5, 200)
    ax.plot(activations.sigmoid(z), z, label="sigmoid")
    ax.plot(activations.relu(z), z, label="ReLU")
    ax.set(xlabel="z", ylabel="activation")
    ax.legend()


@plot_activations.mistake(
    "ax.plot got the values alone, so it counted the points 0, 1, 2, … along the x-axis. "
    "Give it z first: ax.plot(z, …)."
)
def plot_without_z(ax):
    z = np.linspace(-5, 5, 200)
    ax.plot(activations.sigmoid(z), label="sigmoid")
    ax.plot(activations.relu(z), label="ReLU")
    ax.set(xlabel="z", ylabel="activation")
    ax.legend()


@plot_activations.mistake(
    "Each point is a line of its own, and one point is no line. Give ax.plot whole arrays: all of "
    "z, and the values there, without a loop."
)
def plot_point_by_point(ax):
    for z in range(-5, 6):
        ax.plot(z, activations.sigmoid(z), label="sigmoid")
        ax.plot(z, activations.relu(z), label="ReLU")
    ax.set(xlabel="z", ylabel="activation")
    ax.legend()


@plot_activations.mistake(
    "Dots are drawn in place of lines. ax.plot(…) joins the points to a line; it takes the same z "
    "and values as ax.scatter."
)
def plot_dots(ax):
    z = np.linspace(-5, 5, 200)
    for function, label in ((activations.sigmoid, "sigmoid"), (activations.relu, "ReLU")):
        ax.scatter(z, function(z), label=label)
    ax.set(xlabel="z", ylabel="activation")
    ax.legend()


def _plot_with_method(ax, name):
    z = np.linspace(-5, 5, 200)
    ax.plot(z, activations.sigmoid(z), label="sigmoid")
    ax.plot(z, activations.relu(z), label="ReLU")
    getattr(ax, name)("z")


@plot_activations.mistake(
    "xlabel belongs to plt. On ax, names are set with set_: ax.set_xlabel(…), ax.set_ylabel(…)."
)
def plot_with_plt_names(ax):
    _plot_with_method(ax, "xlabel")


@plot_activations.mistake("ylabel belongs to plt. On ax it is called set_ylabel: ax.set_ylabel(…).")
def plot_with_plt_ylabel(ax):
    _plot_with_method(ax, "ylabel")


@plot_activations.mistake("The label of each curve names both functions. Give each its own name.")
def plot_with_both_names(ax):
    _plot(ax, labels=("sigmoid and ReLU", "sigmoid and ReLU"))


@plot_activations.mistake(
    "The names are shifted by one curve. A list in ax.legend([…]) goes to the lines in the order "
    "drawn, helper lines too. Give each curve its label=… and call ax.legend()."
)
def plot_with_a_line_before_the_legend(ax):
    z = np.linspace(-5, 5, 200)
    ax.axhline(0)
    ax.plot(z, activations.sigmoid(z))
    ax.plot(z, activations.relu(z))
    ax.set(xlabel="z", ylabel="activation")
    ax.legend(["sigmoid", "ReLU"])


@plot_activations.variant
def plot_with_a_legend_of_the_figure(ax):
    _plot(ax, legend=False)
    ax.figure.legend()


@plot_activations.variant
def plot_other_way(ax):
    z = np.arange(-5, 5, 0.1)
    ax.axhline(0, color="gray", linestyle="--")
    ax.axvline(0, color="gray", linestyle="--")
    ax.plot(z, np.maximum(0, z), label="RELU, max(0, z)")
    ax.plot(z, by_tanh(z), label="The Sigmoid", linewidth=3)
    ax.set(xlabel="input", ylabel="output", title="two functions", xlim=(-5, 5))
    ax.legend(loc="upper left")
    return ax


@plot_activations.variant
def plot_with_names_in_the_legend(ax):
    z = np.linspace(8, -8, 41)
    ax.plot(z, activations.sigmoid(z), z, activations.relu(z))
    ax.set_xlabel("$z$")
    ax.set_ylabel("$a$")
    ax.legend(["sigmoid", "ReLU"])


@plot_activations.variant
def plot_with_handles(ax):
    z = np.linspace(-5, 5, 11).tolist()
    first = ax.plot(z, [float(by_tanh(np.array(v))) for v in z])[0]
    second = ax.plot(z, [max(0, v) for v in z])[0]
    ax.set(xlabel="z", ylabel="value")
    ax.legend([second, first], ["relu(z)", "sigmoid(z)"])


@plot_activations.variant
def plot_more_than_asked(ax):
    z = np.linspace(-6, 6, 100)
    ax.plot(z, np.tanh(z), label="tanh")
    ax.plot(z, activations.leaky_relu(z, 0.1), label="leaky ReLU")
    _plot(ax)
