"""Early stopping."""

import numpy as np

from helpers import reference
from helpers.checks.exercise import Case, exercise
from helpers.exercises.m06_training.behavior import watched


def courses_of_validation(rng: np.random.Generator) -> list[Case]:
    """Make validation losses that fall, tie, recover and rise; the last ones never say stop."""
    start = float(rng.integers(60, 90)) / 100
    return [
        (2, [0.75, 0.5, 0.625, 0.875, 1.0]),
        (2, [start, start - 0.25, start - 0.25, start - 0.25, start]),
        (3, [250.0, 9.5, 9.75, 10.0, 9.0, 9.5, 9.25, 9.0, 9.125]),
        (1, [start, start - 0.25, start - 0.125, start]),
        (4, [start, start + 0.5, start + 0.375, start + 0.25, start + 0.125, start + 0.5]),
        (5, [0.75, 0.5, 0.25]),
        (3, [0.5, 0.4997, 0.4994, 0.4991, 0.4988, 0.4985, 0.499, 0.499, 0.4995]),
        (2, [0.5, 0.499999, 0.499998, 0.499997, 0.5, 0.5]),
    ]


@exercise(
    "6.6",
    "early stopping",
    cases=courses_of_validation,
    hints=(
        "Remember three things from one update to the next: the best loss, a copy of the params "
        "that went with it, and how many updates in a row were no better.",
        "better (strictly below the best): remember loss and params, count = 0; otherwise count "
        "+= 1. Return count ≥ patience.",
        "if val_loss < self.best_loss:\n    self.best_loss = val_loss\n"
        "    self.best_params = copy.deepcopy(«params»)\n    self.waited = «0»\nelse:\n"
        "    self.waited += 1\nreturn self.waited >= «self.patience»",
    ),
    adapter=watched,
    parts=("it stops after", "then, at a worse loss", "to go on it returns", "best_params"),
)
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss, self.best_params, self.waited = np.inf, None, 0

    def better(self, val_loss):
        return val_loss < self.best_loss

    def kept(self, params):
        return {key: P.copy() for key, P in params.items()}

    def update(self, val_loss, params):
        if self.better(val_loss):
            self.best_loss, self.best_params, self.waited = val_loss, self.kept(params), 0
        else:
            self.waited += 1
        return self.waited >= self.patience


_Right = EarlyStopping.reference


@EarlyStopping.mistake(
    "best_params changes with the caller's arrays: it is no copy, or a copy of the dict alone, "
    "which shares the arrays. Copy every array: copy.deepcopy(params)."
)
class KeepsAReference(_Right):
    def kept(self, params):
        return params


class _LastKept(_Right):
    def update(self, val_loss, params):
        stop = super().update(val_loss, params)
        self.best_params = _Right.kept(self, params)
        return stop


@EarlyStopping.mistake(
    "best_params are those of the last update. Store them only where the loss is better than the "
    "best one so far."
)
class KeepsTheLast(_LastKept):
    pass


@EarlyStopping.mistake(
    "It stops one update too late. After exactly patience updates without a better loss, return "
    "True: compare with >=."
)
class OneTooLate(_Right):
    def update(self, val_loss, params):
        super().update(val_loss, params)
        return self.waited > self.patience


@EarlyStopping.mistake(
    "It stops one update too early, unless patience is 1. Return True after exactly patience "
    "updates in a row without a better loss."
)
class OneTooEarly(_Right):
    def update(self, val_loss, params):
        super().update(val_loss, params)
        return self.waited >= max(self.patience - 1, 1)


@EarlyStopping.mistake(
    "A better loss is counted as waiting too. After it the count is 0, not 1: count only where the "
    "loss is no better."
)
class CountsTheBetter(_Right):
    def update(self, val_loss, params):
        if self.better(val_loss):
            self.best_loss, self.best_params, self.waited = val_loss, self.kept(params), 0
        self.waited += 1
        return self.waited >= self.patience


@EarlyStopping.mistake(
    "It stops after patience updates in all, better ones too. Count only those that are no better, "
    "in a row."
)
class CountsEveryUpdate(_Right):
    def __init__(self, patience):
        super().__init__(patience)
        self.seen = 0

    def update(self, val_loss, params):
        super().update(val_loss, params)
        self.seen += 1
        return self.seen >= self.patience


