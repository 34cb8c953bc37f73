#!/usr/bin/env node
// A file that exists before the build does, so that npm can link `grade` on a fresh clone.
import { existsSync } from "node:fs";

if (existsSync(new URL("../dist/program/cli.js", import.meta.url))) {
  await import("../dist/program/cli.js");
} else {
  process.stderr.write("grade: the grader has not been built yet. Run `npm run build` first.\n");
  process.exitCode = 2;
}
