"""What lies at a flat spot."""

import numpy as np

from helpers.checks.exercise import Case, exercise
from helpers.reference import surface


def _rotated(rng, curvatures):
    """Make a symmetric matrix of whole numbers with curvatures of the given signs."""
    n = len(curvatures)
    M = np.eye(n, dtype=int)
    for i in range(n):
        for j in range(i):
            M[i, j] = rng.choice([-2, -1, 1, 2])
    return M @ np.diag(curvatures) @ M.T  # Sylvester: the signs stay


def _and_one_more(matrix, curvature):
    """Add a direction to a matrix.

    Of a larger flat matrix without zeros, rounding makes the 0 positive on one processor and
    negative on another: then mistakes with its sign would be named differently.
    """
    larger = np.zeros((len(matrix) + 1, len(matrix) + 1), dtype=int)
    larger[:-1, :-1], larger[-1, -1] = matrix, curvature
    return larger


def hessians(rng: np.random.Generator) -> list[Case]:
    """Make matrices of every kind and of several sizes, and eigenvalues next to 0."""
    tiny, low, small = 2e-13, 5e-12, 1e-8
    diagonal = [[2.0, 8.0], [2.0, -2.0], [-1.0, -3.0], [2.0, 0.0], [0.0, 0.0], [-2.0, 0.0],
                [2.0, tiny], [2.0, -tiny], [-3.0, tiny], [2.0, small], [2.0, -small],
                [-1.0, -small], [1.0, 0.0, -1.0], [-1.0, -2.0, -3.0], [-1.0, -2.0, 3.0],
                [4.0], [-0.5], [1.0, 2.0, 3.0, 4.0], [5.0, 4.0, 3.0, -1.0],
                [1.0, low], [-1.0, -low], [small, -small], [1e4, 2e-9]]  # fmt: skip
    signs = [[1, 2], [1, -9], [-1, -1], [1, 0], [-1, 0], [1, 2, 1], [-1, -1, -2], [-1, -2, -1, -1],
             [1, 1, -1], [3, 0, -1], [1, 1, 2, 1, -9]]  # fmt: skip
    flat = [[1, 0], [-2, 0]]
    return [
        (np.diag([2.0, 2.0]),),
        (np.array([[1, 3], [3, 1]]),),
        (np.array([[3, 1], [1, 3]]),),
        (np.array([[3, -1], [-1, 3]]),),
        (np.array([[1, 1], [1, 1]]),),
        *((np.diag(entries),) for entries in diagonal),
        *((_rotated(rng, entries),) for entries in signs),
        *((_and_one_more(_rotated(rng, entries), entries[0]),) for entries in flat),
    ]


@exercise(
    "8.6",
    "what lies at a flat spot",
    cases=hessians,
    hints=(
        "The eigenvalues of the Hessian are the curvatures along its own directions. What do their "
        "signs say?",
        "All positive: minimum. All negative: maximum. Both signs: saddle, whatever else there is. "
        "None of these: undetermined. Those between -1e-12 and 1e-12 count as 0.",
        "e = np.linalg.eigvalsh(hessian)\nup, down = e > 1e-12, e < «-1e-12»\n"
        'if up.any() and down.any(): return "saddle"\nif up.all(): return «"minimum"»',
    ),
)
def classify_critical_point(hessian):
    return surface.classify_critical_point(hessian)


def _named(e, tolerance=1e-12):
    """Name a point after its curvatures."""
    up, down = np.asarray(e) > tolerance, np.asarray(e) < -tolerance
    if up.any() and down.any():
        return "saddle"
    if up.all():
        return "minimum"
    return "maximum" if down.all() else "undetermined"


@classify_critical_point.mistake(
    "One half of the matrix was left out, or only the diagonal looked at. What stands beside it "
    "tilts the directions: take the eigenvalues of all of hessian."
)
def critical_by_the_diagonal(hessian):
    return _named(np.diag(hessian))


@classify_critical_point.mistake(
    "The entries of the matrix were looked at. Their signs say little: take the eigenvalues."
)
def critical_by_the_entries(hessian):
    return _named(hessian.ravel())


