import type { Finding } from "../../model/report.ts";
import type { Location } from "../../model/submission.ts";

/** Where a graded submission stands on GitHub: what a report is linked and located with. */
export interface Place {
  /** The submission's folder in the repository: `""` is its root, `undefined` is outside of it. */
  folder: string | undefined;
  /** `https://…/blob/<commit>`, under which the graded files can be read. */
  blob?: string;
  /** `https://…/blob/<version>`, under which `docs/` of the grader can be read. */
  docs?: string;
}

/** A file of the submission, as the repository names it; nothing where it is outside. */
export function inRepository(file: string, { folder }: Place): string | undefined {
  if (folder === undefined) return undefined;
  return folder === "" ? file : `${folder}/${file}`;
}

/** Where the student's line can be read. */
export function lineUrl(location: Location, place: Place): string | undefined {
  const file = inRepository(location.file, place);
  if (file === undefined || place.blob === undefined) return undefined;
  const path = addressOf(file);
  if (path === undefined) return undefined;
  const end = location.endLine > location.line ? `-L${location.endLine}` : "";
  return safeUrl(`${place.blob}/${path}#L${location.line}${end}`);
}

/** Where the page about a finding can be read. */
export function docsUrl({ docs }: Pick<Finding, "docs">, place: Place): string | undefined {
  if (/^https?:/iu.test(docs)) return safeUrl(docs);
  if (place.docs === undefined || docs === "") return undefined;
  const path = addressOf(docs);
  return path === undefined ? undefined : safeUrl(`${place.docs}/${path}`);
}

/** A relative path within an address; none for one that would climb out of it. */
function addressOf(path: string): string | undefined {
  const segments = path.split("/");
  if (segments.some((segment) => /^\.{0,2}$/u.test(segment))) return undefined;
  return segments
    .map((segment) => encodeURIComponent(segment.replace(/\p{Cs}/gu, "\uFFFD")))
    .join("/");
}

/** An address in printable ASCII without quotes or angle brackets, or none. */
function safeUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, href } = new URL(text);
  const isPlain = /^[\w\-./:?#@!$&()*+,;=%~]+$/u.test(href);
  return isPlain && /^https?:$/u.test(protocol) ? href : undefined;
}
