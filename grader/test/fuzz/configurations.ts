import fc from "fast-check";
import { parseConfig } from "../../src/commands/config.ts";
import { WrongCall } from "../../src/commands/wrong-call.ts";
import { configSchema } from "../../src/model/config.ts";
import { CHECK_IDS } from "../../src/model/rubric.ts";
import { defineFuzzer, insist } from "./fuzzer.ts";

const WORDS = [
  "points",
  "limits",
  "seed",
  "minScore",
  "protected",
  "callMs",
  "totalMs",
  "memoryBytes",
  "__proto__",
  "constructor",
  "toString",
  "",
  ...CHECK_IDS,
] as const;
const word = fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: "binary", maxLength: 12 }));
const number = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(1e21, -1, 0.5, 1e308, Number.MAX_SAFE_INTEGER),
);

/** JSON of the right kind of shape more often than chance would have it. */
const value = fc.letrec<{ any: unknown; object: unknown }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    number,
    word,
    fc.boolean(),
    fc.constant(null),
    tie("object"),
    fc.array(tie("any"), { maxLength: 3 }),
  ),
  object: fc.dictionary(word, tie("any"), { maxKeys: 5 }),
})).object;

const mutated = fc
  .tuple(
    value.map((one) => JSON.stringify(one)),
    fc.nat(),
    fc.nat(3),
    fc.string({ unit: "binary", maxLength: 4 }),
  )
  .map(([text, at, cut, put]) => {
    const start = at % (text.length + 1);
    return text.slice(0, start) + put + text.slice(start + cut);
  });

/** Any configuration is taken, or refused in words that name the file. */
export const configurationFuzzer = defineFuzzer({
  name: "configurations",
  promise: "every text was a configuration, or was refused in a sentence",
  cases: fc.record({
    text: fc.oneof(
      value.map((one) => JSON.stringify(one)),
      mutated,
      fc.string({ unit: "binary" }),
    ),
  }),
  check: ({ text }: { text: string }) => {
    try {
      const config = parseConfig("config.json", text);
      insist(configSchema.safeParse(config).success, "it took what its own schema refuses");
      insist(config.limits.callMs >= 50, "a limit below the least");
    } catch (error) {
      if (!(error instanceof WrongCall)) throw error;
      insist(error.message.includes('"config.json"'), `no file is named: ${error.message}`);
      insist(error.message.length < 20_000, `${error.message.length} characters of complaint`);
    }
  },
});
