import { defuse, linesOf, visible } from "../report/escape.ts";
import type { World } from "./world.ts";

/** One complaint on the error stream, named and harmless to any terminal or log. */
export function complain(text: string, world: Pick<World, "stderr">): void {
  const lines = linesOf(text.trimEnd()).map(visible);
  world.stderr.write(defuse(`grade: ${lines.join("\n")}\n`));
}

/** What is known of an error that nobody expected, for the person who mends the grader. */
export function traceOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
