import type { List, UnreadableRow } from '../dmapi/list.ts';
import { log } from '../log.ts';

/** Counts and logs the rows that a run could not read, each place in a list once. */
export interface UnreadableRows {
  note(page: List<unknown>, query: Readonly<Record<string, string | number>>): void;
  readonly count: number;
}

/** So many are logged of one page. */
const MOST_LOGGED = 20;

export function watchUnreadableRows(): UnreadableRows {
  const places = new Set<string>();

  /** Pages overlap, and so a row can come twice. */
  function isNew({ row }: UnreadableRow, list: string): boolean {
    const place = `${list} ${row}`;
    const isNew = !places.has(place);
    places.add(place);
    return isNew;
  }

  return {
    note({ unreadable }, { offset = 0, limit: _, ...list }) {
      const rows = unreadable
        .map(({ row, reason }) => ({ row: Number(offset) + row, reason }))
        .filter((each) => isNew(each, JSON.stringify(list)));
      if (rows.length === 0) return;
      // By position and reason: what stands in such a row can be anything.
      const reasons = rows.slice(0, MOST_LOGGED);
      log().warn('rows of result-list cannot be read', { count: rows.length, rows: reasons });
    },
    get count() {
      return places.size;
    },
  };
}
