import * as z from 'zod/mini';
import { defineAction, type ReplyOf } from '../action.ts';
import { camelCase } from '../dmapi/camel-case.ts';
import { lines } from '../dmapi/lines.ts';
import { header, type Reply } from '../dmapi/reply.ts';
import { readSessionTimeout } from '../session/login.ts';

const told = () => z.nullable(z.string());

export const reply = () =>
  z.strictObject({
    uid: told().check(z.describe('The number of the account: the account of the events.')),
    userLogin: told(),
    access: told().check(z.describe('What the key may do: full, modify-only, read-only, others.')),
    sessionTimeoutSeconds: z.nullable(z.number()),
    account: z.strictObject({
      balance: told(),
      currency: told(),
      pendingAmount: told().check(z.describe('What orders under way will cost.')),
      rebate: told(),
      contractDate: told(),
    }),
    stats: z
      .record(z.string(), z.union([z.string(), z.number()]))
      .check(z.describe('Every Stats- header, in camel case; what counts something is a number.')),
    tlds: z.array(z.string()).check(z.describe('What the account may sell.')),
  });

export const example = () => ({
  input: {},
  reply: {
    uid: '1000001',
    userLogin: 'simulated-reseller',
    access: 'full',
    sessionTimeoutSeconds: 3600,
    account: {
      balance: '100.0',
      currency: 'EUR',
      pendingAmount: '0.0',
      rebate: '0.2',
      contractDate: '2020-01-01',
    },
    stats: { numberOfDomains: 6, numberOfAutorenew: 1 },
    tlds: ['com', 'net', 'org'],
  },
});

export const action = defineAction({
  name: 'login',
  group: 'account',
  method: 'POST',
  access: 'read',
  summary: 'Opens a new session and tells about the account, the key and the TLDs it may sell.',
  input: z.strictObject({}),
  async run(session, _input, deadline): Promise<ReplyOf<typeof reply>> {
    const answer = await session.login(deadline);
    const text = (name: string) => header(answer, name) ?? null;
    return {
      uid: text('UID'),
      userLogin: text('User-Login'),
      access: text('User-Access')?.replace(/^@/, '') ?? null,
      sessionTimeoutSeconds: readSessionTimeout(answer) ?? null,
      account: {
        balance: text('Account-Balance'),
        currency: text('Account-Currency'),
        pendingAmount: text('Account-Pending_Amount'),
        rebate: text('Account-Rebate'),
        contractDate: text('Account-Contract_Date'),
      },
      stats: readStats(answer),
      tlds: readTlds(answer),
    };
  },
});

const STATS = 'stats-';

/** Every `Stats-` header; those that count something are numbers. */
function readStats(reply: Reply): Record<string, string | number> {
  const stats = [...reply.headers].flatMap(([name, [value = '']]) => {
    if (!name.startsWith(STATS)) return [];
    const isCount = name.startsWith(`${STATS}number-of-`) && /^\d{1,15}$/.test(value);
    return [[camelCase(name.slice(STATS.length)), isCount ? Number(value) : value] as const];
  });
  return Object.fromEntries(stats);
}

/** One TLD a line; a second, TAB-separated column is possible and of no interest here. */
function readTlds(reply: Reply): string[] {
  return Array.from(lines(reply.body), (line) => line.split('\t', 1)[0]?.trim() ?? '');
}
