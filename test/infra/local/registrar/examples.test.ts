import { describe, expect, test } from '@jest/globals';
import { ACTION_NAMES, actionOf, definitionOf } from '../../../functions/every-action.ts';
import { type Simulated, simulate } from '../../../simulated.ts';

/** When the examples were made: what depends on the clock is of that moment. */
const NOW = Date.UTC(2026, 10, 23, 20, 10, 2);
/** How the registrar calls a request: its own business, and another every time. */
const IDS: ReadonlySet<string> = new Set(['svTrId', 'procId', 'version', 'etag']);

process.env.ACME_ZONES = 'example.com';

/** What has to have happened before, and what is known from a mail alone. */
const BEFORE: Readonly<Record<string, (simulated: Simulated) => Promise<object> | object>> = {
  async 'domain-redeem'({ call }) {
    await call('domain-delete', { domain: 'example.org', force: true }, KEY);
    return {};
  },
  async order({ call }) {
    const input = { domain: 'example.org', periodMonths: 12 };
    await call('domain-renew', input, { 'idempotency-key': 'order-4711' });
    return {};
  },
  'dns-zone-versions': addRecord,
  async 'dns-zone-restore'(simulated) {
    await addRecord(simulated);
    const { json } = await simulated.call('dns-zone-versions', { domain: 'example.net' });
    return json.versions[0];
  },
  'result-list': plant,
  'result-retrieve': plant,
  'result-delete': plant,
  'cor-verify': ({ registrar }) => ({ key: registrar.keys.registrantChanges['example.net'] }),
  'wa-email-verify': ({ registrar }) => ({ key: registrar.keys.emails['office@example.org'] }),
  'wa-email-details': ({ registrar }) => ({ key: registrar.keys.emails['office@example.org'] }),
};

const KEY = { 'idempotency-key': 'an-example', 'if-match': '*' };

/** What is there before a write becomes a version. */
async function addRecord({ call }: Simulated): Promise<object> {
  const add = [{ name: 'www', type: 'A', record: '192.0.2.7' }];
  await call('dns-zone-patch', { domain: 'example.net', add });
  return {};
}

/** The first registration, under the ids that the examples call it by. */
function plant({ registrar }: Simulated): object {
  return registrar.addResult({
    requestType: 'domain-register',
    requestObject: 'first-steps.example',
    svTrId: '01dd7b8f013764167ed0e21db8e4e555',
    procId: '104000007',
    clTrId: 'first-steps',
  });
}

/** That all of the example is there; of a list one of its rows may stand for all. */
function expectShown(example: unknown, answer: unknown, at: string): void {
  if (Array.isArray(example)) {
    expect([at, Array.isArray(answer)]).toEqual([at, true]);
    for (const one of example) {
      expect(answer).toContainEqual(typeof one === 'object' ? withAnyIds(one) : one);
    }
  } else if (typeof example === 'object' && example !== null) {
    for (const [name, value] of Object.entries(example)) {
      expect(Object.keys(Object(answer))).toContain(name);
      const told = Object(answer)[name];
      if (IDS.has(name)) expect([at, name, typeof told]).toEqual([at, name, typeof value]);
      else expectShown(value, told, `${at}.${name}`);
    }
  } else expect([at, answer]).toEqual([at, example]);
}

function withAnyIds(row: object): object {
  const entries = Object.entries(row).map(([name, value]) => [
    name,
    IDS.has(name) ? expect.any(value.constructor) : value,
  ]);
  return Object.fromEntries(entries);
}

describe('the example of', () => {
  test.each(ACTION_NAMES)('%s is what the simulated registrar answers', async (name) => {
    const simulated = await simulate('@full', { settleAfterMs: 0, now: () => NOW });
    const { isQueued, ...action } = await actionOf(name);
    const { input, reply } = definitionOf(await actionOf(name)).example();
    const given = await BEFORE[name]?.(simulated);
    const { status, json } = await simulated.call(name, { ...input, ...onlyOf(input, given) }, KEY);
    await simulated.close();
    const expected = reply === undefined ? 204 : isQueued ? 202 : 200;
    expect([action.name, status, status < 300 ? '' : json]).toEqual([name, expected, '']);
    expectShown(reply, json, name);
  });
});

/** Of what was found out before, what the example's input has a place for. */
function onlyOf(input: object, given: object | undefined): object {
  return Object.fromEntries(Object.entries(given ?? {}).filter(([name]) => name in input));
}
