/** The page's markup. Nothing from a submission is in it: all that is data, which the script shows. */

import { escapeJson } from "../escape.ts";
import { SCRIPT, SCRIPT_HASH, STYLE, STYLE_HASH } from "./assets.ts";

/** Nothing is loaded, from anywhere, and no script or style runs but the page's own. */
const POLICY = [
  "default-src 'none'",
  `script-src '${SCRIPT_HASH}'`,
  `style-src '${STYLE_HASH}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

export const SHELL_OPEN = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Grading report</title>
<style>${STYLE}</style>
</head>
<body>
<noscript><p>This page holds its report as data and shows it with a script of its own. Allow scripts for this file to read it; it loads nothing from anywhere.</p></noscript>
<div id="page"></div>
`;

export const SHELL_CLOSE = `<script>${SCRIPT}</script>
</body>
</html>
`;

/** A value that the browser keeps as text: `<` would end the element, `&` and `>` are for company. */
export function dataBlock(id: string, value: unknown): string {
  const json = escapeJson(JSON.stringify(value)).replace(
    /[<>&]/gu,
    (character) => `\\u00${character.charCodeAt(0).toString(16)}`,
  );
  return `<script type="application/json" id="${id}">${json}</script>\n`;
}
