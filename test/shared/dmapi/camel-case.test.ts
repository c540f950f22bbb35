import { expect, test } from '@jest/globals';
import { camelCase } from '../../../shared/dmapi/camel-case.ts';

test.each([
  ['customer-id', 'customerId'],
  ['admin_email', 'adminEmail'],
  ['address-1', 'address1'],
  ['whois4', 'whois4'],
  ['Account-pending_amount', 'accountPendingAmount'],
  ['number-of-domains', 'numberOfDomains'],
  ['Object-Name', 'objectName'],
  ['UID', 'uid'],
  ['SvTrId', 'svTrId'],
  ['Proc-ID', 'procId'],
  ['a--b', 'aB'],
  ['last-', 'last'],
])('%s becomes %s', (name, expected) => {
  expect(camelCase(name)).toBe(expected);
});
