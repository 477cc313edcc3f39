"""One step of RMSprop."""

import numpy as np

from helpers.checks.cases import hundredths
from helpers.checks.exercise import Case, exercise
from helpers.reference.optimizers import adagrad_step


def running_sizes(rng: np.random.Generator) -> list[Case]:
    """Make weights, gradients and running means of squares, with zeros and tiny numbers."""

    def three(*shape: int) -> tuple[np.ndarray, ...]:
        return hundredths(rng, *shape), hundredths(rng, *shape), np.abs(hundredths(rng, *shape))

    tiny = np.array([0.5, -1.0, 2.0]), np.array([0.0, 1e-7, -1e-5]), np.zeros(3)
    return [
        (*three(5), 0.1, 0.8, 0.01),
        (*tiny, 0.1),
        (*three(7), 0.02, 0.5),
        (*three(5), 0.1),
        (*three(4, 3), 0.1, 0.99, 0.25),
        (np.array([1.0, -2.0]), np.zeros(2), np.array([4.0, 0.0]), 0.5, 0.75),
        (np.array([1.0, -2.0]), np.array([3.0, -0.5]), np.zeros(2), 0.25),
        (np.array(1.5), np.array(-0.5), np.array(2.25), 0.2, 0.0, 0.5),
    ]


@exercise(
    "7.6",
    "one step of RMSprop",
    cases=running_sizes,
    whole=("w",),
    hints=(
        "First update the running mean s of the squared gradients. Then divide the step by its "
        "square root.",
        "s ← ρ·s + (1 − ρ)·g², then w ← w − lr·g / (√s + ε), with ε outside the root",
        "s = rho * s + (1 - rho) * g**2\nreturn w - lr * g / (np.sqrt(«s») + eps), s",
    ),
    returns=("w", "s"),
    parts=("s", "w"),
    settings=("lr",),
)
def rmsprop_step(w, g, s, lr, rho=0.9, eps=1e-8):
    s = rho * s + (1 - rho) * g**2
    return w - lr * g / (np.sqrt(s) + eps), s


@rmsprop_step.mistake("eps stands inside the root. Add it after: np.sqrt(s) + eps.")
def eps_in_the_root(w, g, s, lr, rho=0.9, eps=1e-8):
    s = rho * s + (1 - rho) * g**2
    return w - lr * g / np.sqrt(s + eps), s


@rmsprop_step.mistake(
    "eps is missing. Without it a weight whose gradients were all 0 gets 0 / 0, which is nan."
)
def without_eps(w, g, s, lr, rho=0.9, eps=1e-8):
    s = rho * s + (1 - rho) * g**2
    return w - lr * g / np.sqrt(s), s


@rmsprop_step.mistake("eps is always 1e-8 here. Use the argument.")
def eps_fixed(w, g, s, lr, rho=0.9, eps=1e-8):
    return rmsprop_step.reference(w, g, s, lr, rho)


@rmsprop_step.mistake(
    "eps is added to the result of the division. It belongs below the fraction line: "
    "g / (np.sqrt(s) + eps)."
)
def eps_after_the_division(w, g, s, lr, rho=0.9, eps=1e-8):
    s = rho * s + (1 - rho) * g**2
    return w - lr * g / np.sqrt(s) + eps, s


@rmsprop_step.mistake("The root is missing. Divide by the square root of s, plus eps.")
def without_the_root(w, g, s, lr, rho=0.9, eps=1e-8):
    s = rho * s + (1 - rho) * g**2
    return w - lr * g / (s + eps), s


@rmsprop_step.mistake(
    "The step uses the old s. Update s first, then divide by the root of the new s."
)
def old_size(w, g, s, lr, rho=0.9, eps=1e-8):
    return w - lr * g / (np.sqrt(s) + eps), rho * s + (1 - rho) * g**2


@rmsprop_step.mistake(
    "The squares are summed up. That is AdaGrad. RMSprop keeps a running mean: "
    "rho * s + (1 - rho) * g**2."
)
def sum_of_squares(w, g, s, lr, rho=0.9, eps=1e-8):
    return adagrad_step(w, g, s, lr, eps)


@rmsprop_step.mistake(
    "The factor 1 - rho is missing, so s grows beyond the squared gradients. It is a mean: "
    "rho * s + (1 - rho) * g**2."
)
def not_a_mean(w, g, s, lr, rho=0.9, eps=1e-8):
    s = rho * s + g**2
    return w - lr * g / (np.sqrt(s) + eps), s


@rmsprop_step.mistake("rho and 1 - rho are swapped: the old s keeps the share rho.")
def shares_swapped(w, g, s, lr, rho=0.9, eps=1e-8):
    return rmsprop_step.reference(w, g, s, lr, 1 - rho, eps)


@rmsprop_step.mistake("rho is always 0.9 here. Use the argument.")
def rho_fixed(w, g, s, lr, rho=0.9, eps=1e-8):
    return rmsprop_step.reference(w, g, s, lr, 0.9, eps)


