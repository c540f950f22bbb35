import { unreadable } from '../dmapi/error.ts';
import { orNothing } from '../dmapi/or-nothing.ts';
import { toAscii } from '../input/domain-name.ts';
import { readList } from '../reply/list.ts';
import { ZONE_COLUMNS } from '../reply/zone-list.ts';
import type { Session } from '../session/session.ts';
import type { ListZones } from './challenge-zone.ts';

/**
 * Asks the registrar for the zones of the account.
 *
 * @throws DmapiError, `unreadable-reply` also where a single row cannot be read: it could be the zone
 *   that is looked for, or one within it
 */
export function accountZones(session: Session): ListZones {
  return async (ending, deadline) => {
    const params = { pattern: `*${ending}` };
    const asked = session.send({ name: 'dns-zone-list', access: 'read', params }, deadline);
    const { zones, unreadableRows } = readList('zones', ZONE_COLUMNS, await orNothing(asked));
    if (unreadableRows) throw unreadable('a zone of the list cannot be read');
    return zones.map(({ domain }) => toAscii(domain) ?? domain);
  };
}
