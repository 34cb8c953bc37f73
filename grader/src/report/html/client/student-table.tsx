import type { ComponentChildren } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { visible } from "../../escape.ts";
import type { PageIndex, StatusLetter } from "../data.ts";
import { useGrowing } from "./growing.ts";
import { linkTo } from "./route.ts";
import type { Order, Row } from "./select.ts";
import { OUTCOME, STATUS } from "./words.ts";

interface StudentTableProps {
  index: PageIndex;
  shown: readonly Row[];
  order: Order;
  onOrder(order: Order): void;
  /** Whose link has the focus, after that student's page. */
  back: number | undefined;
}

/** Students from top to bottom, checks from left to right: the map as a table. */
export function StudentTable({
  index,
  shown,
  order,
  onOrder,
  back,
}: StudentTableProps): ComponentChildren {
  const { most, end } = useGrowing(shown.length, shown);
  const place = useMemo(() => shown.findIndex((row) => row.index === back), []);
  useEffect(() => {
    document.getElementById(`row-${back}`)?.focus();
  }, []);
  const rows = shown.slice(0, Math.max(most, place + 1));
  return (
    <div class="students-frame" role="region" aria-label="Table of students" tabIndex={0}>
      <table class="students">
        <Head index={index} order={order} onOrder={onOrder} />
        <tbody>
          {rows.map((row) => (
            <StudentRow key={row.index} row={row} checks={index.checks} />
          ))}
        </tbody>
      </table>
      {shown.length === 0 ? <p>No student fits.</p> : null}
      <div ref={end} />
    </div>
  );
}

type HeadProps = Pick<StudentTableProps, "index" | "order" | "onOrder">;

function Head({ index, order, onOrder }: HeadProps): ComponentChildren {
  const groups = new Map<string, number>();
  for (const { id } of index.checks) {
    const group = id.split(".")[0] ?? id;
    groups.set(group, (groups.get(group) ?? 0) + 1);
  }
  return (
    <thead>
      <tr>
        <Sortable by="name" label="Student" order={order} onOrder={onOrder} />
        <Sortable by="score" label="Points" order={order} onOrder={onOrder} />
        {[...groups].map(([group, width]) => (
          <th key={group} scope="colgroup" colSpan={width}>
            {group}
          </th>
        ))}
        <th scope="col" rowSpan={2} class="first">
          First finding
        </th>
      </tr>
      <tr>
        {index.checks.map(({ id, title }) => (
          <th key={id} scope="col" title={title} class="check">
            {id.split(".").slice(1).join(".") || id}
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface SortableProps extends Pick<HeadProps, "order" | "onOrder"> {
  by: Order["by"];
  label: string;
}

function Sortable({ by, label, order, onOrder }: SortableProps): ComponentChildren {
  const isOn = order.by === by;
  const direction = order.descending ? "descending" : "ascending";
  return (
    <th scope="col" rowSpan={2} aria-sort={isOn ? direction : "none"}>
      <button
        type="button"
        class="link"
        onClick={() => onOrder({ by, descending: isOn && !order.descending })}
      >
        {label} <span aria-hidden="true">{isOn ? (order.descending ? "▼" : "▲") : "↕"}</span>
      </button>
    </th>
  );
}

interface StudentRowProps {
  row: Row;
  checks: PageIndex["checks"];
}

/** Rows stay as they are while the list is narrowed: the same elements are given back. */
function StudentRow({ row, checks }: StudentRowProps): ComponentChildren {
  return useMemo(() => <Cells row={row} checks={checks} />, [row, checks]);
}

function Cells({ row, checks }: StudentRowProps): ComponentChildren {
  const { student, index, first, findings } = row;
  const { outcome } = student;
  const more = findings.length > 1 ? ` (${findings.length} findings)` : "";
  return (
    <tr>
      <th scope="row">
        <a id={`row-${index}`} href={linkTo({ student: index })}>
          {visible(student.name)}
        </a>
      </th>
      <td class="number">{outcome === "graded" ? student.score : "–"}</td>
      {checks.map(({ id }, place) => (
        <StatusCell key={id} letter={student.statuses[place]} />
      ))}
      <td class="first">{outcome === "graded" ? first && `${first}${more}` : OUTCOME[outcome]}</td>
    </tr>
  );
}

function StatusCell({ letter }: { letter: string | undefined }): ComponentChildren {
  // The encoder writes no other letters.
  const status = letter === undefined ? undefined : STATUS[letter as StatusLetter];
  if (status === undefined) return <td class="status" />;
  return (
    <td class={`status is-${letter}`} aria-label={status.word}>
      {status.sign}
    </td>
  );
}