@rmsprop_step.mistake("The gradient is not squared in s. It is a mean of g**2.")
def gradient_not_squared(w, g, s, lr, rho=0.9, eps=1e-8):
    s = rho * s + (1 - rho) * g
    return w - lr * g / (np.sqrt(s) + eps), s


@rmsprop_step.mistake("The square covers 1 - rho too. Square only the gradient: (1 - rho) * g**2.")
def share_squared_too(w, g, s, lr, rho=0.9, eps=1e-8):
    s = rho * s + ((1 - rho) * g) ** 2
    return w - lr * g / (np.sqrt(s) + eps), s


@rmsprop_step.mistake("The step goes uphill. Subtract it from w.")
def rmsprop_uphill(w, g, s, lr, rho=0.9, eps=1e-8):
    new, s = rmsprop_step.reference(w, g, s, lr, rho, eps)
    return 2 * w - new, s


@rmsprop_step.mistake("The learning rate is not used. The step is lr * g / (√s + eps).")
def rmsprop_without_lr(w, g, s, lr, rho=0.9, eps=1e-8):
    return rmsprop_step.reference(w, g, s, 1.0, rho, eps)


@rmsprop_step.mistake(
    "The gradient is missing above the fraction line, so the step has no direction."
)
def without_direction(w, g, s, lr, rho=0.9, eps=1e-8):
    s = rho * s + (1 - rho) * g**2
    return w - lr / (np.sqrt(s) + eps), s


@rmsprop_step.mistake(
    "The step is multiplied by the root. Divide by it: large gradients are slowed."
)
def multiplied_by_the_root(w, g, s, lr, rho=0.9, eps=1e-8):
    s = rho * s + (1 - rho) * g**2
    return w - lr * g * (np.sqrt(s) + eps), s


@rmsprop_step.mistake(
    "This is a plain step of gradient descent. Divide it by the root of the new s, plus eps."
)
def plain_step(w, g, s, lr, rho=0.9, eps=1e-8):
    return w - lr * g, rho * s + (1 - rho) * g**2


@rmsprop_step.mistake(
    "One number s is kept for all weights together. Each weight has its own: leave out the sum "
    "or mean over the gradient."
)
def one_size_for_all(w, g, s, lr, rho=0.9, eps=1e-8):
    s = rho * s + (1 - rho) * np.mean(g**2)
    return w - lr * g / (np.sqrt(s) + eps), s


@rmsprop_step.mistake(
    "The squared gradients of all weights are added up. Each weight has its own s: "
    "leave out the sum."
)
def squares_added_up(w, g, s, lr, rho=0.9, eps=1e-8):
    s = rho * s + (1 - rho) * np.sum(g**2)
    return w - lr * g / (np.sqrt(s) + eps), s


@rmsprop_step.mistake(
    "The old s is forgotten. The new s keeps the share rho of it: rho * s + (1 - rho) * g**2."
)
def size_forgotten(w, g, s, lr, rho=0.9, eps=1e-8):
    return rmsprop_step.reference(w, g, 0 * s, lr, rho, eps)


@rmsprop_step.mistake(
    "rho is always 0.9 and eps always 1e-8. Use the arguments, not their default values."
)
def rmsprop_defaults(w, g, s, lr, rho=0.9, eps=1e-8):
    return rmsprop_step.reference(w, g, s, lr)


@rmsprop_step.mistake("The old s came back instead of the new one. The next step needs the new s.")
def old_size_returned(w, g, s, lr, rho=0.9, eps=1e-8):
    return rmsprop_step.reference(w, g, s, lr, rho, eps)[0], s


@rmsprop_step.mistake("Only the new weights came back. The next step needs s too: return w, s.")
def rmsprop_weights_alone(w, g, s, lr, rho=0.9, eps=1e-8):
    return rmsprop_step.reference(w, g, s, lr, rho, eps)[0]


@rmsprop_step.mistake("The two are swapped: return w, s.")
def size_first(w, g, s, lr, rho=0.9, eps=1e-8):
    return rmsprop_step.reference(w, g, s, lr, rho, eps)[::-1]


@rmsprop_step.mistake("In Python a square is written g**2. The sign ^ means something else.")
def caret_for_a_square(w, g, s, lr, rho=0.9, eps=1e-8):
    return rho * s + (1 - rho) * (g ^ 2)


@rmsprop_step.variant
def rmsprop_with_g_times_g(w, g, s, lr, rho=0.9, eps=1e-8):
    s = (1 - rho) * g * g + rho * s
    return w - g * (lr / (eps + s**0.5)), s


@rmsprop_step.variant
def rmsprop_moving_toward(w, g, s, lr, rho=0.9, eps=1e-8):
    s = s + (1 - rho) * (np.square(g) - s)
    return [w - np.divide(lr * g, np.sqrt(s) + eps), s]


@rmsprop_step.variant
def rmsprop_on_copies(w, g, s, lr, rho=0.9, eps=1e-8):
    s = np.array(s)
    s *= rho
    s += (1 - rho) * np.power(g, 2)
    return w + -lr * g / (np.sqrt(s) + eps), s
