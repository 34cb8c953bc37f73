import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SOLUTIONS = fileURLToPath(new URL("../../../solutions/", import.meta.url));

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
}

/** Every right program and every wrong one, as paths below `solutions/`. */
export function corpus(): string[] {
  const right = foldersIn(join(SOLUTIONS, "correct")).map((form) => `correct/${form}`);
  const wrong = foldersIn(join(SOLUTIONS, "wrong")).flatMap((id) =>
    foldersIn(join(SOLUTIONS, "wrong", id)).map((variant) => `wrong/${id}/${variant}`),
  );
  return [...right, ...wrong];
}

/** The absolute path of a program of the corpus. */
export function pathOf(program: string): string {
  return join(SOLUTIONS, program);
}
