import { describe, expect, test } from '@jest/globals';
import { actionOf, ONE_REQUEST_NAMES } from '../../functions/every-action.ts';
import { parametersOf } from '../../functions/valid-input.ts';

/** Every parameter that is called otherwise than by DMAPI, for any action. */
const OURS: Readonly<Record<string, string>> = {
  'owner-c': 'ownerContact',
  'billing-c': 'billingContact',
  'admin-c': 'adminContact',
  'tech-c': 'techContact',
  'ns-list': 'nameServers',
  dnssec: 'dsRecords',
  autorenew: 'autoRenew',
  expyear: 'expiryYear',
  cltrid: 'clTrId',
  ip: 'ipv4',
  ipv6: 'ipv6',
  pname: 'property',
  pvalue: 'value',
  'max-price': 'maxPrice',
  'transfer-auth-id': 'transferAuthId',
  'check-price': 'checkPrice',
  'address-1': 'address1',
  'address-3': 'address3',
  'nexus-category-country': 'nexusCategoryCountry',
  'lock-opt-out': 'lockOptOut',
  'extended-format': 'extendedFormat',
  'client-uid': 'clientUid',
  showgrants: 'showGrants',
  showjokerns: 'showJokerNs',
  showkey: 'showKey',
};

describe.each(ONE_REQUEST_NAMES)('%s', (name) => {
  test("knows its parameters by the registrar's names, in any case, and no others", async () => {
    const action = await actionOf(name);
    const known = parametersOf(action);
    for (const [wireName, ours] of Object.entries(OURS)) {
      const expected = ours in known ? ours : undefined;
      expect([wireName, action.fieldOf?.(wireName)]).toEqual([wireName, expected]);
      expect(action.fieldOf?.(wireName.toUpperCase())).toBe(expected);
    }
    for (const none of ['auth-sid', 'api-key', 'constructor', '', '__proto__', 'ds-7']) {
      expect(action.fieldOf?.(none)).toBeUndefined();
    }
  });
});

test('some names mean something else elsewhere', async () => {
  const fieldOf = async (action: string, wireName: string) =>
    (await actionOf(action)).fieldOf?.(wireName);
  expect(await fieldOf('domain-register', 'period')).toBe('periodMonths');
  expect(await fieldOf('result-list', 'period')).toBe('period');
  expect(await fieldOf('result-list', 'rtype')).toBe('requestType');
  expect(await fieldOf('result-list', 'procid')).toBe('procId');
  expect(await fieldOf('result-retrieve', 'proc-id')).toBe('procId');
  expect(await fieldOf('domain-modify', 'ds-3')).toBe('dsRecords[2]');
  expect(await fieldOf('domain-renew', 'ds-3')).toBeUndefined();
});
