import { readEndpoint } from './dmapi/endpoint.ts';

/** What a function is told by its environment. */
export interface Settings {
  readonly endpoint: URL;
  /** The ARN or name of the secret that holds the credentials. */
  readonly secretId: string;
  /** The name of the table with the sessions that all functions share. */
  readonly sessionTable: string;
}

/** Reads the environment. @throws Error naming the variable that is missing or wrong. */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  return {
    endpoint: readEndpoint(required(env, 'DMAPI_URL')),
    secretId: required(env, 'DMAPI_SECRET_ID'),
    sessionTable: required(env, 'SESSION_TABLE'),
  };
}

/** What the reconciler is told beside it. */
export interface ReconcilerSettings {
  /** The name of the ledger's table. */
  readonly tableName: string;
  /** The name of the table of orders. */
  readonly ordersTable: string;
  readonly busName: string;
  /** Whether the first run tells also of what had settled before it. */
  readonly publishHistory: boolean;
}

/** Reads the environment of the reconciler. @throws Error naming the variable that is missing. */
export function readReconcilerSettings(env: NodeJS.ProcessEnv = process.env): ReconcilerSettings {
  return {
    tableName: required(env, 'LEDGER_TABLE'),
    ordersTable: required(env, 'ORDERS_TABLE'),
    busName: required(env, 'EVENT_BUS'),
    publishHistory: required(env, 'PUBLISH_HISTORY') === 'true',
  };
}

/** What a function is told that places orders. */
export interface OrderSettings {
  /** The name of the table of orders. */
  readonly tableName: string;
  /** The name of the function that is woken when something has been placed. */
  readonly reconciler: string;
  /** A ceiling that every order has, as a decimal text. */
  readonly maxOrderPrice: string | undefined;
}

/** Reads the environment of what places orders. @throws Error naming the variable that is missing. */
export function readOrderSettings(env: NodeJS.ProcessEnv = process.env): OrderSettings {
  return {
    tableName: required(env, 'ORDERS_TABLE'),
    reconciler: required(env, 'RECONCILER_FUNCTION'),
    maxOrderPrice: env.MAX_ORDER_PRICE || undefined,
  };
}

/** What a function is told that deals with zones. */
export interface ZoneSettings {
  /** The name of the table of zones. */
  readonly tableName: string;
}

/** Reads the environment of what deals with zones. @throws Error naming the variable that is missing. */
export function readZoneSettings(env: NodeJS.ProcessEnv = process.env): ZoneSettings {
  return { tableName: required(env, 'ZONES_TABLE') };
}

/** What a function is told that serves ACME clients. */
export interface AcmeSettings {
  /** The zones in which they may answer challenges, as lower-case ASCII. */
  readonly zones: readonly string[];
}

/** Reads the environment of what serves ACME clients. @throws Error naming the variable that is missing. */
export function readAcmeSettings(env: NodeJS.ProcessEnv = process.env): AcmeSettings {
  return { zones: required(env, 'ACME_ZONES').split(',') };
}

/** What the function is told that looks at the logins of ACME clients. */
export interface AcmeLoginSettings {
  /** The ARN or name of the secret that holds what they log in with. */
  readonly secretId: string;
}

/** Reads the environment of what looks at logins. @throws Error naming the variable that is missing. */
export function readAcmeLoginSettings(env: NodeJS.ProcessEnv = process.env): AcmeLoginSettings {
  return { secretId: required(env, 'ACME_SECRET_ID') };
}

function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`The environment variable ${name} is missing.`);
  return value;
}
