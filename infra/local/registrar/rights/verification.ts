/** An e-mail address of owners, and whether it was confirmed to be theirs. */
export interface EmailVerification {
  readonly email: string;
  readonly domain: string;
  /** What the mail asks to answer with; a secret. */
  readonly key: string;
  readonly expiresAtMs: number;
  state: 'verified' | 'unverified' | 'pending' | 'invalid';
}

/** A new owner that waits to be confirmed. */
export interface RegistrantChange {
  readonly domain: string;
  /** What the confirmation is given with; a secret. */
  readonly key: string;
  readonly owner: Readonly<Record<string, string>>;
}
