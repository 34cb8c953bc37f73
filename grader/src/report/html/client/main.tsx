import { render } from "preact";
import { App } from "./app.tsx";
import { readIndex } from "./blocks.ts";

const page = document.getElementById("page");
const index = readIndex();
if (page !== null && index !== undefined) {
  document.title = index.anonymous ? `${index.title} (anonymous)` : index.title;
  render(<App index={index} />, page);
}
