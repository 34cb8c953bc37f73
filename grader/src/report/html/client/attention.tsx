import type { ComponentChildren } from "preact";
import type { Filter } from "./select.ts";
import type { Suspicion } from "./statistics.ts";
import { count } from "./words.ts";

interface AttentionProps {
  suspicions: readonly Suspicion[];
  narrow(to: Partial<Filter>): void;
}

/** What a person should look at before the marks go out. */
export function Attention({ suspicions, narrow }: AttentionProps): ComponentChildren {
  return (
    <section class="card attention" aria-labelledby="attention">
      <h2 id="attention">Possibly the grader's fault</h2>
      {suspicions.length === 0 ? (
        <p>
          Nothing: every submission was graded, no check failed by itself, and every wrong value is
          explained.
        </p>
      ) : (
        <ul>
          {suspicions.map(({ text, students, filter }) => (
            <li key={text}>
              <button type="button" class="link" onClick={() => narrow(filter)}>
                {count(students, "student")}
              </button>{" "}
              {text}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
