import { listReply } from '../requests/list-reply.ts';
import { unknown } from '../requests/outcome.ts';
import { DOMAIN, FLAG } from '../requests/parameter-kinds.ts';
import { isOn, nameIn } from '../requests/parameters.ts';
import type { ImmediateRequest } from '../requests/request.ts';
import { type Grant, SCOPE } from './grant.ts';

const COLUMNS = [
  'type',
  'number',
  'scope',
  'key',
  'object_type',
  'object_name',
  'role',
  'inviter_login',
  'invited_login',
  'invited_uid',
  'invitee_email',
  'nickname',
];

/**
 * Who has which right on a domain, and who is invited. Keys show with showkey alone; the documents
 * disagree whether their column stands on every row, so it is always there.
 */
export const grantsList: ImmediateRequest = {
  name: 'grants-list',
  access: 'read',
  tracked: false,
  required: { domain: DOMAIN },
  optional: { showkey: FLAG },
  answer: ({ params, account }) => {
    const name = nameIn(params, 'domain');
    if (!account.domains.has(name)) return unknown(`Domain ${name}`);
    const showsKeys = isOn(params, 'showkey');
    const rows = account.grants
      .filter(({ domain }) => domain === name)
      .map((grant) => cellsOf(grant, showsKeys));
    return listReply(rows, { columns: COLUMNS });
  },
};

function cellsOf(grant: Grant, showsKeys: boolean): readonly string[] {
  const cells = [
    grant.type,
    String(grant.number),
    SCOPE,
    showsKeys ? grant.key : null,
    'domain',
    grant.domain,
    grant.role,
    grant.inviter,
    grant.invitedLogin,
    grant.invitedUid,
    grant.email,
    grant.nickname?.replace(/\s+/g, '_'),
  ];
  return cells.map((cell) => cell || '-');
}
