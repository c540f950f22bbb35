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
  readonly busName: string;
  /** Whether the first run tells also of what had settled before it. */
  readonly publishHistory: boolean;
}

/** Reads the environment of the reconciler. @throws Error naming the variable that is missing. */
export function readReconcilerSettings(env: NodeJS.ProcessEnv = process.env): ReconcilerSettings {
  return {
    tableName: required(env, 'LEDGER_TABLE'),
    busName: required(env, 'EVENT_BUS'),
    publishHistory: required(env, 'PUBLISH_HISTORY') === 'true',
  };
}

function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`The environment variable ${name} is missing.`);
  return value;
}
