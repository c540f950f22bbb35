import type { Deadline } from '../dmapi/deadline.ts';
import { readFields } from '../dmapi/fields.ts';
import { orNothing } from '../dmapi/or-nothing.ts';
import { readAvailability } from '../reply/availability.ts';
import * as cell from '../reply/cells.ts';
import { column, readList } from '../reply/list.ts';
import type { Session } from '../session/session.ts';
import { isAbove, lower } from './decimal.ts';
import type { Price } from './order-error.ts';
import { findPrice } from './price.ts';
import type { Sightings } from './sightings.ts';
import { type OrderedAction, type OrderInput, yearsOf } from './terms.ts';

/** One thing that an order needs. */
export interface Check {
  readonly name:
    | 'access'
    | 'availability'
    | 'ownership'
    | 'expiry'
    | 'price'
    | 'balance'
    | 'contacts'
    | 'openOrder';
  /** null where it could not be checked. */
  readonly ok: boolean | null;
  readonly detail: string;
}

/** What would come of an order. */
export interface DryRun {
  /** Whether no check speaks against it. */
  readonly wouldSucceed: boolean;
  readonly checks: readonly Check[];
  /** For the whole period; null where the registrar tells none. */
  readonly price: Price | null;
}

export interface DryRunOptions {
  readonly session: Session;
  readonly action: OrderedAction;
  readonly input: OrderInput;
  readonly maxOrderPrice: string | undefined;
  readonly sightings: Sightings;
  readonly deadline: Deadline;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Checks what an order needs, each by a request that changes nothing. */
export async function dryRun(options: DryRunOptions): Promise<DryRun> {
  const { session, input, sightings, deadline } = options;
  const expiry = await orUndefined(sightings.expiry(input.domain, deadline));
  const price = await orUndefined(wantedPrice(options, expiry ?? null));
  const checks = [
    await access(options),
    await holding(options, expiry),
    ...(input.currentExpiry === undefined ? [] : [expiryCheck(input.currentExpiry, expiry)]),
    ceiling(options, price),
    await balance(session, price, deadline),
    ...(await contacts(options)),
    await openOrder(options),
  ];
  return { wouldSucceed: checks.every(({ ok }) => ok !== false), checks, price: price ?? null };
}

async function wantedPrice(
  { session, action, input, deadline, now }: DryRunOptions,
  expiry: string | null,
) {
  const { terms } = action;
  if (!terms) return null;
  const years = yearsOf(terms, input, expiry, now());
  const { domain, privacy } = input;
  return await findPrice(session, { operation: terms.operation, domain, privacy, years }, deadline);
}

async function access({ session, action, deadline }: DryRunOptions): Promise<Check> {
  const ok = await orUndefined(session.permits(action.access, deadline));
  const detail = ok === false ? "The key's access does not allow it." : 'The key may send it.';
  return check('access', ok, detail);
}

/** What is to be gained must be free, or elsewhere; all else must be in the account. */
async function holding(options: DryRunOptions, expiry: string | null | undefined): Promise<Check> {
  const { action, input } = options;
  const operation = action.terms?.operation;
  const isHeld = expiry === undefined ? undefined : expiry !== null;
  if (operation === 'create') return await availability(options);
  if (operation === 'transfer') {
    const ok = isHeld === undefined ? undefined : !isHeld;
    return check(
      'ownership',
      ok,
      ok === false ? 'The account has the domain already.' : 'The domain is elsewhere.',
    );
  }
  // A deleted domain is in the list no more: whether it can come back, only the registry knows.
  if (operation === 'restore' && isHeld === false) return check('ownership', undefined, '');
  return check(
    'ownership',
    isHeld,
    isHeld ? 'The account has the domain.' : `The account has no ${input.domain}.`,
  );
}

async function availability({ session, input, deadline }: DryRunOptions): Promise<Check> {
  const params = { domain: input.domain };
  const asked = session.send({ name: 'domain-check', access: 'read', params }, deadline);
  const reply = await orUndefined(asked);
  const found = reply && readAvailability(reply).availability;
  const ok = found === undefined || found === 'unknown' ? undefined : found !== 'unavailable';
  return check('availability', ok, `The domain is ${found ?? 'unknown'}.`);
}

function expiryCheck(currentExpiry: string, expiry: string | null | undefined): Check {
  const ok = expiry === undefined ? undefined : expiry === currentExpiry;
  return check(
    'expiry',
    ok,
    expiry ? `The domain expires on ${expiry}.` : 'The domain is not in the account.',
  );
}

/** Without a ceiling the registrar takes the standard price, and refuses any other. */
function ceiling({ input, maxOrderPrice }: DryRunOptions, price: Price | null | undefined): Check {
  const limit = lower(input.maxPrice, maxOrderPrice);
  if (!price) return check('price', undefined, '');
  const told = `The price is ${price.amount} ${price.currency}`;
  if (limit === undefined) return check('price', true, `${told}.`);
  const ok = !isAbove(price.amount, limit);
  return check('price', ok, `${told}, ${ok ? 'not ' : ''}above ${limit}.`);
}

async function balance(
  session: Session,
  price: Price | null | undefined,
  deadline: Deadline,
): Promise<Check> {
  const asked = session.send({ name: 'query-profile', access: 'read', params: {} }, deadline);
  const reply = await orUndefined(asked);
  const amount = reply && readFields(reply.body).fields.balance;
  if (!price || !amount || !/^\d+(\.\d+)?$/.test(amount)) return check('balance', undefined, '');
  const ok = !isAbove(price.amount, amount);
  return check('balance', ok, ok ? 'The balance is enough.' : 'The balance is below the price.');
}

async function contacts({ session, input, deadline }: DryRunOptions): Promise<Check[]> {
  const given = Object.entries(input).filter(([name]) => name.endsWith('Contact'));
  const handles = [...new Set(given.map(([, handle]) => String(handle)))];
  if (handles.length === 0) return [];
  const missing: string[] = [];
  for (const handle of handles) {
    const params = { pattern: handle };
    const asked = session.send({ name: 'query-contact-list', access: 'read', params }, deadline);
    const reply = await orUndefined(orNothing(asked));
    if (!reply) return [check('contacts', undefined, '')];
    const { contacts: found } = readList('contacts', { handle: column(cell.key) }, reply);
    if (!found.some((row) => row.handle.toUpperCase() === handle.toUpperCase()))
      missing.push(handle);
  }
  const ok = missing.length === 0;
  return [check('contacts', ok, ok ? 'The contacts exist.' : `There is no ${missing.join(', ')}.`)];
}

async function openOrder({ action, input, sightings, deadline }: DryRunOptions): Promise<Check> {
  const rows = await orUndefined(sightings.rows(input.domain, deadline));
  const open = rows?.results.find(
    ({ status, requestType }) => requestType === action.name && !['ack', 'nack'].includes(status),
  );
  const ok = rows === undefined ? undefined : !open || input.allowDuplicate === true;
  return check(
    'openOrder',
    ok,
    open ? `There is an open one: ${open.svTrId}.` : 'There is no open one.',
  );
}

function check(name: Check['name'], ok: boolean | null | undefined, detail: string): Check {
  if (ok === true || ok === false) return { name, ok, detail };
  return { name, ok: null, detail: 'The registrar does not tell.' };
}

/** What cannot be asked is not known; a dry run fails for nothing. */
async function orUndefined<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch {
    return undefined;
  }
}
