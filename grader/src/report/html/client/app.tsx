import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { PageIndex } from "../data.ts";
import { Overview } from "./overview.tsx";
import type { View } from "./overview.tsx";
import { parseRoute } from "./route.ts";
import type { Route } from "./route.ts";
import { EVERYBODY, rowsOf, select } from "./select.ts";
import { StudentPage } from "./student.tsx";

/** Follows the address: the overview, or one student. */
export function App({ index }: { index: PageIndex }): ComponentChildren {
  const rows = useMemo(() => rowsOf(index), [index]);
  const [view, setView] = useState<View>({
    filter: EVERYBODY,
    order: { by: "name", descending: false },
  });
  const shown = useMemo(() => select(rows, view.filter, view.order), [rows, view]);
  const route = useRoute();
  const student = index.single ? 0 : route.student;
  const row = student === undefined ? undefined : rows[student];
  const back = useReturn(student);
  if (row === undefined) {
    return (
      <Overview index={index} rows={rows} shown={shown} view={view} onView={setView} back={back} />
    );
  }
  return <StudentPage key={row.index} index={index} row={row} shown={shown} place={route.place} />;
}

function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  useEffect(() => {
    const follow = (): void => setRoute(parseRoute(location.hash));
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return route;
}

/** The student whose page was open just before. */
function useReturn(student: number | undefined): number | undefined {
  const before = useRef<number | undefined>(undefined);
  useEffect(() => {
    if (student !== undefined) before.current = student;
  }, [student]);
  return before.current;
}
