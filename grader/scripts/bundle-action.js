// Writes the GitHub Action into `.github/actions/grade/dist/`: two programs (the action, and its
// worker thread), beside them the sandbox's code and engine, so that a student's workflow installs
// nothing. `npm run build` comes first. Fails where the whole is larger than 8 MB.

import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const MOST_BYTES = 8_000_000;

const repository = fileURLToPath(new URL("../../", import.meta.url));
const grader = join(repository, "grader");
const out = process.argv[2] ?? join(repository, ".github/actions/grade/dist");

/** What students are given and have no reason to change: see `docs/github.md`. */
const GIVEN = ["src/helpers.ts", "src/types.ts", ".github/workflows/grade.yml"];

/** `version.ts` reads the package.json that is one folder up; the bundle has none there. */
const fixedVersion = {
  name: "fixed-version",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]grader[\\/]src[\\/]version\.ts$/ }, async () => {
      const { version } = JSON.parse(await readFile(join(grader, "package.json"), "utf8"));
      return { contents: `export const graderVersion = () => ${JSON.stringify(version)};` };
    });
  },
};

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await build({
  entryPoints: { index: join(grader, "src/action.ts"), worker: join(grader, "src/worker.ts") },
  outdir: out,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  minify: true,
  legalComments: "linked",
  // Some of what is bundled is CommonJS and asks for Node's own modules with `require`.
  banner: {
    js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
  },
  plugins: [fixedVersion],
  logLevel: "warning",
});
await cp(join(grader, "dist/guest"), join(out, "guest"), { recursive: true });
await writeFile(join(out, "package.json"), '{ "type": "module" }\n');
await writeFile(join(out, "given.json"), `${JSON.stringify(await hashes(GIVEN), null, 2)}\n`);

const bytes = await sizeOf(out);
console.log(`${relative(repository, out).split(sep).join("/")}: ${(bytes / 1e6).toFixed(2)} MB`);
if (bytes > MOST_BYTES) {
  console.error(`The action is larger than ${MOST_BYTES / 1e6} MB.`);
  process.exitCode = 1;
}

async function hashes(files) {
  const entries = files.map(async (file) => {
    const content = await readFile(join(repository, "starter", file));
    return [file, createHash("sha256").update(content).digest("hex")];
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function sizeOf(folder) {
  const names = await readdir(folder, { recursive: true });
  const sizes = names.map(async (name) => {
    const stats = await stat(join(folder, name));
    return stats.isFile() ? stats.size : 0;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
