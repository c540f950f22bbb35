import { readEndpoint } from './dmapi/endpoint.ts';

/** What a function is told by its environment. */
export interface Settings {
  readonly endpoint: URL;
  /** The ARN or name of the secret that holds the credentials. */
  readonly secretId: string;
}

/** Reads the environment. @throws Error naming the variable that is missing or wrong. */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  return {
    endpoint: readEndpoint(required(env, 'DMAPI_URL')),
    secretId: required(env, 'DMAPI_SECRET_ID'),
  };
}

function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`The environment variable ${name} is missing.`);
  return value;
}
