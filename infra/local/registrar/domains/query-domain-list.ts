import type { Account } from '../account/account.ts';
import { listReply, positions } from '../requests/list-reply.ts';
import { FLAG, NUMBER, PATTERN } from '../requests/parameter-kinds.ts';
import { isOn, type Params } from '../requests/parameters.ts';
import { compilePattern } from '../requests/pattern.ts';
import type { ImmediateRequest } from '../requests/request.ts';
import { type Domain, statusesOf, usesJokerNameServers } from './domain.ts';

/** Columns that a flag of the request adds, in the order in which they stand. */
const ADDED = [
  {
    flag: 'showstatus',
    columns: ['domain_status'],
    cells: (domain: Domain) => [statusesOf(domain).join(',')],
  },
  {
    flag: 'showgrants',
    columns: [
      'own_role',
      'invitation_possible',
      'number_of_confirmed_grants',
      'pending_invitations',
    ],
    cells: grantCells,
  },
  {
    flag: 'showprivacy',
    columns: ['privacy-status', 'privacy-origin', 'privacy-expiration'],
    cells: ({ privacy }: Domain) => [privacy.level, privacy.origin, privacy.expires],
  },
  {
    flag: 'showjokerns',
    columns: ['jokerns'],
    cells: (domain: Domain) => [usesJokerNameServers(domain) ? '1' : '0'],
  },
] as const;

/** Domains by name with their expiry. Its columns are named always, its length never. */
export const queryDomainList: ImmediateRequest = {
  name: 'query-domain-list',
  access: 'read',
  tracked: false,
  optional: {
    pattern: PATTERN,
    from: NUMBER,
    to: NUMBER,
    ...Object.fromEntries(ADDED.map(({ flag }) => [flag, FLAG])),
  },
  answer: ({ params, account }) => {
    const added = ADDED.filter(({ flag }) => isOn(params, flag));
    const rows = asked(params, account).map((domain) => [
      domain.name,
      domain.expires,
      ...added.flatMap(({ cells }) => cells(domain, account)),
    ]);
    const columns = ['domain', 'expiration_date', ...added.flatMap(({ columns }) => columns)];
    return listReply(rows, { columns });
  },
};

function asked(params: Params, { domains }: Account): readonly Domain[] {
  const matches = compilePattern(params.get('pattern') || '*');
  const found = [...domains.values()].filter(({ name }) => matches(name));
  return positions(
    found.sort((left, right) => (left.name < right.name ? -1 : 1)),
    params,
  );
}

/** One's own domains: no invitation is `undef`, as in the row that a program quotes. */
function grantCells({ name }: Domain, { grants }: Account): readonly string[] {
  const count = (type: string) =>
    grants.filter((grant) => grant.domain === name && grant.type === type).length;
  return ['@creator', 'true', String(count('grant')), String(count('invitation') || 'undef')];
}
