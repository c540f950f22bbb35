import type { PlantedResult } from './results/planted-result.ts';
import { DAY_MS } from './time/timestamp.ts';

const HOUR_MS = 3_600_000;

/**
 * A handful of results as an account in use has them: several acknowledged, one refused, one
 * deleted, and one in progress that is acknowledged `settleAfterMs` after the start.
 */
export function seedResults(nowMs: number, settleAfterMs: number): readonly PlantedResult[] {
  return [
    {
      requestType: 'contact-create',
      requestObject: 'CCOM-1000007',
      atMs: nowMs - 21 * DAY_MS,
      deleted: true,
    },
    { requestType: 'domain-register', requestObject: 'example.com', atMs: nowMs - 20 * DAY_MS },
    {
      requestType: 'domain-modify',
      requestObject: 'example.com',
      atMs: nowMs - 12 * DAY_MS,
      clTrId: 'move-name-servers-1',
    },
    {
      requestType: 'domain-transfer-in-reseller',
      requestObject: 'refused.example.net',
      atMs: nowMs - 3 * DAY_MS,
      status: 'nack',
    },
    { requestType: 'domain-renew', requestObject: 'example.org', atMs: nowMs - 26 * HOUR_MS },
    {
      requestType: 'domain-transfer-get-auth-id',
      requestObject: 'example.net',
      atMs: nowMs - 2 * HOUR_MS,
    },
    {
      requestType: 'domain-register',
      requestObject: 'first-steps.example',
      atMs: nowMs - 1000,
      clTrId: 'first-steps',
      status: '?',
      settleAfterMs,
    },
  ];
}
