import { cacheShape, PARAMETER_NAMES } from "../assignment/network.ts";
import type { Parameters, Shape } from "../assignment/network.ts";
import { asMatrix, parametersArg } from "../judge/forward.ts";
import { asBlock, entriesOf } from "../judge/read.ts";
import type { Block, Call, CallOutcome, Value } from "../model/observation.ts";
import type { Session } from "../model/session.ts";
import { drawsFor } from "./network.ts";
import type { ForwardQuestion, Network } from "./network.ts";

/** The student's function gave nothing to go on with. */
export class OwnFunctionFailed extends Error {
  override name = "OwnFunctionFailed";
}

/** The student's own functions, run in the sandbox. They throw `OwnFunctionFailed`. */
export function ownNetwork(session: Session): Network {
  return {
    who: "your own functions",
    forward: async (question) => {
      const [outcome] = await session.run([forwardCall(question, false)]);
      return passOf(outcome, shapeOf(question));
    },
    step: (question) => step(session, question),
    predict: async (X, parameters) => {
      const args = [asMatrix(X), parametersArg(parameters)];
      const [outcome] = await session.run([{ id: "predict", fn: "predict", args }]);
      return blockOf(returned(outcome), [1, X.cols], "predict's labels");
    },
  };
}

async function step(session: Session, question: ForwardQuestion & { Y: Block }) {
  const { X, Y, keep_prob } = question;
  const backward: Call = {
    id: "backward",
    fn: "backward_propagation_with_dropout",
    args: [
      asMatrix(X),
      asMatrix(Y),
      { kind: "kept", call: "forward", property: "cache" },
      { kind: "scalar", value: keep_prob },
    ],
  };
  const [forwards, backwards] = await session.run([forwardCall(question, true), backward]);
  const shape = shapeOf(question);
  const { A3 } = passOf(forwards, shape);
  const entries = entriesOf(returned(backwards)) ?? {};
  const pairs = PARAMETER_NAMES.map((name) => {
    const block = blockOf(entries[`d${name}`], cacheShape(name, shape), `d${name}`);
    return [name, block] as const;
  });
  // `fromEntries` forgets the keys' type.
  return { A3, gradients: Object.fromEntries(pairs) as Parameters };
}

function forwardCall(question: ForwardQuestion, keep: boolean): Call {
  const { X, parameters, keep_prob } = question;
  return {
    id: "forward",
    fn: "forward_propagation_with_dropout",
    keep,
    args: [
      asMatrix(X),
      parametersArg(parameters),
      { kind: "scalar", value: keep_prob },
      { kind: "rng", draws: drawsFor(question) },
    ],
  };
}

function shapeOf({ X, parameters: { W1, W2, W3 } }: ForwardQuestion): Shape {
  return { nx: X.rows, n1: W1.rows, n2: W2.rows, n3: W3.rows, m: X.cols };
}

function passOf(outcome: CallOutcome | undefined, shape: Shape) {
  const result = entriesOf(returned(outcome));
  const cache = entriesOf(result?.["cache"]) ?? {};
  const read = (key: string, value: Value | undefined) =>
    blockOf(value, cacheShape(key, shape), key);
  const A3 = read("A3", result?.["A3"]);
  return { A1: read("A1", cache["A1"]), A2: read("A2", cache["A2"]), A3 };
}

function returned(outcome: CallOutcome | undefined): Value | undefined {
  if (outcome?.kind === "returned") return outcome.value;
  if (outcome === undefined) throw new OwnFunctionFailed("nothing was returned");
  const { fn, kind } = outcome;
  if (kind !== "threw") throw new OwnFunctionFailed(`${fn}: ${kind}`);
  throw new OwnFunctionFailed(`${fn} stopped: ${outcome.message}`);
}

function blockOf(
  value: Value | undefined,
  [rows, cols]: readonly [number, number],
  name: string,
): Block {
  const reading = asBlock(value, rows, cols);
  if (reading.ok) return reading.block;
  throw new OwnFunctionFailed(`${name} should be ${rows} by ${cols}, and it is ${reading.found}`);
}
