import { createClient } from '../dmapi/client.ts';
import { readSettings } from '../settings.ts';
import { secretsManagerCredentials } from './credentials.ts';
import { openDynamoDbSessionTable } from './dynamodb-session-table.ts';
import { createLogin } from './login.ts';
import { createSession, type Session } from './session.ts';
import { sharedSessions } from './shared-sessions.ts';

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
  const { endpoint, secretId, sessionTable } = readSettings();
  const client = createClient(endpoint);
  const credentials = secretsManagerCredentials(secretId);
  const now = Date.now;
  const logIn = createLogin({ client, credentials, now });
  const openTable = () => openDynamoDbSessionTable({ tableName: sessionTable, secretId });
  return createSession({
    client,
    source: sharedSessions({ openTable, credentials, logIn, now }),
    now,
  });
}
