import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  challengeExample,
  challengeReply,
  defineChallenge,
} from '../../../shared/acme/define-challenge.ts';
import { routeOf } from '../../../shared/action.ts';
import { deadlineIn } from '../../../shared/dmapi/deadline.ts';
import { DmapiError } from '../../../shared/dmapi/error.ts';
import { parseReply } from '../../../shared/dmapi/parse-reply.ts';
import { judge } from '../../../shared/dmapi/verdict.ts';
import { readInput } from '../../../shared/http/api-event.ts';
import type { Session, SessionRequest } from '../../../shared/session/session.ts';
import type { Zones } from '../../../shared/zones/zones.ts';
import { bytes } from '../../wire.ts';

const deadline = deadlineIn(60_000);

/** What became of which record: `add example.com _acme-challenge TXT value`. */
let changes: string[];
let sent: SessionRequest[];

beforeEach(() => {
  changes = [];
  sent = [];
  process.env.ACME_ZONES = 'example.com,xn--bcher-kva.example';
});

const zones: Pick<Zones, 'patch'> = {
  async patch({ domain, keepsVersion }, { add = [], remove = [] }, defaultTtl) {
    expect({ keepsVersion, defaultTtl }).toEqual({ keepsVersion: false, defaultTtl: 120 });
    for (const { name, type, record } of add)
      changes.push(`add ${domain} ${name} ${type} ${record}`);
    for (const { name, type, record } of remove)
      changes.push(`remove ${domain} ${name} ${type} ${record}`);
    return { etag: '""', changed: true, verified: true, diff: { added: [], removed: [] } };
  },
};

const summary = 'Answers a challenge.';
const PRESENT = defineChallenge({ name: 'acme-present', summary, change: 'add' });
const CLEANUP = defineChallenge({ name: 'acme-cleanup', summary, change: 'remove' });

/** A registrar that lists zones by this body. */
function listing(body: string): Session {
  return {
    async send(request) {
      sent.push(request);
      const text = bytes(`Status-Code: 0\nStatus-Text: OK\n\n${body}`);
      const answer = { httpStatus: 200, bytes: text, retryAfterSeconds: undefined };
      return judge(answer, () => parseReply(answer.bytes));
    },
    login: () => Promise.reject(new Error('Nobody asked for it.')),
    logout: () => Promise.reject(new Error('Nobody asked for it.')),
    account: async () => '1000001',
    permits: async () => true,
  };
}

const call = {
  caller: '',
  orders: () => Promise.reject(new Error('There are none here.')),
  zones: async () => zones as Zones,
};

async function perform(action: typeof PRESENT, body: object, zones: string) {
  const event = { body: JSON.stringify(body), requestContext: {} as never };
  return await action.run(listing(zones), readInput(action, event), deadline, call);
}

describe('what an ACME client asks for', () => {
  const { input, reply } = challengeExample();

  test.each([
    [PRESENT, 'add'],
    [CLEANUP, 'remove'],
  ])('%# is done in the zone, and answered with what was sent', async (action, verb) => {
    const output = await perform(action, input, 'example.com 2029-02-20\n');
    expect(output).toEqual(reply);
    expect(challengeReply().safeParse(output).success).toBe(true);
    expect(changes).toEqual([`${verb} example.com _acme-challenge.www TXT ${input.value}`]);
    expect(sent).toEqual([
      { name: 'dns-zone-list', access: 'read', params: { pattern: '*example.com' } },
    ]);
  });

  test('can be written in any way', async () => {
    const odd = { fqdn: '_ACME-challenge.BÜCHER.example', value: 'x' };
    expect(await perform(PRESENT, odd, 'bücher.example 2029-02-20\n')).toEqual(odd);
    expect(changes).toEqual(['add xn--bcher-kva.example _acme-challenge TXT x']);
  });

  test.each([
    ['www.example.com', 'v', 'fqdn'],
    ['_acme-challenge.example.com', 'a"b', 'value'],
    ['_acme-challenge.example.com', '', 'value'],
  ])('is refused for %s %j, and nobody asked', async (fqdn, value, field) => {
    await expect(perform(PRESENT, { fqdn, value }, '')).rejects.toMatchObject({ field });
    expect({ sent, changes }).toEqual({ sent: [], changes: [] });
  });

  test.each([
    ['in a zone that is not open', '_acme-challenge.example.net', '', 'not-permitted', 0],
    ['in no zone of the account', input.fqdn, 'notexample.com 2029-02-20\n', 'not-found', 1],
    ['in a list without rows', input.fqdn, '', 'not-found', 1],
    [
      'in a zone within one that is open',
      input.fqdn,
      'example.com 2029-02-20\nwww.example.com 2029-02-20\n',
      'not-permitted',
      1,
    ],
    ['in a list that cannot be read', input.fqdn, 'example.com\n-\n', 'unreadable-reply', 1],
  ])('%s: nothing is changed', async (_what, fqdn, zones, kind, asked) => {
    const failing = perform(PRESENT, { fqdn, value: 'v' }, zones);
    await expect(failing).rejects.toBeInstanceOf(DmapiError);
    await expect(failing).rejects.toMatchObject({ kind });
    expect(changes).toEqual([]);
    expect(sent).toHaveLength(asked);
  });
});

test('their routes are the ones that lego and acme.sh append', () => {
  expect([PRESENT, CLEANUP].map(routeOf)).toEqual(['acme/present', 'acme/cleanup']);
  expect(routeOf({ name: 'dns-zone-list' })).toBe('dns-zone-list');
});
