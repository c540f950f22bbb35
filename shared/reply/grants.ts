import * as z from 'zod/mini';
import type { Reply } from '../dmapi/reply.ts';
import * as cell from './cells.ts';
import { column, namesOf, optional, readList } from './list.ts';
import { rowReply, unreadableRowsReply } from './list-reply.ts';

const COLUMNS = {
  type: column(cell.key),
  number: column(cell.text),
  scope: column(cell.text),
  key: optional(cell.text),
  objectType: column(cell.text),
  objectName: column(cell.text),
  role: column(cell.text),
  inviterLogin: column(cell.text),
  invitedLogin: column(cell.text),
  invitedUid: column(cell.text),
  inviteeEmail: column(cell.text),
  nickname: column(cell.text),
};

/** The reply with what others may do on a domain. */
export const grantsReply = () => {
  const row = rowReply(COLUMNS, {
    scope: 'What grants-revoke wants to hear.',
    key: 'With showKey: the key of an invitation. Whoever has it can accept.',
  });
  return z.strictObject({
    grants: z.array(row),
    invitations: z.array(row),
    unreadableRows: unreadableRowsReply(),
  });
};

/** Reads the rows of grants and of invitations, which the registrar lists as one. */
export function readGrants(reply: Reply, showKey: boolean) {
  const { key: _, ...withoutKey } = COLUMNS;
  const { rows, ...unreadable } = showKey
    ? readList('rows', COLUMNS, withKeys(reply), namesOf(COLUMNS))
    : readList('rows', COLUMNS, reply, namesOf(withoutKey));
  return {
    grants: rows.filter(({ type }) => type === 'grant'),
    invitations: rows.filter(({ type }) => type !== 'grant'),
    ...unreadable,
  };
}

/** One document leaves the key out of the rows of grants: there the constant `domain` comes fourth. */
function withKeys(reply: Reply): Reply {
  const body = reply.body.replace(/^(\S+[ \t]\S+[ \t]\S+)([ \t])(?=domain[ \t])/gm, '$1$2-$2');
  return { ...reply, body };
}
