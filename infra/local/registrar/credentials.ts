/** One way to log in: an API key, or an account name with its password. */
export type Credential = (
  | { readonly apiKey: string }
  | { readonly username: string; readonly password: string }
) & {
  /**
   * The User-Access of its sessions: `@full`, `@modify-only`, `@read-only`, or any other text.
   * @default '@full'
   */
  readonly access?: string;
};

/** The API key that opens the simulator unless other credentials are given. It opens nothing else. */
export const SIMULATED_API_KEY = 'simulated-api-key-not-a-secret';

/** A name and a password that do the same. */
export const SIMULATED_USERNAME = 'simulated-reseller';
export const SIMULATED_PASSWORD = 'simulated-password-not-a-secret';

/** Who may log in unless it is said. */
export const SIMULATED_CREDENTIALS: readonly Credential[] = [
  { apiKey: SIMULATED_API_KEY },
  { username: SIMULATED_USERNAME, password: SIMULATED_PASSWORD },
];

/** What a name of an account looks like; an e-mail address is one. */
const USERNAME = /^[\w.@+-]{3,}$/;

/** The verdict on a login: its User-Access, or what was wrong with it. */
export type LoginVerdict =
  | { readonly access: string }
  | { readonly wrong: 'api-key' | 'username' | 'password' | 'missing' };

/**
 * Judges the parameters of a login. With an API key and a name in one request the key decides
 * (open: the documents give either, never both).
 */
export function judgeLogin(
  credentials: readonly Credential[],
  params: ReadonlyMap<string, string>,
): LoginVerdict {
  const apiKey = params.get('api-key');
  const username = params.get('username');
  const password = params.get('password');
  if (!apiKey && !(username && password)) return { wrong: 'missing' };
  if (!apiKey && !USERNAME.test(username ?? '')) return { wrong: 'username' };
  const known = credentials.find((credential) =>
    'apiKey' in credential
      ? credential.apiKey === apiKey
      : !apiKey && credential.username === username && credential.password === password,
  );
  if (known) return { access: known.access ?? '@full' };
  return { wrong: apiKey ? 'api-key' : 'password' };
}
