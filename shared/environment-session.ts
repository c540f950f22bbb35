import { secretsManagerCredentials } from './credentials.ts';
import { createClient } from './dmapi/client.ts';
import { createLogin } from './login.ts';
import { createSession, type Session } from './session.ts';
import { readSettings } from './settings.ts';

let session: Session | undefined;

/**
 * The one session of this execution environment, made at the first call: a wrong environment
 * variable then fails a request with our own answer instead of the start of the function.
 */
export function environmentSession(): Session {
  session ??= connect();
  return session;
}

function connect(): Session {
  const { endpoint, secretId } = readSettings();
  const client = createClient(endpoint);
  const now = Date.now;
  const logIn = createLogin({ client, credentials: secretsManagerCredentials(secretId), now });
  return createSession({ client, logIn, now });
}
