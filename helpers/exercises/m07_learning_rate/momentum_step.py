"""One step with momentum."""

import numpy as np

from helpers.checks.cases import hundredths
from helpers.checks.exercise import Case, exercise


def velocities(rng: np.random.Generator) -> list[Case]:
    """Make weights, gradients and velocities: flat ones, matrices, zeros, and single numbers."""
    cases = [
        tuple(hundredths(rng, *shape) for _ in range(3)) for shape in ((5,), (7,), (4, 3), (1, 2))
    ]
    return [
        (*cases[0], 0.1, 0.8),
        (*cases[1], 0.5),
        (*cases[2], 0.05),
        (*cases[3], 2.0, 0.0),
        (np.array([1.0, -2.0, 0.0]), np.zeros(3), np.array([0.5, 0.0, -4.0]), 0.25),
        (np.array([1.0, -2.0]), np.array([0.5, 0.25]), np.zeros(2), 0.2, 0.75),
        (np.array(1.5), np.array(-0.5), np.array(2.0), 0.2),
    ]


@exercise(
    "7.5",
    "one step with momentum",
    cases=velocities,
    whole=("w",),
    hints=(
        "First the velocity, then the step. The step uses the new velocity, not the gradient.",
        "v ← β·v + g, then w ← w − lr·v",
        "v = beta * v + g\nreturn w - lr * «v», v",
    ),
    returns=("w", "v"),
    parts=("v", "w"),
    settings=("lr",),
)
def momentum_step(w, g, v, lr, beta=0.9):
    v = beta * v + g
    return w - lr * v, v


@momentum_step.mistake(
    "The step uses the old velocity. Update v first, then move w with the new v."
)
def old_velocity(w, g, v, lr, beta=0.9):
    return w - lr * v, beta * v + g


@momentum_step.mistake("The step uses the gradient alone. w moves with the velocity: w - lr * v.")
def velocity_unused(w, g, v, lr, beta=0.9):
    return w - lr * g, beta * v + g


@momentum_step.mistake(
    "The gradient is multiplied by 1 - beta. Some books do that; here the whole gradient is added: "
    "v = beta * v + g."
)
def running_mean(w, g, v, lr, beta=0.9):
    v = beta * v + (1 - beta) * g
    return w - lr * v, v


@momentum_step.mistake(
    "The old velocity takes 1 - beta, and the gradient beta. Here v keeps the part beta, and the "
    "whole gradient is added: v = beta * v + g."
)
def running_mean_swapped(w, g, v, lr, beta=0.9):
    v = (1 - beta) * v + beta * g
    return w - lr * v, v


@momentum_step.mistake(
    "v points downhill, and lr * v is added. Some books do that; here v = beta * v + g and "
    "w = w - lr * v."
)
def downhill_velocity_without_lr(w, g, v, lr, beta=0.9):
    v = beta * v - g
    return w + lr * v, v


@momentum_step.mistake(
    "The learning rate is inside the velocity. Some books do that; here v = beta * v + g, and lr "
    "comes in when w moves."
)
def rate_in_the_velocity(w, g, v, lr, beta=0.9):
    v = beta * v + lr * g
    return w - v, v


@momentum_step.mistake(
    "The velocity points downhill and holds the learning rate. Some libraries do that; here "
    "v = beta * v + g and w = w - lr * v."
)
def downhill_velocity(w, g, v, lr, beta=0.9):
    v = beta * v - lr * g
    return w + v, v


@momentum_step.mistake(
    "The learning rate is in there twice, in the velocity and in the step. "
    "It belongs in the step only."
)
def rate_twice(w, g, v, lr, beta=0.9):
    v = beta * v + lr * g
    return w - lr * v, v


@momentum_step.mistake("The step goes uphill. Subtract lr * v.")
def momentum_uphill(w, g, v, lr, beta=0.9):
    v = beta * v + g
    return w + lr * v, v


@momentum_step.mistake("The gradient is subtracted from the velocity. Add it: v = beta * v + g.")
def gradient_subtracted(w, g, v, lr, beta=0.9):
    v = beta * v - g
    return w - lr * v, v


@momentum_step.mistake("The learning rate is not used. The step is lr * v.")
def momentum_without_lr(w, g, v, lr, beta=0.9):
    v = beta * v + g
    return w - v, v


@momentum_step.mistake(
    "beta is not used: the old velocity is kept whole, and nothing slows it down."
)
def without_friction(w, g, v, lr, beta=0.9):
    v = v + g
    return w - lr * v, v


@momentum_step.mistake("beta is always 0.9 here. Use the argument.")
def always_nine_tenths(w, g, v, lr, beta=0.9):
    return momentum_step.reference(w, g, v, lr)


@momentum_step.mistake(
    "beta multiplies the gradient instead of the old velocity: v = beta * v + g."
)
def beta_on_the_gradient(w, g, v, lr, beta=0.9):
    v = v + beta * g
    return w - lr * v, v


@momentum_step.mistake("beta multiplies the sum. Only the old velocity is multiplied by it.")
def beta_on_both(w, g, v, lr, beta=0.9):
    v = beta * (v + g)
    return w - lr * v, v


@momentum_step.mistake("The old velocity is forgotten: v is the gradient alone.")
def velocity_forgotten(w, g, v, lr, beta=0.9):
    return w - lr * g, g


@momentum_step.mistake(
    "The old velocity came back instead of the new one. The next step needs the new v."
)
def old_velocity_returned(w, g, v, lr, beta=0.9):
    new, _ = momentum_step.reference(w, g, v, lr, beta)
    return new, v


@momentum_step.mistake("The two are swapped: return w, v.")
def velocity_first(w, g, v, lr, beta=0.9):
    return momentum_step.reference(w, g, v, lr, beta)[::-1]


@momentum_step.mistake("Only the new weights came back. The next step needs v too: return w, v.")
def weights_alone(w, g, v, lr, beta=0.9):
    return momentum_step.reference(w, g, v, lr, beta)[0]


@momentum_step.mistake(
    "This looks ahead by another step of velocity (Nesterov's form). Here w = w - lr * v."
)
def nesterov(w, g, v, lr, beta=0.9):
    v = beta * v + g
    return w - lr * (g + beta * v), v


@momentum_step.variant
def momentum_in_one_line(w, g, v, lr, beta=0.9):
    return w - lr * (beta * v + g), g + v * beta


@momentum_step.variant
def momentum_with_copies(w, g, v, lr, beta=0.9):
    v = v.copy() * beta
    v += g
    w = np.array(w) - np.multiply(lr, v)
    return [w, v]


@momentum_step.variant
def momentum_from_before(w, g, v, lr, beta=0.9):
    new_v = np.add(np.multiply(beta, v), g)
    return np.subtract(w, lr * new_v), new_v
