import { describe, expect, test } from '@jest/globals';
import { captureLog } from '../../captured-log.ts';
import { deadlineAtWill, until } from '../../time.ts';
import { REGISTER, RENEW, startOrderRig } from './ordering.ts';

captureLog();

const MINUTE_MS = 60_000;

async function stateOf({ call }: Pick<Awaited<ReturnType<typeof startOrderRig>>, 'call'>) {
  const { status, json } = await call('order', { key: 'k' });
  return status === 200 ? json.orders[0].state : status;
}

describe('GET order tells how far an order is', () => {
  test('from the first to the last', async () => {
    const rig = await startOrderRig();
    expect(await stateOf(rig)).toBe(404);
    const { json } = await rig.call('domain-register', REGISTER, { key: 'k' });
    const told = await rig.call('order', { key: 'k' });
    expect(told.json).toEqual({
      orders: [
        {
          action: 'domain-register',
          state: 'pending',
          requestObject: 'new.example',
          svTrId: json.svTrId,
          procId: json.procId,
          clTrId: expect.stringMatching(/^[0-9a-f]{32}$/),
          sentAt: '2026-11-01T12:00:00.000Z',
        },
      ],
    });
    rig.clock.nowMs += 5000;
    expect(await stateOf(rig)).toBe('pending');
    await rig.run();
    await rig.attend();
    expect(await stateOf(rig)).toBe('ack');
  });

  test('one that settles as nack', async () => {
    const rig = await startOrderRig();
    const input = { ...REGISTER, domain: 'taken.example' };
    await rig.call('domain-register', input, { key: 'k' });
    rig.clock.nowMs += 5000;
    const told = await rig.call('domain-register', input, { key: 'k' });
    expect([told.status, told.json.status]).toEqual([200, 'nack']);
    expect(await stateOf(rig)).toBe('nack');
  });

  test('one that was refused', async () => {
    const rig = await startOrderRig();
    await rig.call('domain-renew', { ...RENEW, domain: 'absent.example' }, { key: 'k' });
    expect(await stateOf(rig)).toBe('refused');
  });

  test('one that is under way, then unknown; and it resolves nothing', async () => {
    const rig = await startOrderRig();
    rig.registrar.faults.arm({ kind: 'hang', request: 'domain-renew', times: 1 });
    const deadline = deadlineAtWill();
    const answer = rig.place({ deadline }).call('domain-renew', RENEW, { key: 'k' });
    await until(() => rig.sent('domain-renew').length > 0);
    deadline.pass();
    await answer;
    expect(await stateOf(rig)).toBe('in-progress');
    rig.clock.nowMs += 20 * MINUTE_MS;
    const asked = rig.registrar.requests.length;
    for (let n = 0; n < 3; n++) expect(await stateOf(rig)).toBe('unknown');
    expect(rig.registrar.requests).toHaveLength(asked);
    expect(rig.sent('domain-renew')).toHaveLength(1);
  });

  test('to its caller alone', async () => {
    const { call } = await startOrderRig();
    await call('domain-renew', RENEW, { key: 'k', caller: 'AROAONE:a' });
    expect((await call('order', { key: 'k' }, { caller: 'AROAONE:b' })).status).toBe(200);
    expect((await call('order', { key: 'k' }, { caller: 'AROATWO:a' })).status).toBe(404);
  });

  test.each(['', 'x'.repeat(256), 'two words'])('for a key: %j is none', async (key) => {
    const { call } = await startOrderRig();
    const { status, json } = await call('order', { key });
    expect([status, json.field]).toEqual([400, 'key']);
  });
});
