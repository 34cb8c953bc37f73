/** The files in `fixtures/`: public, fixed numbers, each naming where it comes from. */

import * as z from "zod";

/** A matrix as a list of rows, all of one length, neither side 0. */
const matrixSchema = z
  .array(z.array(z.number()).min(1))
  .min(1)
  .refine((rows) => rows.every((row) => row.length === rows[0]?.length), "rows of one length");

const maskSchema = matrixSchema.refine(
  (rows) => rows.flat().every((entry) => entry === 0 || entry === 1),
  "a mask of 0 and 1",
);

const keepProbSchema = z.number().gt(0).max(1);

/** Numbers in [0, 1) in the order they are drawn: D1 row by row, then D2 row by row. */
const uniformSchema = z.array(z.number().min(0).lt(1));

/** Where the numbers of a file come from. */
const sourceSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("published"),
    what: z.string().min(1),
    repository: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
    commit: z.string().regex(/^[0-9a-f]{40}$/),
    files: z.array(z.string()).min(1),
    note: z.string().min(1),
  }),
  z.strictObject({ kind: z.literal("computed"), what: z.string().min(1), by: z.string().min(1) }),
]);

const parametersSchema = z.strictObject({
  W1: matrixSchema,
  b1: matrixSchema,
  W2: matrixSchema,
  b2: matrixSchema,
  W3: matrixSchema,
  b3: matrixSchema,
});

const cacheSchema = z.strictObject({
  ...parametersSchema.shape,
  Z1: matrixSchema,
  D1: maskSchema,
  A1: matrixSchema,
  Z2: matrixSchema,
  D2: maskSchema,
  A2: matrixSchema,
  Z3: matrixSchema,
  A3: matrixSchema,
});

const gradientsSchema = z.strictObject({
  dZ3: matrixSchema,
  dW3: matrixSchema,
  db3: matrixSchema,
  dA2: matrixSchema,
  dZ2: matrixSchema,
  dW2: matrixSchema,
  db2: matrixSchema,
  dA1: matrixSchema,
  dZ1: matrixSchema,
  dW1: matrixSchema,
  db1: matrixSchema,
});

/** The course's published forward case, to `digits` decimals. */
const publishedForwardSchema = z.strictObject({
  kind: z.literal("published-forward"),
  source: sourceSchema,
  digits: z.int(),
  keep_prob: keepProbSchema,
  X: matrixSchema,
  parameters: parametersSchema,
  uniform: uniformSchema,
  published: z.strictObject({ cache: cacheSchema }),
});

/** The course's published backward case, to `digits` decimals; its cache was made at another keep_prob. */
const publishedBackwardSchema = z.strictObject({
  kind: z.literal("published-backward"),
  source: sourceSchema,
  digits: z.int(),
  /** What the backward pass is called with. */
  keep_prob: keepProbSchema,
  /** What the cache's own activations were scaled with: not the same. */
  cache_keep_prob: keepProbSchema,
  X: matrixSchema,
  Y: maskSchema,
  cache: cacheSchema,
  published: z.strictObject({ gradients: gradientsSchema }),
});

/** A matrix, a divisor, and the Frobenius norms before and after. */
const normsSchema = z.strictObject({
  kind: z.literal("norms"),
  source: sourceSchema,
  seed: z.int(),
  keep_prob: keepProbSchema,
  A: matrixSchema,
  norm: z.number(),
  norm_scaled: z.number(),
});

/** First values of NumPy's `rand` and `randn`, each after a fresh `np.random.seed(seed)`. */
const numpyStreamsSchema = z.strictObject({
  kind: z.literal("numpy-streams"),
  source: sourceSchema,
  streams: z
    .array(z.strictObject({ seed: z.int(), rand: uniformSchema, randn: z.array(z.number()) }))
    .min(1),
});

/** One network, one batch, one stream of draws, and all that follows from them. */
const networkCaseSchema = z.strictObject({
  kind: z.literal("network-case"),
  source: sourceSchema,
  /** n_x, n1, n2, n3 */
  sizes: z.tuple([z.int(), z.int(), z.int(), z.int()]),
  m: z.int(),
  keep_prob: keepProbSchema,
  X: matrixSchema,
  Y: maskSchema,
  parameters: parametersSchema,
  uniform: uniformSchema,
  expected: z.strictObject({
    cache: cacheSchema,
    gradients: gradientsSchema,
    /** The output without dropout. */
    predict_A3: matrixSchema,
  }),
});

export const fixtureSchema = z.discriminatedUnion("kind", [
  publishedForwardSchema,
  publishedBackwardSchema,
  normsSchema,
  numpyStreamsSchema,
  networkCaseSchema,
]);

export type Fixture = z.infer<typeof fixtureSchema>;
export type NetworkCase = z.infer<typeof networkCaseSchema>;
