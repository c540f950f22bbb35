import * as z from 'zod/mini';
import type { Access } from './access.ts';
import type { Deadline } from './dmapi/deadline.ts';
import { orNothing } from './dmapi/or-nothing.ts';
import type { Reply } from './dmapi/reply.ts';
import type { Group } from './group.ts';
import { flag } from './input/body.ts';
import { money } from './input/money.ts';
import { clTrId } from './input/tracking.ts';
import { fieldOf, toWire, type WireInput, type WireNames } from './input/wire-names.ts';
import type { Orders } from './orders/orders.ts';
import type { OrderInput, OrderTerms } from './orders/terms.ts';
import { type Queued, readQueued } from './reply/queued.ts';
import type { Session } from './session/session.ts';
import type { Zones } from './zones/zones.ts';

/**
 * One DMAPI action as the bundle offers it. Its route, its function, its grants and its place in
 * the stacks all derive from this definition.
 *
 * The file that defines it also exports `reply` and `example`: functions, because what nobody calls
 * is left out of a bundle. `reply` makes the schema of what the action answers, `example` a call of
 * it: an input, unread, and the reply to it.
 */
export interface Action<Input = unknown, Output = unknown> {
  /** The DMAPI request name. Also the function's file, this definition's file, and its route. */
  readonly name: string;
  readonly group: Group;
  /** `GET` where the action changes nothing, `POST` with a JSON body otherwise. */
  readonly method: 'GET' | 'POST';
  readonly access: Access;
  /** One sentence for people: it becomes the description of the function. */
  readonly summary: string;
  /** What a caller may send; anything else is refused before the registrar hears of it. */
  readonly input: z.ZodMiniType<Input>;
  /**
   * Whether the registrar only accepts it at first: what became of it is told later, in result-list.
   * Its output is `Queued`.
   */
  readonly isQueued: boolean;
  /** What makes it an order: it costs money, or can. */
  readonly terms?: OrderTerms;
  /** Whether it looks up orders, and so needs a grant for their table. */
  readonly looksUpOrders?: boolean;
  /** Whether the header If-Match is read, and whether it must be there. */
  readonly ifMatch?: 'needed' | 'honoured';
  /** Whether its output is `Tagged`: the body of the reply, and its ETag. */
  readonly isTagged?: boolean;
  /** What it does with the table of zones, and so which grant it needs for it. */
  readonly zoneTable?: 'read' | 'write';
  /** For whom it is, where not for callers that sign: ACME clients, by a route of their own. */
  readonly door?: 'acme';
  /** Our name of the parameter that goes on the wire by this name, in lower case. */
  fieldOf?(wireName: string): string | undefined;
  /** Performs the action. `undefined` means there is nothing to tell: 204. */
  run(session: Session, input: Input, deadline: Deadline, call: Call): Promise<Output | undefined>;
}

/** The route of an action, below the stage: its name, or its name behind its door. */
export function routeOf({ name, door }: Pick<Action, 'name' | 'door'>): string {
  return door ? name.replace('-', '/') : name;
}

/** What an action may need of the call beside its input. */
export interface Call {
  readonly caller: string;
  /** The header, for an action that reads it. */
  readonly ifMatch?: string | undefined;
  /** The orders of this environment: opened for who asks, since it takes more than all the rest. */
  orders(): Promise<Orders>;
  /** The zones of this environment, in the same way. */
  zones(): Promise<Zones>;
}

/** What an action answers about something that has a version: the body of the reply, and its ETag. */
export interface Tagged<Body> {
  readonly etag: string;
  readonly body: Body;
}

/** What a schema says of a reply, as a type. */
export type ReplyOf<Schema extends () => z.ZodMiniType> = z.output<ReturnType<Schema>>;

/** A call of an action, as its documentation shows it. */
export interface Example {
  /** As a caller sends it: numbers and flags of a query string are texts. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly reply: unknown;
}

type Shape = Readonly<Record<string, z.core.$ZodType>>;
type InputOf<Given extends Shape> = z.output<z.ZodMiniObject<Given, z.core.$strict>>;

interface Description<Given extends Shape>
  extends Pick<Action, 'name' | 'group' | 'access' | 'summary'> {
  /** Its parameters by our names, each of a kind in `input/`. */
  readonly input: Given;
  /** What must be true of them together. */
  readonly rule?: z.core.$ZodCheck<InputOf<Given>>;
  /** Where the registrar's names are not the usual ones. */
  readonly names?: WireNames;
  /** The DMAPI request, where it is not the action's name. */
  readonly request?: string;
  /** The parameters as they go on the wire, without the session. @default by their names and kinds */
  params?(input: InputOf<Given>): Readonly<Record<string, string>>;
  /** Parameters that are blanked out, should the registrar repeat them. */
  readonly secrets?: readonly (keyof Given & string)[];
}

