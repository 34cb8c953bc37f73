import type { ComponentChildren } from "preact";
import { visible } from "../../escape.ts";

/** A sentence in which names of values stand between backticks. */
export function Prose({ text }: { text: string }): ComponentChildren {
  // Every second part was between two of them; a last one without a partner is a plain character.
  const parts = visible(text).split("`");
  const isOdd = (i: number): boolean => i % 2 === 1 && i < parts.length - 1;
  return parts.map((part, i) => {
    if (isOdd(i)) return <code key={i}>{part}</code>;
    return i % 2 === 1 ? `\`${part}` : part;
  });
}
