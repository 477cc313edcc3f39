"""The gradients of one sigmoid neuron."""

import numpy as np

from helpers.checks.cases import hundredths
from helpers.checks.exercise import Case, exercise
from helpers.exercises.m05_backpropagation._cases import averaged_gradients, labels, mean_row
from helpers.reference.activations import sigmoid, sigmoid_derivative


def neuron_batches(rng: np.random.Generator) -> list[Case]:
    """Make batches for one neuron; one has a single row, one neurons that are almost certain."""
    cases = [
        (hundredths(rng, m, n), labels(rng, m), hundredths(rng, n, 1), hundredths(rng, 1, 1))
        for m, n in ((5, 3), (7, 2), (2, 4))
    ]
    one = np.array([[0.5, 0.8, 0.2]]), np.array([[1]])
    sure = np.array([[12.0], [-9.0], [0.0], [3.0], [-30.0]]), labels(rng, 5)
    return [
        *cases,
        (*one, np.array([[0.1], [-0.2], [0.4]]), np.array([[0.3]])),
        (*sure, np.array([[1.0]]), np.array([[0.5]])),
        # As many rows as inputs: products in a wrong order fit here, and nowhere else.
        (hundredths(rng, 3, 3), labels(rng, 3), hundredths(rng, 3, 1), hundredths(rng, 1, 1)),
    ]


@exercise(
    "5.3",
    "the gradients of one sigmoid neuron",
    cases=neuron_batches,
    whole=("X",),
    hints=(
        "First the forward pass: z, then a. Then one error for each row, a column (m, 1). Last, "
        "each input collects the errors of all rows.",
        "dz = (a − y) · a · (1 − a) for each row;  dw = Xᵀ dz / m;  db = mean of dz, shape (1, 1)",
        "dz = (a - y) * a * (1 - a)\n"
        "return X.T @ «dz» / len(X), np.mean(dz, axis=0, keepdims=True)",
    ),
    returns=("dw", "db"),
    parts=("dw", "db"),
)
def neuron_gradients(X, y, w, b):
    return _neuron(X, y, w, b)


def _row_error(a, y, _z):
    return (a - y) * a * (1 - a)


def _neuron(X, y, w, b, error=_row_error, gather=averaged_gradients, activation=sigmoid):
    z = X @ w + b
    return gather(X, error(activation(z), y, z))


@neuron_gradients.mistake(
    "Both gradients are m times too large: average over the rows, divide by len(X)."
)
def neuron_summed(X, y, w, b):
    return _neuron(X, y, w, b, gather=lambda X, d: (X.T @ d, d.sum(axis=0, keepdims=True)))


@neuron_gradients.mistake(
    "dw is m times too large: the matrix product sums over the rows. Divide it by len(X)."
)
def neuron_dw_summed(X, y, w, b):
    return _neuron(X, y, w, b, gather=lambda X, d: (X.T @ d, d.mean(axis=0, keepdims=True)))


@neuron_gradients.mistake("db is m times too large: take the mean over the rows, not the sum.")
def neuron_db_summed(X, y, w, b):
    return _neuron(X, y, w, b, gather=lambda X, d: (X.T @ d / len(X), d.sum(axis=0, keepdims=True)))


@neuron_gradients.mistake(
    "The sigmoid's slope a(1 − a) is missing. a − y alone belongs to cross-entropy; here the loss "
    "is half the squared error."
)
def neuron_without_slope(X, y, w, b):
    return _neuron(X, y, w, b, error=lambda a, y, z: a - y)


@neuron_gradients.mistake(
    "Two things: the sigmoid's slope a(1 − a) is missing in both gradients, and db is a single "
    "number. It should be (1, 1), as b: axis=0, keepdims=True."
)
def neuron_without_slope_db_scalar(X, y, w, b):
    dw, db = neuron_without_slope(X, y, w, b)
    return dw, np.mean(db)


@neuron_gradients.mistake("db lacks the sigmoid's slope: average (a − y)·a·(1 − a), as for dw.")
def neuron_db_without_slope(X, y, w, b):
    a = sigmoid(X @ w + b)
    return neuron_gradients.reference(X, y, w, b)[0], np.mean(a - y, axis=0, keepdims=True)


