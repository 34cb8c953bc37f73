// Stands in for `typescript` in the built worker: the compiler that is there already.

// oxlint-disable-next-line import/no-default-export -- as ts-blank-space imports it
export { ts as default } from "./ts-morph.js";
