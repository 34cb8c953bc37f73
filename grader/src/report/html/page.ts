/** One self-contained page for a class, or for one submission. Needs no network. */

import { asReporter } from "../document.ts";
import type { DocumentFormat, Entry, Pieces, Scope } from "../document.ts";
import type { Reporter } from "../reporter.ts";
import { withoutTraces } from "./anonymous.ts";
import { INDEX_BLOCK, detailsBlock, fileBlock } from "./data.ts";
import type { PageIndex, StudentRow } from "./data.ts";
import { encoder } from "./encode.ts";
import { SHELL_CLOSE, SHELL_OPEN, dataBlock } from "./shell.ts";

/** The page of a class. What it keeps in memory is a row for each student, and no program. */
export const classPage: DocumentFormat = (scope) =>
  page(scope, { anonymous: false, single: false });

/**
 * The page of a class for showing around: without code, paths, printed text and measured values,
 * and in the order of the ids, which the caller has replaced by pseudonyms.
 */
export const anonymousClassPage: DocumentFormat = (scope) => {
  const { open, entry, close } = page(scope, { anonymous: true, single: false });
  const kept: Entry[] = [];
  return {
    open,
    // The order in which entries come is the roster's, which says who is who.
    entry: (one) => {
      kept.push(withoutTraces(one));
      return "";
    },
    close: () => {
      const ordered = kept.toSorted((a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)));
      return ordered.map(entry).join("") + close();
    },
  };
};

/** The page of one submission. */
export const submissionPage: Reporter = asReporter((scope) =>
  page(scope, { anonymous: false, single: true }),
);

function page(scope: Scope, kind: Pick<PageIndex, "anonymous" | "single">): Pieces {
  const { encode, findings } = encoder(scope);
  const students: StudentRow[] = [];
  return {
    open: SHELL_OPEN,
    entry: (entry) => {
      const { row, details, texts } = encode(entry);
      const student = students.push(row) - 1;
      const files = texts.map(({ block, text }) => dataBlock(fileBlock(block), text));
      const own = details === undefined ? "" : dataBlock(detailsBlock(student), details);
      return files.join("") + own;
    },
    close: () => {
      const { grader, assignment: title, checks, maxScore } = scope;
      const index: PageIndex = {
        ...{ title, grader, ...kind, maxScore },
        ...{ checks: [...checks], findings: findings(), students },
      };
      return dataBlock(INDEX_BLOCK, index) + SHELL_CLOSE;
    },
  };
}