@neuron_gradients.mistake("The error a − y is missing: only the sigmoid's slope is passed on.")
def neuron_without_error(X, y, w, b):
    return _neuron(X, y, w, b, error=lambda a, y, z: a * (1 - a))


@neuron_gradients.mistake("The sign is turned around: the slope of ½(a − y)² is a − y, not y − a.")
def neuron_sign(X, y, w, b):
    return _neuron(X, y, w, b, error=lambda a, y, z: (y - a) * a * (1 - a))


@neuron_gradients.mistake(
    "The sigmoid's slope is z(1 − z) here. The short formula takes the output: a(1 − a)."
)
def neuron_slope_of_z(X, y, w, b):
    return _neuron(X, y, w, b, error=lambda a, y, z: (a - y) * z * (1 - z))


@neuron_gradients.mistake(
    "The sigmoid is applied twice in its slope: a function of z got a. Its slope at z is a(1 − a)."
)
def neuron_slope_at_a(X, y, w, b):
    return _neuron(X, y, w, b, error=lambda a, y, z: (a - y) * sigmoid_derivative(a))


@neuron_gradients.mistake("The neuron has no sigmoid: a is z. First a = sigmoid(X @ w + b).")
def neuron_without_sigmoid(X, y, w, b):
    return _neuron(X, y, w, b, activation=lambda z: z)


@neuron_gradients.mistake("The bias is missing in the forward pass: z = X @ w + b.")
def neuron_without_bias(X, y, w, b):
    return _neuron(X, y, w, 0)


@neuron_gradients.mistake(
    "The gradients are twice too large: the ½ of the loss cancels the 2 of the square."
)
def neuron_doubled(X, y, w, b):
    return _neuron(X, y, w, b, error=lambda a, y, z: 2 * (a - y) * a * (1 - a))


@neuron_gradients.mistake(
    "The gradients are half as large as they should be: the ½ is used up by the 2 of the square."
)
def neuron_halved(X, y, w, b):
    return _neuron(X, y, w, b, error=lambda a, y, z: 0.5 * (a - y) * a * (1 - a))


@neuron_gradients.mistake(
    "The rows are not summed: the errors times X give one row for each example. dw needs the "
    "matrix product X.T @ dz, divided by m."
)
def neuron_not_gathered(X, y, w, b):
    return _neuron(X, y, w, b, gather=lambda X, d: (X * d, d.mean(axis=0, keepdims=True)))


@neuron_gradients.mistake("dw is flat, (n,). Make it a column like w, (n, 1): X.T @ dz / m is one.")
def neuron_dw_flat(X, y, w, b):
    dw, db = neuron_gradients.reference(X, y, w, b)
    return dw.ravel(), db


@neuron_gradients.mistake("dw lies on its side, (1, n). It has the shape of w: X.T @ dz / m.")
def neuron_dw_transposed(X, y, w, b):
    dw, db = neuron_gradients.reference(X, y, w, b)
    return dw.T, db


@neuron_gradients.mistake(
    "The gradient is divided by the number of inputs. Divide by the number of rows, len(X)."
)
def neuron_over_inputs(X, y, w, b):
    n = X.shape[1]
    return _neuron(X, y, w, b, gather=lambda X, d: (X.T @ d / n, d.mean(axis=0, keepdims=True)))


@neuron_gradients.mistake(
    "X @ dz does not fit: X has a row for each example. X.T has a row for each input: X.T @ dz."
)
def neuron_not_transposed(X, y, w, b):
    return _neuron(X, y, w, b, gather=lambda X, d: (X @ d / len(X), d.mean(axis=0, keepdims=True)))


@neuron_gradients.mistake(
    "np.dot(X, dz) does not fit: X has a row for each example. Transpose it: np.dot(X.T, dz)."
)
def neuron_dot_not_transposed(X, y, w, b):
    return _neuron(X, y, w, b, gather=lambda X, d: (np.dot(X, d) / len(X), np.mean(d)))


@neuron_gradients.mistake("Both gradients are divided by m twice. Once is enough.")
def neuron_averaged_twice(X, y, w, b):
    dw, db = neuron_gradients.reference(X, y, w, b)
    return dw / len(X), db / len(X)


@neuron_gradients.mistake(
    "dw is divided by m twice: averaged errors, and then averaged again. Once is enough."
)
def neuron_dw_averaged_twice(X, y, w, b):
    dw, db = neuron_gradients.reference(X, y, w, b)
    return dw / len(X), db


