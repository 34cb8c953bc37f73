/** Reads the page's own data blocks, each when it is first needed. */

import { INDEX_BLOCK, detailsBlock, fileBlock } from "../data.ts";
import type { Details, PageIndex } from "../data.ts";

/** The overview's data. */
export function readIndex(): PageIndex | undefined {
  return read<PageIndex>(INDEX_BLOCK);
}

/** All about one submission; nothing where nothing was handed in. */
export function readDetails(student: number): Details | undefined {
  return read<Details>(detailsBlock(student));
}

export function readFile(block: number): string {
  return read<string>(fileBlock(block)) ?? "";
}

function read<T>(id: string): T | undefined {
  const text = document.getElementById(id)?.textContent;
  // What stands in a block was written by `encode.ts` of the same build.
  return text === undefined || text === null ? undefined : (JSON.parse(text) as T);
}