@classify_critical_point.mistake(
    "The rule with the determinant holds for two weights only. For any size, take the eigenvalues."
)
def critical_by_the_determinant(hessian):
    d = np.linalg.det(hessian)
    if d > 1e-12:
        return "minimum" if hessian[0, 0] > 0 else "maximum"
    return "saddle" if d < -1e-12 else "undetermined"


@classify_critical_point.mistake(
    "The names are swapped: where all directions curve upward, the point is a minimum."
)
def critical_upside_down(hessian):
    return _named(-np.linalg.eigvalsh(hessian))


@classify_critical_point.mistake(
    "A flat direction leaves it open: with an eigenvalue of 0 and no negative one, the point is "
    '"undetermined". The same holds the other way round.'
)
def critical_with_flat_directions(hessian):
    e = np.linalg.eigvalsh(hessian)
    if (e >= -1e-12).all():
        return "minimum"
    return "maximum" if (e <= 1e-12).all() else "saddle"


@classify_critical_point.mistake(
    "One curvature up and one down already make a saddle, even if a third is 0. Ask for the saddle "
    "first."
)
def critical_flat_first(hessian):
    e = np.linalg.eigvalsh(hessian)
    return "undetermined" if (np.abs(e) < 1e-12).any() else _named(e)


@classify_critical_point.mistake(
    "Eigenvalues come with rounding errors. Those smaller than 1e-12 in size count as 0: compare "
    "with 1e-12 and -1e-12, not with 0."
)
def critical_without_tolerance(hessian):
    return _named(np.linalg.eigvalsh(hessian), 0)


@classify_critical_point.mistake(
    "The tolerance is too wide: an eigenvalue of 1e-8 is a true curvature. Only below 1e-12 does "
    "one count as 0."
)
def critical_with_a_wide_tolerance(hessian):
    return _named(np.linalg.eigvalsh(hessian), 1e-6)


@classify_critical_point.mistake(
    "The tolerance is a little too wide: an eigenvalue of 1e-11 is a true curvature. Compare with "
    "1e-12 and -1e-12."
)
def critical_with_a_less_wide_tolerance(hessian):
    return _named(np.linalg.eigvalsh(hessian), 1e-10)


@classify_critical_point.mistake(
    "Small eigenvalues are taken for 0 when another one is large. The tolerance is 1e-12 for every "
    "matrix: do not multiply it by the largest."
)
def critical_with_a_relative_tolerance(hessian):
    e = np.linalg.eigvalsh(hessian)
    return _named(e, 1e-12 * max(1, np.abs(e).max()))


@classify_critical_point.mistake(
    "Two small curvatures of both signs are a saddle too. Their product is smaller still: compare "
    "each one with 1e-12 or -1e-12, not the product."
)
def critical_by_the_product(hessian):
    e = np.linalg.eigvalsh(hessian)
    return "saddle" if e[0] * e[-1] < -1e-12 else _named(e) if e[0] * e[-1] > 0 else "undetermined"


@classify_critical_point.mistake(
    "One positive eigenvalue is not enough for a minimum: all must be positive. Use .all(), and "
    "ask for the saddle first."
)
def critical_by_any(hessian):
    e = np.linalg.eigvalsh(hessian)
    return "minimum" if e[-1] > 1e-12 else "maximum" if e[0] < -1e-12 else "undetermined"


@classify_critical_point.mistake(
    "One positive eigenvalue is not enough for a minimum, nor one above 0 by rounding. Use .all(), "
    "compare with 1e-12, and ask for the saddle first."
)
def critical_by_any_above_zero(hessian):
    e = np.linalg.eigvalsh(hessian)
    return "minimum" if e[-1] > 0 else "maximum" if e[0] < 0 else "undetermined"


@classify_critical_point.mistake(
    "Saddles are found, but one positive eigenvalue beside zeros is called a minimum, one negative "
    "a maximum. For those two, all must have the sign: .all()."
)
def critical_saddle_then_any(hessian):
    e = np.linalg.eigvalsh(hessian)
    up, down = e[-1] > 1e-12, e[0] < -1e-12
    return "saddle" if up and down else "minimum" if up else "maximum" if down else "undetermined"


