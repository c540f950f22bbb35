import { createTableClient, openTable } from '../aws/table.ts';
import { environmentSession } from '../session/environment-session.ts';
import { readReconcilerSettings } from '../settings.ts';
import { createEventBusClient, publishTo } from './event-bus.ts';
import { createReconciler, type Reconcile } from './reconcile.ts';

/**
 * The reconciler of this execution environment, as its variables say.
 *
 * @throws Error naming the variable that is missing or wrong.
 */
export function environmentReconciler(): Reconcile {
  const { tableName, busName, publishHistory } = readReconcilerSettings();
  const tables = createTableClient();
  return createReconciler({
    session: environmentSession(),
    openTable: (account, deadline) => openTable(tables, { name: tableName, account, deadline }),
    publish: publishTo(createEventBusClient(), busName),
    publishHistory,
    now: Date.now,
  });
}
