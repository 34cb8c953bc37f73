/** What a program computes when it is asked for a property: its own code, so it runs in its own realm. */

import { hasGetter, namesOf, prototypeOf } from "./primordials.ts";

/** The value in a list of one; nothing where the getter throws. */
export type ReadGetter = (holder: object, name: string) => unknown;

export const readGetter: ReadGetter = (holder, name) => {
  try {
    return [(holder as Record<string, unknown>)[name]];
  } catch {
    return undefined;
  }
};

const MAX_CHAIN = 8;

/** The names of an object's getters, its classes' among them, as far as there is a class. */
export function getterNames(value: object): string[] {
  const found: string[] = [];
  let link: object | null = value;
  for (let depth = 0; link !== null && depth < MAX_CHAIN; depth += 1) {
    const next: object | null = prototypeOf(link);
    // The last of a chain is the language's own.
    if (next === null && depth > 0) break;
    const names = namesOf(link);
    for (let i = 0; i < names.length; i += 1) {
      const name = names[i] as string;
      if (hasGetter(link, name)) found[found.length] = name;
    }
    link = next;
  }
  return found;
}
