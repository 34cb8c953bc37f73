import type { Container } from "../model/observation.ts";

/** What the host tells the builder inside the sandbox to make. Offsets count numbers, not bytes. */
export type BuildSpec =
  | {
      kind: "matrix";
      rows: number;
      cols: number;
      offset: number;
      container: Container;
      element: "number" | "boolean";
      typed: string;
    }
  | { kind: "record"; entries: Record<string, BuildSpec> }
  | { kind: "scalar"; offset: number }
  | { kind: "rng"; offset: number; length: number; seed: number }
  | { kind: "kept"; index: number };

/** The arguments of one call. */
export interface BuildText {
  specs: BuildSpec[];
  /** By position, the name that one is shared under; those after the last are this call's own. */
  objects: string[];
}

/** What the reader inside the sandbox says about a value. Its numbers stand in the buffer beside it. */
export type ReadSpec =
  | {
      kind: "matrix";
      rows: number;
      cols: number;
      offset: number;
      container: Container;
      element: "number" | "boolean";
      typed: string;
    }
  /** Pairs, not an object: names such as `__proto__` must stay data. */
  | { kind: "record"; entries: [string, ReadSpec][] }
  | { kind: "other"; what: string };
