import { describe, expect, test } from '@jest/globals';
import { captureLog } from '../../captured-log.ts';
import { REGISTER, RENEW, startOrderRig } from './ordering.ts';

captureLog();

describe('the same request with the same key', () => {
  test('is sent once, and answered again', async () => {
    const { call, sent } = await startOrderRig();
    const first = await call('domain-register', REGISTER, { key: 'k' });
    const again = await call('domain-register', REGISTER, { key: '"k"' });
    expect(first).toMatchObject({ status: 202, json: { status: 'pending' } });
    expect(first.headers).not.toHaveProperty('idempotent-replayed');
    expect(again).toMatchObject({ status: 202, json: first.json });
    expect(again.headers).toEqual({ ...first.headers, 'idempotent-replayed': 'true' });
    expect(sent('domain-register')).toHaveLength(1);
  });

  test('brought up to date once it has settled, its content fetched again', async () => {
    const { call, sent, clock } = await startOrderRig();
    const first = await call('domain-renew', RENEW, { key: 'k' });
    clock.nowMs += 5000;
    for (let n = 0; n < 2; n++) {
      const again = await call('domain-renew', RENEW, { key: 'k' });
      expect([again.status, again.headers['idempotent-replayed']]).toEqual([200, 'true']);
      expect(again.json).toEqual({
        ...first.json,
        status: 'ack',
        objectName: 'example.org',
        fields: expect.any(Object),
        content: expect.any(String),
      });
    }
    expect(sent('domain-renew')).toHaveLength(1);
  });
});
