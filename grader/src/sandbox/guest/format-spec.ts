import { formatJson } from "./primordials.ts";
import type { ReadSpec } from "../spec.ts";

/**
 * A spec as JSON. Most of what is read are matrices, and nothing in the spec of one needs to be
 * escaped: to write it down takes a third of the time that the engine's own formatter does.
 */
export function formatSpec(spec: ReadSpec): string {
  switch (spec.kind) {
    case "matrix": {
      const { rows, cols, offset, container, element, typed } = spec;
      return `{"kind":"matrix","rows":${rows},"cols":${cols},"offset":${offset},"container":"${container}","element":"${element}","typed":"${typed}"}`;
    }
    case "record": {
      let entries = "";
      for (let i = 0; i < spec.entries.length; i += 1) {
        const [name, value] = spec.entries[i] as [string, ReadSpec];
        entries += `${i === 0 ? "" : ","}[${formatJson(name)},${formatSpec(value)}]`;
      }
      return `{"kind":"record","entries":[${entries}]}`;
    }
    case "other":
      return formatJson(spec);
  }
}
