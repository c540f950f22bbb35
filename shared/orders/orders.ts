import type { Table } from '../aws/table.ts';
import type { Deadline } from '../dmapi/deadline.ts';
import { log } from '../log.ts';
import type { Queued } from '../reply/queued.ts';
import type { Session } from '../session/session.ts';
import { type DryRun, dryRun } from './dry-run.ts';
import { guarded } from './guard.ts';
import { keyDigest } from './idempotency-key.ts';
import { kindOf, openOrderBook } from './order-book.ts';
import { type OrderFacts, toFacts } from './order-facts.ts';
import { createPlacing, type Placed } from './place.ts';
import { retrieve } from './retrieve.ts';
import { openSightings } from './sightings.ts';
import type { OrderedAction, OrderInput } from './terms.ts';

/** Who asks, and how. */
export interface Requester {
  readonly caller: string;
  readonly deadline: Deadline;
}

/** A request that the registrar queues, as a caller wants it. */
export interface OrderRequest extends Requester {
  readonly action: OrderedAction;
  /** Validated. */
  readonly input: object;
  /** Sends it, with this input or one that was made of it. */
  send(input: object): Promise<Queued>;
}

/** Requests that the registrar queues: sent once, found again, told soon. */
export interface Orders {
  /** Sends a request with an Idempotency-Key, or tells what has become of it. */
  place(request: OrderRequest, key: string): Promise<Placed>;
  /** Sends a request without a key; what it comes to is told as soon as that of one with a key. */
  send(request: OrderRequest): Promise<Queued>;
  /** What would come of an order. Sends nothing that changes anything. */
  dryRun(request: OrderRequest): Promise<DryRun>;
  /** What was ordered with a key, by all routes. */
  withKey(key: string, requester: Requester): Promise<readonly OrderFacts[]>;
}

export interface OrdersOptions {
  readonly session: Session;
  /** Opens an account's part of the table of orders. */
  readonly openTable: (account: string, deadline: Deadline) => Table;
  /** A ceiling that every order has. */
  readonly maxOrderPrice: string | undefined;
  /** Has the results looked at now, and not at the next minute. Never throws. */
  readonly wake: (deadline: Deadline) => Promise<void>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly newClaim: () => string;
}

/** The orders of an execution environment. */
export function createOrders(options: OrdersOptions): Orders {
  const { session, openTable, maxOrderPrice, wake, now, newClaim } = options;
  const sightings = openSightings(session);

  async function open(deadline: Deadline) {
    const account = await session.account(deadline);
    return { account, book: openOrderBook(openTable(account, deadline), now) };
  }

  async function place(request: OrderRequest, key: string): Promise<Placed> {
    const { action, caller, deadline } = request;
    const input = request.input as OrderInput;
    const { account, book } = await open(deadline);
    const placing = createPlacing({
      account,
      book,
      sightings,
      retrieve: (order, deadline) => retrieve(session, order, deadline),
      now,
      newClaim,
    });
    let toSend: object = input;
    const placed = await placing.place({
      action: action.name,
      isOrder: action.terms !== undefined,
      allowDuplicate: input.allowDuplicate ?? false,
      takesClTrId: action.terms?.takesClTrId ?? false,
      caller,
      key,
      input,
      requestObject: objectOf(input),
      clTrId: input.clTrId,
      deadline,
      async check({ expiry }) {
        const { terms } = action;
        if (!terms) return;
        toSend = await guarded({ session, terms, input, maxOrderPrice, deadline, now }, expiry);
      },
      send: (clTrId) => request.send(clTrId === null ? toSend : { ...toSend, clTrId }),
    });
    if (!placed.isReplayed) await wake(deadline);
    return placed;
  }

  async function send({ input, deadline, ...request }: OrderRequest): Promise<Queued> {
    const queued = await request.send(input);
    await note(queued, deadline).catch((error: Error) => {
      // It is told at the next minute then.
      log().warn('a request could not be noted', { reason: error.name });
    });
    return queued;
  }

  async function note(queued: Queued, deadline: Deadline): Promise<void> {
    const { requestType, requestObject, svTrId, procId } = queued;
    const { book } = await open(deadline);
    const claim = newClaim();
    const name = `${kindOf({ action: requestType, requestObject })}/${claim}`;
    const isNamed = svTrId !== null || procId !== null;
    await Promise.all([
      book.take({ name, holder: null, claim, svTrId, procId, sinceMs: now() }),
      isNamed && book.own({ svTrId, procId }, claim),
    ]);
    await wake(deadline);
  }

  async function withKey(key: string, { caller, deadline }: Requester) {
    const { book } = await open(deadline);
    return (await book.withKey(keyDigest(caller, key))).map(({ order }) => toFacts(order, now()));
  }

  return {
    place,
    send,
    withKey,
    dryRun: ({ action, input, deadline }) =>
      dryRun({
        session,
        action,
        input: input as OrderInput,
        maxOrderPrice,
        sightings,
        deadline,
        now,
      }),
  };
}

/** What a request is about: the row of its result has it, too. */
function objectOf(input: object): string | null {
  const { domain, host, handle } = input as Partial<Record<string, string>>;
  return domain ?? host ?? handle ?? null;
}
