// Writes `src/report/html/assets.ts`: the HTML page's script and style as text, each with the hash
// that its content security policy allows it by. Comes before the compiler, which takes it up.

import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const html = fileURLToPath(new URL("../src/report/html/", import.meta.url));

async function bundle(entry, options) {
  const { outputFiles } = await build({
    entryPoints: [join(html, "client", entry)],
    bundle: true,
    write: false,
    minify: true,
    charset: "ascii",
    target: ["chrome120", "firefox120", "safari17"],
    logLevel: "warning",
    ...options,
  });
  const text = outputFiles[0].text.trim();
  if (/<(!--|\/?script|\/style)/i.test(text)) throw new Error(`${entry} would end its own element`);
  return text;
}

function hash(text) {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

const script = await bundle("main.tsx", {
  format: "iife",
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  banner: { js: "/*! Contains Preact (MIT, Jason Miller) and d3 (ISC, Mike Bostock). */" },
});
const style = await bundle("page.css", { charset: "utf8" });

await writeFile(
  join(html, "assets.ts"),
  `// Written by scripts/bundle-page.js.
export const SCRIPT: string = ${JSON.stringify(script)};
export const SCRIPT_HASH: string = ${JSON.stringify(hash(script))};
export const STYLE: string = ${JSON.stringify(style)};
export const STYLE_HASH: string = ${JSON.stringify(hash(style))};
`,
);