@neuron_gradients.mistake("db is a single number. b is (1, 1): use axis=0 and keepdims=True.")
def neuron_db_scalar(X, y, w, b):
    dw, db = neuron_gradients.reference(X, y, w, b)
    return dw, db.item()


@neuron_gradients.mistake("db lost a dimension, (1,). Add keepdims=True: then it is (1, 1), as b.")
def neuron_db_flat(X, y, w, b):
    dw, db = neuron_gradients.reference(X, y, w, b)
    return dw, db.ravel()


@neuron_gradients.mistake(
    "db has one entry for each row. A neuron has one bias: average over axis 0."
)
def neuron_db_by_row(X, y, w, b):
    return _neuron(X, y, w, b, gather=lambda X, d: (X.T @ d / len(X), d))


@neuron_gradients.mistake(
    "One of a and y was flattened, so their difference is an (m, m) table of all pairs. Keep both "
    "as columns, (m, 1)."
)
def neuron_all_pairs(X, y, w, b):
    return _neuron(X, y, w, b, error=lambda a, y, z: (a.ravel() - y) * a.ravel() * (1 - a.ravel()))


@neuron_gradients.mistake("Return two gradients: dw, and also db.")
def neuron_dw_only(X, y, w, b):
    return neuron_gradients.reference(X, y, w, b)[0]


@neuron_gradients.mistake("The two are swapped: dw comes first, then db.")
def neuron_swapped(X, y, w, b):
    return neuron_gradients.reference(X, y, w, b)[::-1]


@neuron_gradients.mistake(
    "These are the slopes of the single rows. Average over the rows: X.T @ dz / m for dw, and the "
    "mean of dz for db."
)
def neuron_row_by_row(X, y, w, b):
    return _neuron(X, y, w, b, gather=lambda X, d: (X * d, d))


@neuron_gradients.mistake(
    "Both gradients are m times too large, and db is a single number. Divide by len(X), and keep "
    "db as (1, 1): axis=0, keepdims=True."
)
def neuron_summed_to_a_number(X, y, w, b):
    return _neuron(X, y, w, b, gather=lambda X, d: (X.T @ d, d.sum()))


@neuron_gradients.mistake(
    "The error is squared. The square belongs to the loss; its slope contains a − y once."
)
def neuron_error_squared(X, y, w, b):
    return _neuron(X, y, w, b, error=lambda a, y, z: (a - y) ** 2 * a * (1 - a))


@neuron_gradients.mistake(
    "dw is one number: np.mean mixes all weights. Divide the column X.T @ dz by m instead."
)
def neuron_dw_one_number(X, y, w, b):
    return _neuron(X, y, w, b, gather=lambda X, d: (np.mean(X.T @ d), mean_row(d)))


def _with_sums(z):
    """Make gradients from a forward pass that went another way."""

    def gradients(X, y, w, b):
        return averaged_gradients(X, _row_error(sigmoid(z(X, w) + b), y, None))

    return gradients


@neuron_gradients.mistake(
    "The forward pass does not fit: with one example per row it is X @ w + b, not w.T @ X + b."
)
def neuron_in_columns(X, y, w, b):
    return _with_sums(lambda X, w: w.T @ X)(X, y, w, b)


@neuron_gradients.mistake(
    "np.dot(w.T, X) does not fit: with one example per row, X comes first. np.dot(X, w) + b."
)
def neuron_dot_in_columns(X, y, w, b):
    return _with_sums(lambda X, w: np.dot(w.T, X))(X, y, w, b)


@neuron_gradients.mistake(
    "A column stands left of X, where it does not fit. The forward pass is X @ w + b, and the way "
    "back X.T @ dz."
)
def neuron_weights_first(X, y, w, b):
    return _with_sums(lambda X, w: w @ X)(X, y, w, b)


@neuron_gradients.mistake(
    "X @ w.T does not fit: w is a column already, one weight for each input. X @ w + b."
)
def neuron_weights_transposed(X, y, w, b):
    return _with_sums(lambda X, w: X @ w.T)(X, y, w, b)