/** An action that sends its one request within the session: nearly every action is of this kind. */
export interface RequestDefinition<Given extends Shape, Output> extends Description<Given> {
  readonly method: 'GET' | 'POST';
  readonly isTagged?: boolean;
  /** Whether "there is none" (2303) is how the registrar tells of an empty list. */
  readonly emptyWhenNotFound?: boolean;
  /** What a successful reply means. @throws DmapiError `unreadable-reply` when it is not clear. */
  read(reply: Reply, input: InputOf<Given>): Output;
}

/** Defines an action by its request and how to read the reply. */
export function defineRequest<const Given extends Shape, Output>(
  definition: RequestDefinition<Given, Output>,
): Action<InputOf<Given>, Output> {
  const { name, group, method, access, summary, names } = definition;
  return {
    name,
    group,
    method,
    access,
    summary,
    input: schemaOf(definition),
    isQueued: false,
    ...(definition.isTagged && { isTagged: true }),
    fieldOf: (wireName) => fieldOf(wireName, Object.keys(definition.input), names),
    async run(session, input, deadline) {
      return definition.read(await ask(definition, session, input, deadline), input);
    },
  };
}

async function ask<Given extends Shape, Output>(
  definition: RequestDefinition<Given, Output>,
  session: Session,
  input: InputOf<Given>,
  deadline: Deadline,
): Promise<Reply> {
  const { name, request = name, access, names, secrets = [], emptyWhenNotFound } = definition;
  const values = input as WireInput;
  const params = definition.params?.(input) ?? toWire(values, names);
  const hidden = secrets.map((secret) => String(values[secret] ?? ''));
  const sent = { name: request, access, params, ...(hidden.length > 0 && { secrets: hidden }) };
  const asked = session.send(sent, deadline);
  return await (emptyWhenNotFound ? orNothing(asked) : asked);
}

/** Defines an action that the registrar queues: a `POST`, which takes a `clTrId` as well. */
export function defineQueued<const Given extends Shape>(
  definition: Description<Given>,
): Action<InputOf<Given & typeof QUEUED_INPUT>, Queued> {
  const { name } = definition;
  const action = defineRequest({
    ...(definition as unknown as Description<Given & typeof QUEUED_INPUT>),
    method: 'POST',
    input: { ...definition.input, ...QUEUED_INPUT },
    read: (reply, input) => readQueued(reply, name, input),
  });
  return { ...action, isQueued: true };
}

const QUEUED_INPUT = { clTrId: z.optional(clTrId) };

/** Defines an action that is queued and costs money, or can. */
export function defineOrder<const Given extends Shape>(
  definition: Description<Given> & { readonly terms: OrderTerms },
): Action<InputOf<Given & typeof ORDER_INPUT & typeof QUEUED_INPUT>, Queued> {
  const { params, terms } = definition;
  const action = defineQueued({
    ...(definition as unknown as Description<Given & typeof ORDER_INPUT>),
    input: { ...definition.input, ...ORDER_INPUT },
    params(input) {
      const { allowDuplicate, dryRun, currentExpiry, maxPrice, ...sent } = input as OrderInput;
      const ceiling = terms.takesMaxPrice && maxPrice !== undefined && { maxPrice };
      return { ...toWire({ ...sent, ...ceiling } as WireInput), ...params?.(input as never) };
    },
  });
  return { ...action, terms };
}

const ORDER_INPUT = {
  maxPrice: z.optional(money),
  allowDuplicate: z.optional(flag),
  dryRun: z.optional(flag),
};

/** Defines an action that deals with the session itself. */
export function defineAction<Input, Output>(
  action: Omit<Action<Input, Output>, 'isQueued'>,
): Action<Input, Output> {
  return { ...action, isQueued: false };
}

function schemaOf<Given extends Shape>({ input, rule }: Description<Given>) {
  const schema = z.strictObject(input);
  return (rule ? schema.check(rule as never) : schema) as z.ZodMiniType<InputOf<Given>>;
}
