"""One step of Adam."""

import math

import numpy as np

from helpers.checks.cases import hundredths
from helpers.checks.exercise import Case, exercise


def moments(rng: np.random.Generator) -> list[Case]:
    """Make first and later steps, with zeros, tiny gradients and other settings."""

    def four(*shape: int) -> tuple[np.ndarray, ...]:
        w, g, m, v = (hundredths(rng, *shape) for _ in range(4))
        return w, g, m, np.abs(v)

    w, g, _, _ = four(5)
    tiny = np.array([0.0, 1e-7, -1e-5])
    return [
        (*four(5), 2, 0.1, 0.8, 0.95, 0.01),
        (w, g, np.zeros(5), np.zeros(5), 1, 0.1),
        (*four(7), 2, 0.01),
        (*four(4, 3), 3, 0.05, 0.5),
        (*four(2, 3), 10, 0.5, 0.8, 0.9),
        (np.array([0.5, -1.0, 2.0]), tiny, np.zeros(3), np.zeros(3), 1, 0.1),
        (*four(6), 4, 0.2, 0.9, 0.99, 0.25),
        (np.array([1.0, -2.0]), np.zeros(2), np.array([0.5, 0.0]), np.array([0.25, 0.0]), 5, 0.1),
        (np.array(1.5), np.array(-0.5), np.array(0.25), np.array(0.5), 2, 0.1, 0.0, 0.5, 0.5),
    ]


@exercise(
    "7.7",
    "one step of Adam",
    cases=moments,
    whole=("w",),
    hints=(
        "Four lines: the running mean m of the gradients, the running mean v of their squares, "
        "both corrected, then the step.",
        "m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ), "
        "w ← w − lr·m̂ / (√v̂ + ε)",
        "m_hat = m / (1 - beta1**«t»)\nv_hat = v / (1 - beta2**«t»)",
    ),
    returns=("w", "m", "v"),
    parts=("m", "v", "w"),
    settings=("lr",),
)
def adam_step(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, eps)


def _adam(  # the mistakes change one part of it
    w, g, m, v, t, lr, beta1, beta2, eps,
    power1=None, power2=None, above=None, below=None,
):  # fmt: skip
    """Take a step of Adam whose corrections, numerator and denominator can be replaced."""
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t if power1 is None else power1)
    v_hat = v / (1 - beta2**t if power2 is None else power2)
    top = m_hat if above is None else above(m, m_hat)
    bottom = np.sqrt(v_hat) + eps if below is None else below(v, v_hat)
    return w - lr * top / bottom, m, v


@adam_step.mistake(
    "The correction is missing. m and v start at zero and are too small at first: divide them by "
    "1 - beta1**t and 1 - beta2**t before the step."
)
def without_correction(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, eps, power1=1, power2=1)


@adam_step.mistake("Only m is corrected. v is too small at first as well: v / (1 - beta2**t).")
def only_m_corrected(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, eps, power2=1)


@adam_step.mistake("Only v is corrected. m is too small at first as well: m / (1 - beta1**t).")
def only_v_corrected(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, eps, power1=1)


@adam_step.mistake(
    "The corrections do not depend on t: they divide by 1 - beta. Use the power: 1 - beta1**t and "
    "1 - beta2**t."
)
def correction_without_t(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, eps, 1 - beta1, 1 - beta2)


@adam_step.mistake("The corrections multiply t instead of raising to it: beta1**t, not beta1 * t.")
def times_t(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, eps, 1 - beta1 * t, 1 - beta2 * t)


@adam_step.mistake(
    "The corrections raise 1 - beta to the power t. Only beta is raised: 1 - beta1**t."
)
def power_of_the_difference(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, eps, (1 - beta1) ** t, (1 - beta2) ** t)


@adam_step.mistake("v is corrected with beta1. It takes beta2: v / (1 - beta2**t).")
def both_corrected_with_beta1(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, eps, power2=1 - beta1**t)


