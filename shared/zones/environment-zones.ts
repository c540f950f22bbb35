import { randomUUID } from 'node:crypto';
import { createTableClient, openTable } from '../aws/table.ts';
import { environmentSession } from '../session/environment-session.ts';
import { readZoneSettings } from '../settings.ts';
import { createZones, type Zones } from './zones.ts';

/**
 * The zones of this execution environment, as its variables say.
 *
 * @throws Error naming the variable that is missing or wrong
 */
export function environmentZones(): Zones {
  const { tableName } = readZoneSettings();
  const tables = createTableClient();
  return createZones({
    session: environmentSession(),
    openTable: (account, deadline) => openTable(tables, { name: tableName, account, deadline }),
    now: Date.now,
    newClaim: randomUUID,
  });
}
