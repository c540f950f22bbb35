import { randomUUID } from 'node:crypto';
import { createTableClient, openTable } from '../aws/table.ts';
import { environmentSession } from '../session/environment-session.ts';
import { readOrderSettings } from '../settings.ts';
import { createOrders, type Orders } from './orders.ts';
import { createWaking } from './wake.ts';

/**
 * The orders of this execution environment, as its variables say.
 *
 * @throws Error naming the variable that is missing or wrong
 */
export function environmentOrders(): Orders {
  const { tableName, reconciler, maxOrderPrice } = readOrderSettings();
  const tables = createTableClient();
  return createOrders({
    session: environmentSession(),
    openTable: (account, deadline) => openTable(tables, { name: tableName, account, deadline }),
    maxOrderPrice,
    wake: createWaking(reconciler),
    now: Date.now,
    newClaim: randomUUID,
  });
}
