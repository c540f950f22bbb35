import * as z from 'zod/mini';
import type { StoredCredentials } from './credentials.ts';
import { secretsOf } from './login.ts';
import { sealOf } from './session-seal.ts';
import type { OpenSession } from './session-source.ts';
import type { StoredSession } from './session-table.ts';

/** What of a session is sealed. */
const schema = z.object({
  authSid: z.string(),
  account: z.optional(z.string()),
  userAccess: z.string(),
  lifetimeMs: z.number(),
  openedAtMs: z.number(),
});

/** A session as others with the same credentials can read it. */
export function sealSession(session: OpenSession, credentials: StoredCredentials): StoredSession {
  const { authSid, account, userAccess, lifetimeMs, openedAtMs, expiresAtMs } = session;
  const content: z.output<typeof schema> = { authSid, userAccess, lifetimeMs, openedAtMs };
  if (account !== undefined) content.account = account;
  return { sealed: sealOf(credentials).seal(JSON.stringify(content)), expiresAtMs };
}

/** The session; `undefined` where these credentials do not open it, or it is of another form. */
export function unsealSession(
  { sealed, expiresAtMs }: StoredSession,
  credentials: StoredCredentials,
): OpenSession | undefined {
  const text = sealOf(credentials).open(sealed);
  const { success, data } = schema.safeParse(text === undefined ? undefined : readJson(text));
  if (!success) return undefined;
  const { authSid, account, userAccess, lifetimeMs, openedAtMs } = data;
  const secrets = secretsOf(credentials.credentials, authSid);
  return { authSid, account, userAccess, secrets, lifetimeMs, openedAtMs, expiresAtMs };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