@EarlyStopping.mistake(
    "It always waits for 3 updates, whatever patience is. Keep it: self.patience = patience."
)
class WaitsForThree(_Right):
    def __init__(self, patience):
        super().__init__(3)


@EarlyStopping.mistake(
    "It always waits for 5 updates, whatever patience is. Keep it: self.patience = patience."
)
class WaitsForFive(_Right):
    def __init__(self, patience):
        super().__init__(5)


@EarlyStopping.mistake(
    "It says stop only once, where the count equals patience. At the next loss, no better, it is "
    "still enough: compare with >=."
)
class StopsOnce(_Right):
    def update(self, val_loss, params):
        super().update(val_loss, params)
        return self.waited == self.patience


@EarlyStopping.mistake(
    "At the stop the count begins anew. At the next loss, no better, it is still enough: only a "
    "better loss sets the count back."
)
class CountsAnewAtTheStop(_Right):
    def update(self, val_loss, params):
        stop = super().update(val_loss, params)
        if stop:
            self.waited = 0
        return stop


@EarlyStopping.mistake(
    "A fall of 0.0003 is not taken as better. Any strictly smaller loss is: val_loss < best, with "
    "no margin."
)
class WithAMargin(_Right):
    def better(self, val_loss):
        return val_loss < self.best_loss - 0.01


@EarlyStopping.mistake(
    "A fall of a millionth is not taken as better. Any strictly smaller loss is: val_loss < best, "
    "with no margin and no rounding."
)
class WithASmallMargin(_Right):
    def better(self, val_loss):
        return val_loss < self.best_loss - 1e-4


@EarlyStopping.mistake(
    "One object knows what another has seen: its numbers belong to the class. Set them in __init__ "
    "with self: self.best_loss = np.inf."
)
class SharesItsNumbers(_Right):
    def __init__(self, patience):
        super().__init__(patience)
        self.best_loss = -np.inf
        self.best_params = {"W1": np.zeros((1, 2)), "b1": np.zeros((1, 1))}


@EarlyStopping.mistake(
    "The parameters of update are swapped: def update(self, val_loss, params), the loss first."
)
class UpdateSwapped(_Right):
    def update(self, params, val_loss):
        return super().update(val_loss, params)


@EarlyStopping.mistake(
    "Where the first loss stays the best, its parameters are missing. Keep a copy of them at the "
    "first update, too."
)
class FirstWithoutParams(_Right):
    def kept(self, params):
        return None if self.best_loss == np.inf else _Right.kept(self, params)


@EarlyStopping.mistake(
    "The count is never set back. A better loss starts the waiting anew: set it to 0 there."
)
class CountsAll(_Right):
    def update(self, val_loss, params):
        waited = self.waited
        super().update(val_loss, params)
        self.waited = max(waited, self.waited)
        return self.waited >= self.patience


@EarlyStopping.mistake(
    "An equal loss counts as an improvement here. Only a strictly smaller one does: val_loss < "
    "best."
)
class TiesAreBetter(_Right):
    def better(self, val_loss):
        return val_loss <= self.best_loss


@EarlyStopping.mistake(
    "update never says stop: it returns None or False every time. End it with a return: True "
    "once the count has reached patience, otherwise False."
)
class NeverAnswers(_Right):
    def update(self, val_loss, params):
        super().update(val_loss, params)


@EarlyStopping.mistake(
    "The first loss already says stop. update answers the question: have patience updates in a "
    "row brought nothing better? It is not: is this one better?"
)
class AnswersTheOpposite(_Right):
    def update(self, val_loss, params):
        return not super().update(val_loss, params)


@EarlyStopping.mistake(
    "Each loss is compared with the one before it. Compare with the best one so far: a small "
    "recovery is no new best."
)
class ComparesWithTheLast(_Right):
    def update(self, val_loss, params):
        stop = super().update(val_loss, params)
        self.best_loss = val_loss
        return stop


