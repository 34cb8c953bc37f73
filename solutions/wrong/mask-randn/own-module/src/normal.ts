/** Marsaglia's polar method: two normals at a time, the second is kept for the next call. */
export function standardNormal(rng: () => number): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    let x: number, y: number, r2: number;
    do {
      x = 2 * rng() - 1;
      y = 2 * rng() - 1;
      r2 = x * x + y * y;
    } while (r2 >= 1 || r2 === 0);
    const f = Math.sqrt((-2 * Math.log(r2)) / r2);
    spare = y * f;
    return x * f;
  };
}
