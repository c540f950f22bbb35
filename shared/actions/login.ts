import * as z from 'zod/mini';
import { defineAction } from '../action.ts';
import { camelCase } from '../dmapi/camel-case.ts';
import { lines } from '../dmapi/lines.ts';
import { header, type Reply } from '../dmapi/reply.ts';
import { readSessionTimeout } from '../session/login.ts';

export const action = defineAction({
  name: 'login',
  method: 'POST',
  access: 'read',
  summary: 'Opens a new session and tells about the account, the key and the TLDs it may sell.',
  input: z.strictObject({}),
  async run(session, _input, deadline) {
    const reply = await session.login(deadline);
    const text = (name: string) => header(reply, name) ?? null;
    return {
      uid: text('UID'),
      userLogin: text('User-Login'),
      access: text('User-Access')?.replace(/^@/, '') ?? null,
      sessionTimeoutSeconds: readSessionTimeout(reply) ?? null,
      account: {
        balance: text('Account-Balance'),
        currency: text('Account-Currency'),
        pendingAmount: text('Account-Pending_Amount'),
        rebate: text('Account-Rebate'),
        contractDate: text('Account-Contract_Date'),
      },
      stats: readStats(reply),
      tlds: readTlds(reply),
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
