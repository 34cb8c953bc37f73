import { readFileSync } from "node:fs";
import * as z from "zod";

/** Stands in package.json and in the workflows until somebody has put their organization there. */
const PLACEHOLDER = "YOUR-ORG";

const packageSchema = z.object({ version: z.string(), homepage: z.string() });

type Package = z.infer<typeof packageSchema>;

/** The grader's version, from its own package.json (one folder above `src` and above `dist`). */
export function graderVersion(): string {
  return ownPackage().version;
}

/** Where `docs/` of this version can be read: an address without `/` at its end, or nothing. */
export function docsHome({ version, homepage }: Package = ownPackage()): string | undefined {
  return homepage.includes(PLACEHOLDER) ? undefined : `${homepage}/blob/v${version}`;
}

let known: Package | undefined;

/** Read once: every report asks for it. */
function ownPackage(): Package {
  known ??= packageSchema.parse(
    JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")),
  );
  return known;
}
