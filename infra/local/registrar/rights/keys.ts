import type { Account } from '../account/account.ts';

/** The keys that mails would carry: secrets, for whoever plays the one who gets the mail. */
export interface Keys {
  /** By address. */
  readonly emails: Readonly<Record<string, string>>;
  /** By domain. */
  readonly registrantChanges: Readonly<Record<string, string>>;
}

export function keysOf({ emails, registrantChanges }: Account): Keys {
  return {
    emails: Object.fromEntries(emails.map(({ email, key }) => [email, key])),
    registrantChanges: Object.fromEntries(
      registrantChanges.map(({ domain, key }) => [domain, key]),
    ),
  };
}
