import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import type { Experiment, Findings } from "./experiment.ts";

const EMPTY = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 920px; margin: 2em auto; padding: 0 1em; }
pre { background: #f6f6f6; padding: 1em; overflow-x: auto; }
figure { margin: 2em 0; }
figcaption { margin-bottom: 0.5em; color: #444; }
</style>
</head>
<body></body>
</html>`;

/** The experiment's doubt, numbers and pictures as one page that needs nothing beside it. */
export function pageOf(experiment: Experiment, findings: Findings, who: string): string {
  const { document } = parseHTML(EMPTY);
  const add = (tag: string, text: string, parent = document.body) => {
    const element = document.createElement(tag);
    element.textContent = text;
    parent.append(element);
    return element;
  };
  add("title", experiment.what, document.head);
  add("h1", `“${experiment.doubt.replaceAll("`", "")}”`);
  add("p", experiment.answer);
  add("p", `${experiment.what}; run with ${who}.`);
  add("pre", findings.lines.join("\n"));
  for (const { caption, options } of findings.charts) {
    const figure = add("figure", "");
    add("figcaption", caption, figure);
    figure.append(Plot.plot({ width: 760, ...options, document }));
  }
  return `${document.toString()}\n`;
}
