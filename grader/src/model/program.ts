/** What the source shows before it runs. Found on the untrusted side; plain data. */

import type { FunctionName, Location } from "./submission.ts";

/** A problem that keeps the whole program, or one of its functions, from running. */
export interface SourceProblem {
  id:
    | "syntax-error"
    | "forbidden-import"
    | "import-not-found"
    | "export-missing"
    | "export-not-a-function"
    | "import-failed"
    | "import-timed-out"
    | "import-out-of-memory"
    | "import-crashed"
    | "source-too-complex";
  /** The one function that it stops, or nothing where it stops all three. */
  fn?: FunctionName;
  location?: Location;
  /** Words for the student: the compiler's own, the name that was found instead, and so on. */
  detail: string;
  /** A name that may have been meant. */
  suggestion?: string;
}

/** Something in the source that dropout can be made of. */
export interface SourceUse {
  kind:
    /** `rng()`, `Math.random()`, `Matrix.rand(…)`, a generator of the student's own: `detail` names it. */
    | "random"
    /** `seed(3)`, `mulberry32(3)`: a generator is started with a number that is written there. */
    | "seed"
    /** A mention of keep_prob, or of what it was handed on as: `detail` is the expression around it. */
    | "keep-prob"
    /** A read of `D1` or `D2` of the cache: `detail` names it. */
    | "mask-read"
    /** `*`, `*=`, `.mul(…)`, `Matrix.mul(…)`; `/`, `/=`, `.div(…)`; `<`, `<=`, `>`, `>=`, `.lt(…)`: `detail` is the operator. */
    | "multiply"
    | "divide"
    | "compare"
    /** A call of one of the three functions: `detail` is the text of the keep_prob it is given. */
    | "call";
  /** The student functions that reach this place, through helpers, closures, classes and other files. */
  reachedFrom: FunctionName[];
  /** For `call`: which function is called. */
  callee?: FunctionName;
  location: Location;
  /** For `random`: the condition that decides whether numbers are drawn, other than keep_prob. */
  guard?: Location;
  /** For `random` and `compare`: the heads of the loops around it, outermost first, or what leaves one in its first round. */
  loops?: Location[];
  /** For `random`: in each function, the place itself or the first call that leads to it. */
  entries?: Partial<Record<FunctionName, Location>>;
  detail: string;
  /** The text of the operands or arguments, for `multiply`, `divide`, `compare`. */
  operands: string[];
}

/** Where one of the three functions is written. */
export interface FunctionFacts {
  /** The name and signature, where a finding about the whole function points. */
  location: Location;
  parameters: string[];
  /** Its last `return`, where it has one of its own. */
  result?: Location;
}

export interface Facts {
  functions: Partial<Record<FunctionName, FunctionFacts>>;
  uses: SourceUse[];
  /** Bidirectional control characters, which make code read as it does not run. */
  misleadingCharacters: Location[];
}

/** A submission that has been opened in the sandbox. */
export interface Program {
  problems: SourceProblem[];
  facts: Facts;
  /** The functions that can be called. */
  callable: FunctionName[];
  /** Names that were exported and have no meaning here, for "did you mean". */
  otherExports: string[];
}
