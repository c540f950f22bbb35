import type { Deadline } from '../dmapi/deadline.ts';
import { DmapiError } from '../dmapi/error.ts';
import { readAvailability } from '../reply/availability.ts';
import { readPriceList } from '../reply/price-list.ts';
import type { Session } from '../session/session.ts';
import { times } from './decimal.ts';
import { OrderError, type Price } from './order-error.ts';

/** What an order is charged for. */
export type Operation = 'create' | 'renew' | 'transfer' | 'restore' | 'privacy' | 'owner-change';

/** What of an order its price depends on. */
export interface Priced {
  readonly operation: Operation;
  readonly domain: string;
  /** Whole years. */
  readonly years: number;
  /** `basic` or `pro`, where privacy is bought by itself. */
  readonly privacy?: string | undefined;
}

/**
 * The price of an order for its whole period, from domain-check, or from the price list where that
 * does not tell; null where neither does. Throws what `session.send` throws, refusals apart.
 */
export async function findPrice(
  session: Session,
  priced: Priced,
  deadline: Deadline,
): Promise<Price | null> {
  const { operation } = priced;
  const isChecked = operation !== 'privacy' && operation !== 'owner-change';
  const checked = isChecked ? await checkedPrice(session, priced, deadline) : null;
  return checked ?? (await listedPrice(session, priced, deadline));
}

async function checkedPrice(session: Session, priced: Priced, deadline: Deadline) {
  const { domain, operation, years } = priced;
  const params = { domain, 'check-price': operation, period: String(12 * years) };
  const reply = await ask(session, 'domain-check', params, deadline);
  const price = reply && readAvailability(reply).prices[operation];
  if (!price) return null;
  return wholePrice(price.amount, price.currency, price.years, years);
}

const LISTED: Readonly<Record<Operation, string>> = {
  create: 'create',
  renew: 'renew',
  transfer: 'transfer',
  restore: 'rgp',
  privacy: 'privacy-',
  'owner-change': 'trade',
};

async function listedPrice(session: Session, priced: Priced, deadline: Deadline) {
  const { domain, operation, years, privacy = '' } = priced;
  const reply = await ask(session, 'query-price-list', {}, deadline);
  const wanted = operation === 'privacy' ? `privacy-${privacy}` : LISTED[operation];
  const tlds = underWhich(domain);
  const rows = (reply ? readPriceList(reply).prices : []) as readonly PriceRow[];
  const fitting = rows.filter((row) => row.type === 'domain' && row.operation === wanted);
  const row = tlds.map((tld) => fitting.find((it) => it.tld === tld)).find(Boolean);
  const [listedYears, amount] = row ? priceFor(row.prices, years) : [];
  if (!row?.currency || !amount || !listedYears) return null;
  return wholePrice(amount, row.currency, listedYears, years);
}

interface PriceRow {
  readonly type?: string;
  readonly operation?: string;
  readonly tld?: string;
  readonly currency?: string | null;
  readonly prices: Readonly<Record<string, string>>;
}

function priceFor(prices: Readonly<Record<string, string>>, years: number) {
  const exact = prices[String(years)];
  return [exact === undefined ? 1 : years, exact ?? prices['1']] as const;
}

/** A price is of so many years: one that does not fit the wanted years is none. */
function wholePrice(amount: string, currency: string, of: number, wanted: number): Price | null {
  if (of === wanted) return { amount, currency };
  return wanted % of === 0 ? { amount: times(amount, wanted / of), currency } : null;
}

/** `co.uk` before `uk`, for `shop.co.uk`. */
function underWhich(domain: string): string[] {
  const labels = domain.split('.').slice(1);
  return labels.map((_, i) => labels.slice(i).join('.'));
}

/** A refusal to tell a price is no failure of the order. */
async function ask(
  session: Session,
  name: string,
  params: Readonly<Record<string, string>>,
  deadline: Deadline,
) {
  try {
    return await session.send({ name, access: 'read', params }, deadline);
  } catch (error) {
    const isRefusal =
      error instanceof DmapiError && ['refused', 'not-found', 'not-permitted'].includes(error.kind);
    if (isRefusal) return undefined;
    throw error;
  }
}

export function priceExceeded(price: Price, ceiling: string): OrderError {
  const message = `The price is ${price.amount} ${price.currency}, above ${ceiling}: nothing was sent.`;
  return new OrderError('price-exceeded', message, { price });
}

export function priceUnknown(): OrderError {
  const message =
    'The registrar tells no price for this, so that it cannot be held against the ceiling: nothing was sent.';
  return new OrderError('price-unknown', message);
}
