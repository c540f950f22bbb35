import * as z from 'zod/mini';
import type { Reply } from '../dmapi/reply.ts';
import * as cell from './cells.ts';
import { type Column, column, optional, readList } from './list.ts';
import { rowReply, unreadableRowsReply } from './list-reply.ts';

const FACTS = {
  type: column(cell.key),
  operation: column(cell.key),
  tld: column(cell.key),
  tldCurrency: optional(cell.text),
  currency: column(cell.text),
};
const VALID = {
  validFrom: column(cell.moment),
  validUntil: column(cell.moment, 'valid_to'),
};
const YEARS = Array.from({ length: 10 }, (_, i) => i + 1);

/** In the documented order: a price for each number of years. */
const COLUMNS = {
  ...FACTS,
  ...Object.fromEntries(
    YEARS.map((years): [string, Column<string | null>] => [`price${years}y`, optional(cell.text)]),
  ),
  ...VALID,
};

/** The reply with prices. */
export const pricesReply = () => {
  const row = rowReply({ ...FACTS, ...VALID }, { type: 'Such as domain or domain_promo.' });
  const prices = z
    .record(z.string(), z.string())
    .check(z.describe('The whole price by the number of years; what is not offered is left out.'));
  return z.strictObject({
    prices: z.array(z.extend(row, { prices })),
    unreadableRows: unreadableRowsReply(),
  });
};

/**
 * Reads a price list in either form that is known: a column for each number of years, or one price a
 * row with the period that it is for.
 */
export function readPriceList(reply: Reply) {
  const { rows, ...unreadable } = readList('rows', COLUMNS, reply);
  return { prices: rows.map(withPrices), ...unreadable };
}

function withPrices(row: Readonly<Record<string, unknown>>) {
  const prices: Record<string, string> = {};
  const facts: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(row)) {
    const years = name === 'price' ? periodYears(row) : /^price(\d{1,2})y$/.exec(name)?.[1];
    if (years === undefined) facts[name] = value;
    else if (isPrice(value)) prices[years] = value;
  }
  return { ...facts, prices };
}

/** Of the one-price form. A price for no whole number of years stays where it is. */
function periodYears({ minPeriod, periodType }: Readonly<Record<string, unknown>>) {
  const period = /^\d{1,3}$/.test(String(minPeriod)) ? Number(minPeriod) : 1;
  const years = /^m/i.test(String(periodType)) ? period / 12 : period;
  return Number.isInteger(years) && years > 0 ? String(years) : undefined;
}

/** `n/a` stands for none. */
function isPrice(value: unknown): value is string {
  return typeof value === 'string' && /^\d+(\.\d+)?$/.test(value);
}
