import { randomUUID } from 'node:crypto';
import type { Attributes, Table } from '../shared/aws/table.ts';
import type { Session } from '../shared/session/session.ts';
import { createZones, type Zones } from '../shared/zones/zones.ts';

/** Zones of which there is one writer, with versions in memory: for tests of what is not about them. */
export function plainZones(session: Session, now: () => number = Date.now): () => Promise<Zones> {
  const table = tableOfOne();
  const zones = createZones({
    session,
    openTable: () => table,
    now,
    newClaim: randomUUID,
    pause: async () => {},
  });
  return async () => zones;
}

/** Each update is one of a turn, and its condition holds. */
function tableOfOne(): Table {
  const items = new Map<string, Attributes>();
  let turns = 0;
  return {
    get: async (entry) => items.get(entry),
    getAll: async (entries) =>
      entries.flatMap((entry) => {
        const item = items.get(entry);
        return item ? [item] : [];
      }),
    query: async (prefix) =>
      [...items.keys()]
        .filter((entry) => entry.startsWith(prefix))
        .sort()
        .map((entry) => ({ ...items.get(entry), entry: { S: entry } })),
    async put(entry, attributes) {
      items.set(entry, attributes);
      return true;
    },
    update: async () => ({ turnNumber: { N: String(++turns) } }),
    delete: async (entry) => items.delete(entry),
  };
}
