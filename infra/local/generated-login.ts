import { randomBytes } from 'node:crypto';

/** What a secret holds from its start, as its template has it. */
export interface LoginTemplate {
  /** JSON, with the user name. */
  readonly template: string;
  /** What the generated password is called in it. */
  readonly key: string;
}

/** A user name, and a password that is another one at each start. */
export interface GeneratedLogin {
  readonly username: string;
  readonly password: string;
}

/** Makes a login as CloudFormation would. @throws Error where it is of another form */
export function generateLogin({ template, key }: LoginTemplate): GeneratedLogin {
  const password = randomBytes(20).toString('hex');
  const login: Partial<GeneratedLogin> = { ...JSON.parse(template), [key]: password };
  if (login.username && login.password === password) return { username: login.username, password };
  throw new Error('A secret of the template is generated, and is no login.');
}
