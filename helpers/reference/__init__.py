"""The network the course teaches, small enough to read in one sitting.

Batch first: ``X`` is ``(m, n_in)``, ``W`` is ``(n_in, n_out)``, ``Z = X @ W + b``.
NumPy only; inputs are never modified.
"""
