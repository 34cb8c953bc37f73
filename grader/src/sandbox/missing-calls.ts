import type { Call } from "../model/observation.ts";
import type { Lane } from "./messages.ts";
import type { Opened } from "./opened.ts";

/** Earlier calls whose results a batch needs and this lane's instance does not have, in order. */
export function missingCalls(
  { lanes, history }: Opened,
  lane: Lane,
  batch: readonly Call[],
): Call[] {
  const missing: Call[] = [];
  const present = new Set(lanes.get(lane)?.kept);
  const need = (call: Call): void => {
    for (const id of keptBy(call)) {
      const earlier = history.get(id);
      if (present.has(id) || earlier === undefined) continue;
      present.add(id);
      need(earlier);
      missing.push(earlier);
    }
  };
  for (const call of batch) {
    need(call);
    if (call.keep === true) present.add(call.id);
  }
  return missing;
}

function keptBy(call: Call): string[] {
  const found: string[] = [];
  const search = (arg: Call["args"][number]): void => {
    if (arg.kind === "kept") found.push(arg.call);
    if (arg.kind === "record") Object.values(arg.entries).forEach(search);
  };
  call.args.forEach(search);
  return found;
}
