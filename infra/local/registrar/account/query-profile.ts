import { keyValueLines } from '../requests/key-values.ts';
import { done } from '../requests/outcome.ts';
import type { ImmediateRequest } from '../requests/request.ts';
import { HOLDER } from './account.ts';
import { writeAmount } from './purse.ts';

/**
 * The keys as programs that run against the live service read them: dashes and underscores mixed,
 * some without a value. The values are made up.
 */
const BEFORE_BALANCE: readonly (readonly [key: string, value: string])[] = [
  ['customer-id', HOLDER.uid],
  ['fname', 'Alex'],
  ['lname', 'Example'],
  ['organization', 'Example Reselling Ltd'],
  ['city', 'Exampletown'],
  ['address-1', '1 Example Street'],
  ['address-2', ''],
  ['postal-code', '12345'],
  ['state', ''],
  ['phone', '+1.5550100'],
  ['fax', ''],
];

const AFTER_BALANCE: readonly (readonly [key: string, value: string])[] = [
  ['vat-id', ''],
  ['last-payment', '2024-01-31'],
  ['last-access', '2024-06-17'],
  ['admin_email', 'admin@example.com'],
  ['robot_email', 'robot@example.com'],
  ['checkd_ip', '198.51.100.7,203.0.113.7'],
  ['http', ''],
  ['url', 'https://www.example.com:8443/'],
  ['whois1', 'Example Reselling Ltd'],
  ['whois2', '1 Example Street: Exampletown'],
  ['whois3', ''],
  ['whois4', ''],
];

/** query-profile: `key: value` lines. */
export const queryProfile: ImmediateRequest = {
  name: 'query-profile',
  access: 'read',
  answer: ({ account }) => {
    const balance = writeAmount(account.purse.balanceCents);
    return done(keyValueLines([...BEFORE_BALANCE, ['balance', balance], ...AFTER_BALANCE]));
  },
};
