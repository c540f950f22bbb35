import { expect, test } from '@jest/globals';
import { DAY_MS, id, MINUTE_MS, type Rig, startRig } from './reconciling.ts';

/** Settled results, one a minute, the newest an hour ago. */
function plantSettled(rig: Rig, count: number, kind = 'old') {
  const newestMs = rig.clock.nowMs - 60 * MINUTE_MS;
  for (let n = 0; n < count; n++) {
    rig.registrar.addResult({ svTrId: id(n, kind), atMs: newestMs - (count - n) * MINUTE_MS });
  }
}

test('first run', async () => {
  const rig = await startRig();
  plantSettled(rig, 2500);
  rig.registrar.addResult({ svTrId: 'p1', status: '?', atMs: rig.clock.nowMs - 10 * DAY_MS });
  console.log(await rig.run());
  expect(rig.told()).toEqual(['p1 null pending']);
  rig.clock.nowMs += MINUTE_MS;
  console.log(await rig.run());
  rig.registrar.addResult({ svTrId: 'n1' });
  rig.registrar.addResult({ svTrId: 'n2', status: 'nack' });
  rig.registrar.settle('p1', 'ack');
  rig.clock.nowMs += MINUTE_MS;
  console.log(await rig.run());
  expect(rig.told()).toEqual(['p1 null pending', 'n1 null ack', 'n2 null nack', 'p1 pending ack']);
  console.log(await rig.run(), rig.dynamoDb.calls, rig.registrar.requests.length);
});
