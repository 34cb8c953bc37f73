import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const COURSE = fileURLToPath(new URL("../../../solutions/correct/course", import.meta.url));

const NAMES = {
  forward: "forward_propagation_with_dropout",
  backward: "backward_propagation_with_dropout",
  predict: "predict",
};

/** A right program, one function of which can be wrapped in code that changes its result. */
export interface SubmissionFolder {
  path: string;
  /** @param code statements that change the variable `result` */
  write(fn: keyof typeof NAMES, code: string): void;
  remove(): void;
}

export function submissionFolder(): SubmissionFolder {
  const path = mkdtempSync(join(tmpdir(), "fuzz-"));
  cpSync(COURSE, path, { recursive: true });
  const entry = join(path, "src/dropout.ts");
  writeFileSync(join(path, "src/right.ts"), readFileSync(entry));
  return {
    path,
    write: (fn, code) => {
      const others = Object.values(NAMES).filter((name) => name !== NAMES[fn]);
      const wrapped = `import { Matrix } from "ml-matrix";
import { map } from "./helpers.ts";
import * as right from "./right.ts";
export { ${others.join(", ")} } from "./right.ts";
let turn = 0;
const change = (value: any, how: (v: any) => any): any => {
  try {
    return how(value);
  } catch {
    return value;
  }
};
export function ${NAMES[fn]}(...args: any[]): any {
  const rng = typeof args[3] === "function" ? args[3] : Math.random;
  let result: any = (right as any).${NAMES[fn]}(...args);
  ${code}
  return result;
}
`;
      writeFileSync(entry, wrapped);
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
