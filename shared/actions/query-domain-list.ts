import * as z from 'zod/mini';
import { defineRequest } from '../action.ts';
import { flag, position } from '../input/query.ts';
import { pattern } from '../input/text.ts';
import { toWire } from '../input/wire-names.ts';
import * as cell from '../reply/cells.ts';
import { column, namesOf, optional, readList } from '../reply/list.ts';
import { listReply } from '../reply/list-reply.ts';

const ALWAYS = {
  domain: column(cell.key),
  expirationDate: column(cell.day),
  statuses: column(cell.words, 'domain_status'),
};
const GRANTS = {
  ownRole: optional(cell.text),
  invitationPossible: optional(cell.flag),
  numberOfConfirmedGrants: optional(cell.count),
  pendingInvitations: optional(cell.text),
};
const PRIVACY = {
  privacyStatus: optional(cell.text),
  privacyOrigin: optional(cell.text),
  privacyExpiration: optional(cell.text),
};
const JOKER_NS = { jokerNs: optional(cell.flag) };
const COLUMNS = { ...ALWAYS, ...GRANTS, ...PRIVACY, ...JOKER_NS };

export const reply = () =>
  listReply('domains', COLUMNS, {
    expirationDate: 'The registrar shows .eu domains to expire a day late.',
    statuses: 'Such as production, lock, autorenew.',
    ownRole: 'With showGrants, as the next three: the role of this account, such as @creator.',
    privacyStatus: 'With showPrivacy, as the next two.',
    jokerNs: "With showJokerNs: whether the registrar's own name servers serve it.",
  });

export const example = () => ({
  input: { pattern: 'example.c*', showJokerNs: 'true' },
  reply: {
    domains: [
      {
        domain: 'example.com',
        expirationDate: '2027-11-03',
        statuses: ['production', 'lock', 'autorenew'],
        jokerNs: true,
      },
    ],
  },
});

export const action = defineRequest({
  name: 'query-domain-list',
  group: 'domains',
  method: 'GET',
  access: 'read',
  summary: "Lists the account's domains with their expiry and status.",
  input: {
    pattern: z.optional(pattern),
    from: z.optional(position),
    to: z.optional(position),
    showGrants: z.optional(flag),
    showPrivacy: z.optional(flag),
    showJokerNs: z.optional(flag),
  },
  params: (input) => ({ ...toWire(input), showstatus: '1' }),
  read(answer, { showGrants, showPrivacy, showJokerNs }) {
    const asked = {
      ...ALWAYS,
      ...(showGrants && GRANTS),
      ...(showPrivacy && PRIVACY),
      ...(showJokerNs && JOKER_NS),
    };
    return readList('domains', COLUMNS, answer, namesOf(asked));
  },
});
