// Where the TypeScript compiler is that ts-morph brings.

import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(new URL("../package.json", import.meta.url));
const tsMorph = createRequire(require.resolve("ts-morph"));

/** A CommonJS module. */
export const compiler = join(dirname(tsMorph.resolve("@ts-morph/common")), "typescript.js");

/** Some of what is bundled is CommonJS: it asks for Node's own modules, and where it is. */
export const COMMON_JS = `import { createRequire as requireFrom } from "node:module";
const require = requireFrom(import.meta.url);
const { filename: __filename, dirname: __dirname } = import.meta;`;
