"""Learning rates that change over the epochs, which count from 0."""

import math

from helpers.reference import _validate


def step_decay(lr: float, epoch: int, drop: float = 0.5, every: int = 10) -> float:
    """Multiply the learning rate by ``drop`` every so many epochs.

    Parameters
    ----------
    lr : float, above 0, the rate at epoch 0
    epoch : int, from 0
    drop : float, above 0
    every : int, at least 1

    Returns
    -------
    float, lr·drop^(epoch // every)

    Raises
    ------
    ValueError
        If a rate, a factor or a count is out of range.

    Examples
    --------
    >>> [step_decay(0.1, epoch) for epoch in (0, 9, 10, 20)]
    [0.1, 0.1, 0.05, 0.025]
    """
    lr = _validate.positive("lr", lr)
    epoch = _validate.from_zero("epoch", epoch)
    drop = _validate.positive("drop", drop)
    return lr * drop ** (epoch // _validate.positive_int("every", every))


def cosine_decay(lr: float, epoch: int, epochs: int, floor: float = 0.0) -> float:
    """Glide from ``lr`` down to ``floor`` along half a cosine wave.

    Parameters
    ----------
    lr : float, above 0, the rate at epoch 0
    epoch : int, from 0
    epochs : int, at least 1, when the floor is reached
    floor : float, at least 0

    Returns
    -------
    float, floor + (lr − floor)(1 + cos(π·epoch / epochs)) / 2

    Raises
    ------
    ValueError
        If a rate or a count is out of range.

    Notes
    -----
    Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts" (2017).

    Examples
    --------
    >>> [round(cosine_decay(0.1, epoch, 10), 3) for epoch in (0, 5, 10)]
    [0.1, 0.05, 0.0]
    """
    lr = _validate.positive("lr", lr)
    floor = _validate.not_negative("floor", floor)
    turn = math.pi * _validate.from_zero("epoch", epoch) / _validate.positive_int("epochs", epochs)
    return floor + (lr - floor) * (1 + math.cos(turn)) / 2
