import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import type { PageIndex } from "../data.ts";
import { Attention } from "./attention.tsx";
import { CheckBars } from "./check-bars.tsx";
import { Filters } from "./filters.tsx";
import { Frequent } from "./frequent.tsx";
import { HeatMap } from "./heat-map.tsx";
import { Histogram } from "./histogram.tsx";
import type { Filter, Order, Row } from "./select.ts";
import { EVERYBODY } from "./select.ts";
import { frequenciesOf, stripesOf, suspicionsOf, talliesOf } from "./statistics.ts";
import { StudentTable } from "./student-table.tsx";
import { count } from "./words.ts";

export interface View {
  filter: Filter;
  order: Order;
}

interface OverviewProps {
  index: PageIndex;
  rows: Row[];
  shown: Row[];
  view: View;
  onView(view: View): void;
  /** The student whose page was left for this one. */
  back: number | undefined;
}

/** The class at a glance, and the list of its students. */
export function Overview(props: OverviewProps): ComponentChildren {
  const { index, rows, view, onView } = props;
  /** From a chart to the students behind it. */
  const narrow = (to: Partial<Filter>): void => {
    onView({ ...view, filter: { ...EVERYBODY, ...to } });
    document.getElementById("students")?.focus();
  };
  return (
    <>
      <header class="top">
        <h1>{index.title}</h1>
        <p class="lead">{headline(rows)}</p>
        {index.anonymous ? <AnonymousNote /> : null}
      </header>
      <main>
        <Charts index={index} rows={rows} narrow={narrow} />
        <Students {...props} />
      </main>
      <Foot index={index} />
    </>
  );
}

function Students({ index, rows, shown, view, onView, back }: OverviewProps): ComponentChildren {
  return (
    <section aria-labelledby="students">
      <h2 id="students" tabIndex={-1}>
        Students
      </h2>
      <Filters
        index={index}
        filter={view.filter}
        onFilter={(filter) => onView({ ...view, filter })}
        shown={shown.length}
        all={rows.length}
      />
      <StudentTable
        index={index}
        shown={shown}
        order={view.order}
        onOrder={(order) => onView({ ...view, order })}
        back={back}
      />
    </section>
  );
}

interface ChartsProps {
  index: PageIndex;
  rows: Row[];
  narrow(to: Partial<Filter>): void;
}

/** Everything about the whole class, whatever the list below is narrowed to. */
function Charts({ index, rows, narrow }: ChartsProps): ComponentChildren {
  const tallies = useMemo(() => talliesOf(index, rows), [index, rows]);
  const frequencies = useMemo(() => frequenciesOf(index, rows), [index, rows]);
  const stripes = useMemo(() => stripesOf(rows), [rows]);
  const reports = rows.filter(({ student }) => student.statuses !== "").length;
  return (
    <div class="charts">
      <Attention suspicions={suspicionsOf(rows, tallies)} narrow={narrow} />
      <HeatMap checks={index.checks} stripes={stripes} students={rows.length} />
      <Histogram rows={rows} maxScore={index.maxScore} narrow={narrow} />
      <CheckBars tallies={tallies} narrow={narrow} />
      <Frequent frequencies={frequencies} students={reports} narrow={narrow} />
    </div>
  );
}

function headline(rows: readonly Row[]): string {
  const of = (outcome: Row["student"]["outcome"]): number =>
    rows.filter(({ student }) => student.outcome === outcome).length;
  const parts = [
    `${count(rows.length, "student")}: ${count(of("graded"), "submission")} graded`,
    `${of("missing")} missing`,
    `${of("ungradable")} not gradable`,
  ];
  return parts.join(", ");
}

function AnonymousNote(): ComponentChildren {
  return (
    <p class="note">
      Names are replaced. Code, paths, printed text, seeds and measured values are left out, since a
      student may have written a name into them.
    </p>
  );
}

export function Foot({ index }: { index: PageIndex }): ComponentChildren {
  return (
    <footer>
      <p>dropout-grader {index.grader}. This file is complete in itself and loads nothing.</p>
    </footer>
  );
}
