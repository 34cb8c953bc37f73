import { defuse, visible } from "./escape.ts";
import type { Look } from "./reporter.ts";
import { paintFor } from "./terminal/paint.ts";
import { hang } from "./terminal/wrap.ts";

/** A student whose mark is another one than before. */
export interface Change {
  id: string;
  before: string;
  after: string;
  /** Checks whose outcome changed, as `forward.mask failed → passed`. */
  checks: readonly string[];
  /** What is not the same as before, the most likely cause first. */
  because: readonly string[];
}

const MOST = 50;

/** Whose marks changed since an earlier run, and why. */
export function changesSummary(changes: readonly Change[], look: Look): string {
  const heading = changes.length === 0 ? "No mark changed" : `${changes.length} marks changed`;
  const place = { indent: 4, width: look.width };
  const lines = changes
    .slice(0, MOST)
    .flatMap(({ id, before, after, checks, because }) => [
      ...hang("  ", `${visible(id)}: ${before} → ${after}`, { indent: 0, width: look.width }),
      ...(because.length === 0 ? [] : hang("", `since ${because.join("; ")}`, place)),
      ...checks.flatMap((check) => hang("", check, place)),
    ]);
  const more = changes.length - MOST;
  const rest = more > 0 ? [`  and ${more} more`] : [];
  const text = ["", paintFor(look).bold(heading), ...lines, ...rest].join("\n");
  return defuse(`${look.unicode ? text : text.replaceAll("→", "->")}\n`);
}