@adam_step.mistake("m is corrected with beta2. It takes beta1: m / (1 - beta1**t).")
def both_corrected_with_beta2(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, eps, power1=1 - beta2**t)


@adam_step.mistake(
    "The old m and v are forgotten. The new ones keep the shares beta1 and beta2 of them."
)
def moments_forgotten(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, 0 * m, 0 * v, t, lr, beta1, beta2, eps)


@adam_step.mistake(
    "beta1 is always 0.9 and beta2 always 0.999. Use the arguments, not their default values."
)
def betas_fixed(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, 0.9, 0.999, eps)


@adam_step.mistake("beta1 is always 0.9 here. Use the argument, not its default value.")
def beta1_fixed(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, 0.9, beta2, eps)


@adam_step.mistake("beta2 is always 0.999 here. Use the argument, not its default value.")
def beta2_fixed(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, 0.999, eps)


@adam_step.mistake("beta1, beta2 and eps always have their default values. Use the arguments.")
def adam_defaults(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, 0.9, 0.999, 1e-8)


@adam_step.mistake("t is counted one too far. It is already 1 in the first step: use beta1**t.")
def t_plus_one(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(
        w, g, m, v, t, lr, beta1, beta2, eps, 1 - beta1 ** (t + 1), 1 - beta2 ** (t + 1)
    )  # fmt: skip


@adam_step.mistake(
    "Here t counts from 0, and the first correction divides by 0. t is already 1 in the first step."
)
def t_minus_one(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1 ** (t - 1)), v / (1 - beta2 ** (t - 1))
    return w - lr * m_hat / (np.sqrt(v_hat) + eps), m, v


@adam_step.mistake(
    "The corrections multiply. Divide m and v by 1 - beta**t, which makes them larger."
)
def multiplied_corrections(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(
        w, g, m, v, t, lr, beta1, beta2, eps, 1 / (1 - beta1**t), 1 / (1 - beta2**t)
    )  # fmt: skip


@adam_step.mistake("The two corrections are swapped: m takes beta1, and v takes beta2.")
def corrections_swapped(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, eps, 1 - beta2**t, 1 - beta1**t)


@adam_step.mistake(
    "The corrected m and v came back. Return the uncorrected ones: the next step needs them."
)
def corrected_state(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    w, m, v = _adam(w, g, m, v, t, lr, beta1, beta2, eps)
    return w, m / (1 - beta1**t), v / (1 - beta2**t)


@adam_step.mistake("beta1 and beta2 are swapped: m keeps the share beta1, and v the share beta2.")
def betas_swapped(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta2, beta1, eps)


@adam_step.mistake("Both running means use beta1. v keeps the share beta2.")
def beta1_for_both(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta1, eps)


@adam_step.mistake("eps stands inside the root. Add it after: np.sqrt(v_hat) + eps.")
def adam_eps_in_the_root(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(
        w, g, m, v, t, lr, beta1, beta2, eps, below=lambda v, v_hat: np.sqrt(v_hat + eps)
    )  # fmt: skip


@adam_step.mistake("eps is missing. Without it a gradient of 0 gives 0 / 0, which is nan.")
def adam_without_eps(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, 0.0)


@adam_step.mistake(
    "eps is added to the result of the division. It belongs below the fraction line: "
    "m_hat / (np.sqrt(v_hat) + eps)."
)
def adam_eps_after_the_division(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    w, m, v = _adam(w, g, m, v, t, lr, beta1, beta2, 0.0)
    return w + eps, m, v


@adam_step.mistake(
    "Brackets are missing in the corrections: m / 1 - beta1**t divides by 1 only. "
    "Write m / (1 - beta1**t), and the same for v."
)
def corrections_without_brackets(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(
        w, g, m, v, t, lr, beta1, beta2, eps,
        above=lambda m, _: m - beta1**t, below=lambda v, _: np.sqrt(v - beta2**t) + eps,
    )  # fmt: skip


@adam_step.mistake("eps is always 1e-8 here. Use the argument.")
def adam_eps_fixed(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, 1e-8)


@adam_step.mistake(
    "eps is added before v is corrected. That is a shortcut of some libraries. Here: correct v, "
    "take the root, then add eps."
)
def eps_before_the_correction(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    fix = np.sqrt(1 - beta2**t)
    return _adam(
        w, g, m, v, t, lr, beta1, beta2, eps, below=lambda v, _: (np.sqrt(v) + eps) / fix
    )  # fmt: skip


@adam_step.mistake("The root comes before the correction. Correct v first, then take the root.")
def root_before_correction(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    fix = 1 - beta2**t
    return _adam(
        w, g, m, v, t, lr, beta1, beta2, eps, below=lambda v, _: np.sqrt(v) / fix + eps
    )  # fmt: skip


@adam_step.mistake("The root is missing. Divide by np.sqrt(v_hat) + eps.")
def adam_without_the_root(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, eps, below=lambda v, v_hat: v_hat + eps)


@adam_step.mistake(
    "The gradient itself stands above the fraction line. Adam moves along the corrected mean m_hat."
)
def gradient_in_the_step(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, eps, above=lambda m, m_hat: g)


@adam_step.mistake("The gradient is not squared in v. It is a running mean of g**2.")
def adam_gradient_not_squared(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g
    return w - lr * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps), m, v


@adam_step.mistake("The squares are taken of m, not of the gradient. v is a running mean of g**2.")
def squares_of_m(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * m**2
    return w - lr * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps), m, v


@adam_step.mistake("The factors 1 - beta1 and 1 - beta2 are missing in front of g and g**2.")
def adam_without_shares(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m, v = beta1 * m + g, beta2 * v + g**2
    return w - lr * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps), m, v


@adam_step.mistake("The step goes uphill. Subtract it from w.")
def adam_uphill(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, -lr, beta1, beta2, eps)


@adam_step.mistake("The learning rate is not used. The step is lr * m_hat / (√v_hat + eps).")
def adam_without_lr(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, 1.0, beta1, beta2, eps)


@adam_step.mistake(
    "The step uses the m and v of the step before. Update both first, then correct and move."
)
def old_moments(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    step = lr * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps)
    return w - step, beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2


@adam_step.mistake("The order is w, v, m. Return w, m, v.")
def moments_swapped(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    w, m, v = _adam(w, g, m, v, t, lr, beta1, beta2, eps)
    return w, v, m


@adam_step.mistake("Only the new weights came back. The next step needs m and v: return w, m, v.")
def adam_weights_alone(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, eps)[0]


@adam_step.mistake("The old m and v came back. The next step needs the new ones.")
def old_moments_returned(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return _adam(w, g, m, v, t, lr, beta1, beta2, eps)[0], m, v


@adam_step.mistake("In Python a power is written **. The sign ^ means something else.")
def adam_caret(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return w, beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * (g ^ 2)


@adam_step.mistake("A power of beta is written with ^, which means something else. Write beta1**t.")
def caret_in_the_correction(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    return w, m / (1 - (beta1 ^ t)), v


@adam_step.variant
def adam_written_out(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = m + (1 - beta1) * (g - m)
    v = v + (1 - beta2) * (g * g - v)
    return w - lr * (m / (1 - beta1**t)) / (eps + (v / (1 - beta2**t)) ** 0.5), m, v


@adam_step.variant
def adam_with_numpy(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    m = np.multiply(beta1, m) + (1 - beta1) * g
    v = np.multiply(beta2, v) + (1 - beta2) * np.square(g)
    corrected = v / (1 - np.power(beta2, t))
    rate = lr / (1 - np.power(beta1, t))
    return [w - rate * m / (np.sqrt(corrected) + eps), m, v]


@adam_step.variant
def adam_with_eps_scaled(w, g, m, v, t, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    fix = math.sqrt(1 - beta2**t)
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    return w - lr * fix / (1 - beta1**t) * m / (np.sqrt(v) + eps * fix), m, v
