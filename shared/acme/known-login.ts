import type { SecretText } from '../aws/secrets-manager.ts';
import type { Deadline } from '../dmapi/deadline.ts';
import type { Login } from './basic-login.ts';
import { parseLogin } from './parse-login.ts';
import { isSameLogin } from './same-login.ts';

export interface KnownLoginOptions {
  /** Reads the secret as it is now. */
  readonly readSecret: (deadline: Deadline) => Promise<Pick<SecretText, 'text'>>;
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
}

/**
 * Whether a login is the one of the secret. Throws what `parseLogin` throws, and what reading the
 * secret throws.
 */
export type IsKnown = (login: Login, deadline: Deadline) => Promise<boolean>;

/** How long a password that has been replaced can still be good. */
const KEPT_MS = 60_000;
/** How soon after a reading a wrong password is reason for another one: each costs money. */
const AGAIN_AFTER_MS = 5000;

interface Reading {
  readonly atMs: number;
  readonly login: Promise<Login>;
}

/**
 * Compares logins with the one of the secret, which is kept in memory for a minute. Where another
 * comes it is read again, because an operator may have replaced it, but not for each of many.
 */
export function knownLogin({ readSecret, now }: KnownLoginOptions): IsKnown {
  let last: Reading | undefined;

  /** As it was read a while ago at most; callers who come at once wait for one reading. */
  async function within(ms: number, deadline: Deadline): Promise<Login> {
    if (last && now() - last.atMs < ms) return await last.login;
    const reading = {
      atMs: now(),
      login: readSecret(deadline).then(({ text }) => parseLogin(text)),
    };
    last = reading;
    reading.login.catch(() => {
      // What went wrong is told to who waited for it. The next one tries anew.
      if (last === reading) last = undefined;
    });
    return await reading.login;
  }

  return async (login, deadline) =>
    isSameLogin(login, await within(KEPT_MS, deadline)) ||
    isSameLogin(login, await within(AGAIN_AFTER_MS, deadline));
}
