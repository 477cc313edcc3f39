// The functions of helpers.reference that the hand moves: each is compared with Python's.

const decay = (z) => Math.exp(-Math.abs(z)); // never overflows

export const sigmoid = (z) => 1 / (1 + Math.exp(Math.min(-z, 709)));
export const relu = (z) => Math.max(z, 0);

/** A leak of `alpha` for leaky ReLU; ELU's alpha is 1. Each entry: [value, slope]. */
export function activations(leak) {
  return {
    sigmoid: [sigmoid, (z) => decay(z) / (1 + decay(z)) ** 2],
    tanh: [Math.tanh, (z) => ((2 * decay(z)) / (1 + decay(z) ** 2)) ** 2],
    relu: [relu, (z) => (z > 0 ? 1 : 0)],
    leaky_relu: [(z) => Math.max(z, leak * z), (z) => (z > 0 ? 1 : leak)],
    elu: [(z) => (z > 0 ? z : Math.expm1(z)), (z) => (z > 0 ? 1 : Math.exp(z))],
  };
}

export function softmax(logits, temperature = 1) {
  const most = Math.max(...logits);
  const powers = logits.map((z) => Math.exp((z - most) / temperature));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}

/** The cross-entropy from the sum z, which no z can break. */
export const bceFromLogit = (y, z) => Math.max(z, 0) - z * y + Math.log1p(decay(z));

// Matrices are arrays of rows.
export const product = (A, B) =>
  A.map((row) => B[0].map((_, j) => row.reduce((sum, a, k) => sum + a * B[k][j], 0)));
export const transposed = (A) => A[0].map((_, j) => A.map((row) => row[j]));
export const mapped = (A, f) => A.map((row, i) => row.map((a, j) => f(a, i, j)));
export const columnMeans = (A) => [A[0].map((_, j) => A.reduce((sum, row) => sum + row[j], 0) / A.length)];

// The losses of one prediction, each [value, slope].
export const LOSSES = {
  "cross-entropy": [(y, a) => -Math.log(y ? a : 1 - a), (y, a) => (a - y) / (a * (1 - a))],
  "½ squared error": [(y, a) => (a - y) ** 2 / 2, (y, a) => a - y],
};
