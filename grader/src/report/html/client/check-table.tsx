import type { ComponentChildren } from "preact";
import { visible } from "../../escape.ts";
import { LETTERS } from "../data.ts";
import type { Details } from "../data.ts";
import { STATUS } from "./words.ts";

/** The checks of one submission, with their points. */
export function CheckTable({ checks }: Pick<Details, "checks">): ComponentChildren {
  return (
    <section aria-labelledby="checks">
      <h2 id="checks">Checks</h2>
      <div class="scroll" role="region" aria-label="Table of checks" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Check</th>
              <th scope="col">Outcome</th>
              <th scope="col">Points</th>
            </tr>
          </thead>
          <tbody>
            {checks.map(({ id, title, status, points, maxPoints, blockedBy }, i) => (
              <tr key={i}>
                <th scope="row">
                  <code>{id}</code> {visible(title)}
                </th>
                <td class={`is-${LETTERS[status]}`}>
                  <span aria-hidden="true">{STATUS[LETTERS[status]].sign}</span>{" "}
                  {STATUS[LETTERS[status]].word}
                  {blockedBy === undefined ? "" : `: first repair ${visible(blockedBy)}`}
                </td>
                <td class="number">
                  {points} of {maxPoints}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
