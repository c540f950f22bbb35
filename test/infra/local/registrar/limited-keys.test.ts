import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { permits } from '../../../../shared/access.ts';
import { ACTION_NAMES, actionOf, definitionOf } from '../../../functions/every-action.ts';
import { type Simulated, simulate } from '../../../simulated.ts';

const KEY = { 'idempotency-key': 'a-try', 'if-match': '*' };

process.env.ACME_ZONES = 'example.com';

describe.each(['@read-only', '@modify-only'])('with a key that is %s', (userAccess) => {
  let simulated: Simulated;

  beforeAll(async () => {
    // What one action has ordered does not settle while another is looked at.
    const nowMs = Date.now();
    simulated = await simulate(userAccess, { now: () => nowMs });
  });

  afterAll(() => simulated.close());

  test.each(ACTION_NAMES)('%s does what its access says, and no more', async (name) => {
    const action = await actionOf(name);
    const before = JSON.stringify(simulated.registrar.account);
    const { status, json } = await simulated.call(name, definitionOf(action).example().input, KEY);
    if (permits(userAccess, action.access)) {
      expect(json?.type).not.toBe('urn:dmapi:problem:not-permitted');
    } else {
      expect([status, json.type]).toEqual([403, 'urn:dmapi:problem:not-permitted']);
      expect(JSON.stringify(simulated.registrar.account)).toBe(before);
    }
  });
});