@EarlyStopping.mistake(
    "A larger loss counts as better. Losses should be small: start at np.inf, and compare with <."
)
class LargerIsBetter(_Right):
    def __init__(self, patience):
        super().__init__(patience)
        self.best_loss = -np.inf

    def better(self, val_loss):
        return val_loss > self.best_loss


@EarlyStopping.mistake(
    "Nothing is ever better than the best loss: does it start at 0? Start at np.inf, so that the "
    "first loss is always better."
)
class StartsAtZero(_Right):
    def __init__(self, patience):
        super().__init__(patience)
        self.best_loss = 0


@EarlyStopping.mistake(
    "The best loss starts too low: a first loss of 250 is not accepted. Start at np.inf."
)
class StartsAtOne(_Right):
    def __init__(self, patience):
        super().__init__(patience)
        self.best_loss = 1.0


@EarlyStopping.mistake(
    "The best loss stays the first one, so anything below it counts as better. Store the new best "
    "loss, too."
)
class BestNeverMoves(_Right):
    def update(self, val_loss, params):
        best = self.best_loss
        stop = super().update(val_loss, params)
        self.best_loss = best if np.isfinite(best) else self.best_loss
        return stop


@EarlyStopping.mistake(
    "best_params stays None. Where the loss is better, store a copy: self.best_params = ..., with "
    "the self."
)
class KeepsNothing(_Right):
    def kept(self, params):
        return None


@EarlyStopping.mistake(
    "It stops at the first loss that is no better. Wait for patience of them in a row."
)
class WithoutPatience(_Right):
    def update(self, val_loss, params):
        super().update(val_loss, params)
        return self.waited > 0


@EarlyStopping.mistake(
    "A call of update does not know what the calls before it found. Keep in the object what must "
    "last, and change it there: self.waited, self.best_loss."
)
class ForgetsEverything(_Right):
    def update(self, val_loss, params):
        self.best_loss, self.waited = np.inf, 0
        return super().update(val_loss, params)


@EarlyStopping.mistake(
    "Inside a method the object's own things are reached through self: self.best_loss, not "
    "best_loss."
)
class ForgetsSelf(_Right):
    def update(self, val_loss, params):
        return not val_loss < best_loss  # noqa: F821


@EarlyStopping.mistake(
    "update takes self first, then both arguments: def update(self, val_loss, params)."
)
class UpdateWithoutSelf(_Right):
    def update(self, val_loss, params):
        raise TypeError("EarlyStopping.update() takes 2 positional arguments but 3 were given")


@EarlyStopping.mistake("__init__ takes self first: def __init__(self, patience).")
class InitWithoutSelf(_Right):
    def __init__(self, patience):
        raise TypeError("EarlyStopping.__init__() takes 1 positional argument but 2 were given")


@EarlyStopping.mistake(
    "The count starts at 0 in every call of update, so it never gets beyond 1. Keep it in the "
    "object: self.waited = 0 in __init__, and self.waited += 1."
)
class CountsInOneCall(_Right):
    def update(self, val_loss, params):
        self.waited = 0
        return super().update(val_loss, params)


@EarlyStopping.variant
class StopperWithDeepcopy:
    def __init__(self, patience):
        self.patience = patience
        self.losses = []
        self.best_params = None

    def update(self, val_loss, params):
        import copy

        if not self.losses or val_loss < min(self.losses):
            self.best_params = copy.deepcopy(params)
        self.losses.append(val_loss)
        return len(self.losses) - 1 - self.losses.index(min(self.losses)) >= self.patience


@EarlyStopping.mistake(
    "update returns True or nothing, and nothing is None. It should be False: end every way "
    "through it with a return."
)
class OnlySaysYes:
    def __init__(self, patience):
        self.left = self.patience = patience
        self.best = None

    def update(self, val_loss, params):
        if self.best is None or val_loss < self.best:
            self.best, self.left = val_loss, self.patience
            self.best_params = {key: np.array(P) for key, P in params.items()}
            return
        self.left -= 1
        if self.left <= 0:
            return True


@EarlyStopping.variant
class StopperWithNumbers(_Right):
    def update(self, val_loss, params):
        return np.bool_(super().update(val_loss, params))


@EarlyStopping.variant
class StopperByTheReference(reference.EarlyStopping):
    pass
