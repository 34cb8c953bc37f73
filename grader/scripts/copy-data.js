// Lays beside the built code what it reads at run time: the pages about misconceptions, and the
// starter that `grade init` writes, and the report's JSON Schema.

import { cp, rename, rm, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { reportSchema } from "../dist/model/report.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const dist = join(root, "grader/dist");

/** What a student's repository starts with; whatever was installed or built there stays behind. */
const STARTER = /^(\.github|\.gitignore|README\.md|package\.json|src|test|.*\.ts|tsconfig\.json)$/;

async function copyFresh(from, to, filter = () => true) {
  await rm(to, { recursive: true, force: true });
  await cp(from, to, { recursive: true, filter });
}

await copyFresh(join(root, "docs/misconceptions"), join(dist, "misconceptions"));
const starter = join(root, "starter");
await copyFresh(starter, join(dist, "starter"), (file) => {
  const [top = ""] = relative(starter, file).split(sep);
  return top === "" || STARTER.test(top);
});
// npm leaves a file of this name out of a package.
await rename(join(dist, "starter/.gitignore"), join(dist, "starter/gitignore"));

const schema = z.toJSONSchema(reportSchema);
await writeFile(join(dist, "report.schema.json"), `${JSON.stringify(schema, null, 2)}\n`);
