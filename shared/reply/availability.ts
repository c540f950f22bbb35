import { readFields } from '../dmapi/fields.ts';
import { header, type Reply } from '../dmapi/reply.ts';

const AVAILABILITIES = {
  available: 'available',
  /** Of the older request, which this one has taken the place of. */
  free: 'available',
  premium: 'premium',
  unavailable: 'unavailable',
} as const;

const PRICE = /^domainPrice([A-Z][A-Za-z]*)$/;
/** `9.90 EUR 1y` */
const AMOUNT = /^(\d+(?:\.\d+)?) +([A-Z]{3})(?: +(\d{1,2})y)?$/;

/** What domain-check tells of a domain. Without a status that is known it is `unknown`. */
export function readAvailability(reply: Reply) {
  const { fields } = readFields(reply.body);
  const status = fields.domainStatus ?? header(reply, 'domain-status') ?? '';
  // The older request wrote `status:reason [info]`.
  const [, word = '', reasonOfOld] = /^([^:]*)(?::(.*))?$/s.exec(status) ?? [];
  const known = word.trim().toLowerCase() as keyof typeof AVAILABILITIES;
  return {
    availability: Object.hasOwn(AVAILABILITIES, known) ? AVAILABILITIES[known] : 'unknown',
    reason: (fields.domainStatusReason ?? reasonOfOld?.trim()) || null,
    class: fields.domainClass || null,
    prices: readPrices(fields),
  } as const;
}

function readPrices(fields: Readonly<Record<string, string>>) {
  const prices: Record<string, { amount: string; currency: string; years: number }> = {};
  for (const [key, value] of Object.entries(fields)) {
    const operation = PRICE.exec(key)?.[1]?.toLowerCase();
    const [, amount, currency, years = '1'] = AMOUNT.exec(value) ?? [];
    if (!operation || !amount || !currency) continue;
    prices[operation] = { amount, currency, years: Number(years) };
  }
  return prices;
}