@classify_critical_point.mistake(
    "An eigenvalue of 0 counts as a curvature here, as with >= 0 or <= 0. Then flat directions "
    "make a minimum or a maximum. Compare with > 1e-12 and < -1e-12."
)
def critical_by_at_least_zero(hessian):
    e = np.linalg.eigvalsh(hessian)
    return "minimum" if (e >= 0).all() else "maximum" if (e <= 0).all() else "saddle"


@classify_critical_point.mistake(
    "The sum of the curvatures decides here (or that of the diagonal, which is the same). Look at "
    "the sign of each eigenvalue."
)
def critical_by_the_trace_or_saddle(hessian):
    trace = np.trace(hessian)
    return "minimum" if trace > 0 else "maximum" if trace < 0 else "saddle"


@classify_critical_point.mistake(
    "One half of the matrix, or all beside the diagonal, was left out, and there is no tolerance. "
    "Take the eigenvalues, and compare with 1e-12 and -1e-12."
)
def critical_by_the_diagonal_above_zero(hessian):
    return _named(np.diag(hessian), 0)


@classify_critical_point.mistake(
    "There may be only one eigenvalue, or more than two: e[0] and e[1] will not do. e[0] is the "
    "lowest and e[-1] the highest; or use .all() and .any()."
)
def critical_by_first_and_second(hessian):
    e = np.linalg.eigvalsh(hessian)
    return _named([e[0], e[1]])


@classify_critical_point.mistake(
    "There may be one eigenvalue, or more than two: e[0] and e[1] are not all. Nor is a tiny one "
    "different from 0: compare with 1e-12."
)
def critical_by_first_and_second_above_zero(hessian):
    e = np.linalg.eigvalsh(hessian)
    return _named([e[0], e[1]], 0)


@classify_critical_point.mistake(
    "Everything that is neither a minimum nor a maximum is called a saddle, and tiny eigenvalues "
    'count. A saddle needs both signs beyond 1e-12; what is left is "undetermined".'
)
def critical_saddle_for_the_rest_above_zero(hessian):
    e = np.linalg.eigvalsh(hessian)
    return "minimum" if (e > 0).all() else "maximum" if (e < 0).all() else "saddle"


@classify_critical_point.mistake(
    "One positive eigenvalue makes a minimum here, and a saddle needs none at all. Minimum and "
    "maximum need .all(); a saddle needs one of each sign."
)
def critical_by_any_or_saddle(hessian):
    e = np.linalg.eigvalsh(hessian)
    return "minimum" if (e > 0).any() else "maximum" if (e < 0).any() else "saddle"


@classify_critical_point.mistake(
    "One half of the matrix, or all beside the diagonal, was left out, and what is left over is "
    "called a saddle. Take the eigenvalues; a saddle has both signs."
)
def critical_by_the_diagonal_or_saddle(hessian):
    e = np.diag(hessian)
    return "minimum" if (e > 0).all() else "maximum" if (e < 0).all() else "saddle"


@classify_critical_point.mistake('The fourth name is "undetermined", not "inconclusive".')
def critical_inconclusive(hessian):
    return _named(np.linalg.eigvalsh(hessian)).replace("undetermined", "inconclusive")


@classify_critical_point.mistake(
    "Negative eigenvalues have no effect here: there is never a saddle or a maximum. If small ones "
    "should count as 0, ask for the size: abs(eigenvalue) < 1e-12."
)
def critical_by_one_sided_tolerance(hessian):
    e = np.linalg.eigvalsh(hessian)
    return _named(np.where(e < 1e-12, 0, e))


@classify_critical_point.mistake(
    "The trace is the sum of the curvatures. One large one can hide a negative one: look at each."
)
def critical_by_the_trace(hessian):
    return _named([np.trace(hessian)])


@classify_critical_point.mistake("Only two eigenvalues were looked at. There may be more, or one.")
def critical_by_two_eigenvalues(hessian):
    return _named(np.linalg.eigvalsh(hessian)[:2])


@classify_critical_point.mistake(
    "Everything that is neither a minimum nor a maximum is called a saddle. A saddle needs both "
    'signs; what is left is "undetermined".'
)
def critical_saddle_for_the_rest(hessian):
    named = _named(np.linalg.eigvalsh(hessian))
    return "saddle" if named == "undetermined" else named


