import { randomUUID } from 'node:crypto';
import { createTableClient, openTable } from '../aws/table.ts';
import { type Deadline, deadlineIn } from '../dmapi/deadline.ts';
import { settledAmong } from '../reconciler/settled-results.ts';
import { environmentSession } from '../session/environment-session.ts';
import { readReconcilerSettings } from '../settings.ts';
import { attend } from './attend.ts';
import type { Attendance } from './attendance.ts';
import { openOrderBook } from './order-book.ts';
import { createPlacing } from './place.ts';
import { openSightings } from './sightings.ts';
import { openWatch } from './watch.ts';

/** For taking, keeping and ending the watch. */
const WATCH_MS = 5000;

let attendance: Attendance | undefined;

/** The attendance of this execution environment. @throws Error naming the variable that is missing */
export function environmentAttendance(): Attendance {
  attendance ??= connect();
  return attendance;
}

function connect(): Attendance {
  const { tableName, ordersTable } = readReconcilerSettings();
  const session = environmentSession();
  const tables = createTableClient();
  const sightings = openSightings(session);
  const now = Date.now;

  const open = async (name: string, deadline: Deadline) =>
    openTable(tables, { name, account: await session.account(deadline), deadline });

  return {
    async attend({ looks, askedBeforeMs, deadline }) {
      const account = await session.account(deadline);
      const book = openOrderBook(await open(ordersTable, deadline), now);
      const ledger = await open(tableName, deadline);
      const retrieve = async () => undefined;
      const placing = createPlacing({
        account,
        book,
        sightings,
        retrieve,
        now,
        newClaim: randomUUID,
      });
      return await attend({
        book,
        placing,
        settled: (references) => settledAmong(ledger, references),
        isOpen: async (object, by) =>
          (await sightings.rows(object, by)).results.some(
            ({ status }) => status === 'pending' || status === 'unknown',
          ),
        looks,
        askedBeforeMs,
        now,
        deadline,
      });
    },
    watch: (options) => {
      const opened = async () =>
        openWatch(await open(ordersTable, deadlineIn(WATCH_MS)), { ...options, now });
      return {
        keep: async (neededUntilMs) => (await opened()).keep(neededUntilMs),
        end: async () => (await opened()).end(),
      };
    },
  };
}