@neuron_gradients.mistake(
    "a does not depend on this X: it is a number from the text. Begin with the forward pass, "
    "a = sigmoid(X @ w + b)."
)
def neuron_without_forward_pass(X, y, w, b):
    return _neuron(X, y, w, b, activation=lambda z: sigmoid(np.array(0.27)))


@neuron_gradients.mistake("Half of the sigmoid's slope is missing: it is a(1 − a), not a alone.")
def neuron_half_a_slope(X, y, w, b):
    return _neuron(X, y, w, b, error=lambda a, y, z: (a - y) * a)


@neuron_gradients.mistake(
    "The sigmoid's slope lacks its parentheses: … * a * 1 - a subtracts a at the end. Write "
    "a * (1 - a)."
)
def neuron_slope_without_parentheses(X, y, w, b):
    return _neuron(X, y, w, b, error=lambda a, y, z: (a - y) * a * 1 - a)


@neuron_gradients.mistake(
    "All gradients are 0. The sigmoid's slope is a * (1 - a), of the output a and with "
    "parentheses: a * 1 - a is 0, and so is y * (1 - y)."
)
def neuron_of_zeros(X, y, w, b):
    return _neuron(X, y, w, b, error=lambda a, y, z: 0 * a)


@neuron_gradients.mistake(
    "Both gradients are divided by the number of inputs. Divide by the number of rows, len(X)."
)
def neuron_all_over_inputs(X, y, w, b):
    n = X.shape[1]
    return _neuron(X, y, w, b, gather=lambda X, d: (X.T @ d / n, d.sum(axis=0, keepdims=True) / n))


@neuron_gradients.mistake(
    "Both sums over the rows are divided by 2, whatever the batch. Divide by the number of rows, "
    "len(X)."
)
def neuron_over_two(X, y, w, b):
    return _neuron(X, y, w, b, gather=lambda X, d: (X.T @ d / 2, d.sum(axis=0, keepdims=True) / 2))


@neuron_gradients.mistake(
    "db is divided by m twice. Where the errors already carry 1/m, db is their sum."
)
def neuron_db_averaged_twice(X, y, w, b):
    dw, db = neuron_gradients.reference(X, y, w, b)
    return dw, db / len(X)


@neuron_gradients.mistake(
    "np.dot with a column left of X does not fit. The forward pass is np.dot(X, w) + b."
)
def neuron_dot_weights_first(X, y, w, b):
    return _with_sums(lambda X, w: np.dot(w, X))(X, y, w, b)


@neuron_gradients.mistake(
    "dz @ X does not fit: dz is a column. Each input collects the errors of all rows: X.T @ dz."
)
def neuron_errors_first(X, y, w, b):
    return _neuron(X, y, w, b, gather=lambda X, d: (d @ X / len(X), mean_row(d)))


@neuron_gradients.mistake("The sigmoid's slope is a(1 − a). Its factor a is missing.")
def neuron_other_half_of_the_slope(X, y, w, b):
    return _neuron(X, y, w, b, error=lambda a, y, z: (a - y) * (1 - a))


@neuron_gradients.mistake(
    "dw is divided by 2, whatever the batch. Divide by the number of rows, len(X)."
)
def neuron_dw_over_two(X, y, w, b):
    return _neuron(X, y, w, b, gather=lambda X, d: (X.T @ d / 2, mean_row(d)))


@neuron_gradients.variant
def neuron_in_chain_rule_steps(X, y, w, b):
    a = 1 / (1 + np.exp(-(np.dot(X, w) + b)))
    dL_da = (a - y) / len(y)
    dL_dz = dL_da * (a - a**2)
    return np.dot(X.T, dL_dz), np.sum(dL_dz, axis=0, keepdims=True)


@neuron_gradients.variant
def neuron_by_means(X, y, w, b):
    dz = _row_error(sigmoid(X @ w + b), y, None)
    return np.mean(X * dz, axis=0)[:, None], [[np.mean(dz)]]


@neuron_gradients.variant
def neuron_with_a_loop(X, y, w, b):
    dw, db = np.zeros_like(w), np.zeros_like(b)
    for x, target in zip(X, y, strict=True):
        a = sigmoid(x @ w[:, 0] + b[0, 0])
        slope = (a - target[0]) * a * (1 - a)
        dw += (slope * x)[:, None] / len(X)
        db += slope / len(X)
    return dw, db
