/** Reads the page's own data blocks, each when it is first needed. */

import { INDEX_BLOCK, detailsBlock, fileBlock } from "../data.ts";
import type { Details, PageIndex } from "../data.ts";

// What stands in a block was written by `encode.ts` of the same build: hence the assertions.

/** The overview's data. */
export function readIndex(): PageIndex | undefined {
  return read(INDEX_BLOCK) as PageIndex | undefined;
}

/** All about one submission; nothing where nothing was handed in. */
export function readDetails(student: number): Details | undefined {
  return read(detailsBlock(student)) as Details | undefined;
}

/** A file's text. */
export function readFile(block: number): string {
  return (read(fileBlock(block)) as string | undefined) ?? "";
}

function read(id: string): unknown {
  const text = document.getElementById(id)?.textContent;
  return text === undefined || text === null ? undefined : JSON.parse(text);
}