@classify_critical_point.mistake(
    "Everything that is neither a minimum nor a saddle is called a maximum. A maximum needs all "
    'curvatures negative; what is left is "undetermined".'
)
def critical_maximum_for_the_rest(hessian):
    named = _named(np.linalg.eigvalsh(hessian))
    return "maximum" if named == "undetermined" else named


@classify_critical_point.mistake(
    "A saddle is never found. Eigenvalues of both signs make one, whatever the others are."
)
def critical_without_saddles(hessian):
    named = _named(np.linalg.eigvalsh(hessian))
    return "undetermined" if named == "saddle" else named


@classify_critical_point.mistake('The saddle should be called "saddle", without "point".')
def critical_saddle_point(hessian):
    named = _named(np.linalg.eigvalsh(hessian))
    return "saddle point" if named == "saddle" else named


@classify_critical_point.mistake("The names are right, but they should be in small letters.")
def critical_in_capitals(hessian):
    return _named(np.linalg.eigvalsh(hessian)).capitalize()


@classify_critical_point.mistake(
    "An if asks one question, but there are several eigenvalues. Add .all() or .any()."
)
def critical_with_one_if(hessian):
    e = np.linalg.eigvalsh(hessian)
    if e > 0:
        return "minimum"
    return "maximum"


@classify_critical_point.mistake(
    "np.linalg.eigh and eig return two things: the eigenvalues and the directions. Use "
    "np.linalg.eigvalsh for the eigenvalues alone."
)
def critical_by_eigh(hessian):
    e = np.linalg.eigh(hessian)
    return "minimum" if (e > 0).all() else "maximum"


@classify_critical_point.mistake(
    "np.linalg.eig returns two things: the eigenvalues and the directions. For the eigenvalues of "
    "a symmetric matrix, use np.linalg.eigvalsh."
)
def critical_by_eig(hessian):
    e = np.linalg.eig(hessian)
    return "minimum" if (e > 0).all() else "maximum"


@classify_critical_point.mistake(
    "Whatever has no eigenvalue of exactly 0 is called a minimum. Are the brackets right? "
    "(e > 0).all() asks every eigenvalue; e.all() > 0 does not."
)
def critical_by_all_above_zero(hessian):
    e = np.linalg.eigvalsh(hessian)
    return "minimum" if e.all() else "undetermined"


@classify_critical_point.mistake(
    "The determinant decides for two weights at most, and one entry of the diagonal beside it: "
    "with three, a saddle can have a positive one. Look at the signs of all eigenvalues."
)
def by_the_determinant(hessian):
    product = np.linalg.det(hessian)
    if product > 0:
        return "minimum" if hessian[0, 0] > 0 else "maximum"
    return "saddle" if product < 0 else "undetermined"


@classify_critical_point.mistake(
    "A curvature of one sign makes a saddle here, beside one of 0. A saddle needs both signs: and, "
    "not or."
)
def either_sign_makes_a_saddle(hessian):
    e = np.linalg.eigvalsh(hessian)
    mixed = (np.abs(e) > 1e-12).any() and not ((e > 1e-12).all() or (e < -1e-12).all())
    return "saddle" if mixed else _named(e)


@classify_critical_point.variant
def critical_by_its_ends(hessian):
    e = np.linalg.eigh(hessian)[0]
    low, high = e[0], e[-1]
    if low < -1e-12 and high > 1e-12:
        return "saddle"
    if low > 1e-12:
        return "minimum"
    if high < -1e-12:
        return "maximum"
    return "undetermined"


@classify_critical_point.variant
def critical_by_signs(hessian):
    e = np.linalg.eigvals(hessian).real
    signs = {0 if abs(value) < 1e-12 else int(np.sign(value)) for value in e}
    if {1, -1} <= signs:
        return "saddle"
    return {1: "minimum", -1: "maximum"}.get(sum(signs) if 0 not in signs else 0, "undetermined")


@classify_critical_point.variant
def critical_by_counting(hessian):
    e = np.linalg.eigvalsh(hessian)
    n, up, down = len(e), int((e > 1e-12).sum()), int((e < -1e-12).sum())
    if up and down:
        return "saddle"
    return "minimum" if up == n else "maximum" if down == n else "undetermined"
