/** The rights on a domain that can be given to others. */
export const ROLES = ['@admin', '@billing', '@tech', '@creator'] as const;

/** A right that somebody has on a domain, or is offered. */
export interface Grant {
  readonly type: 'grant' | 'invitation';
  readonly number: number;
  readonly domain: string;
  readonly role: string;
  /** What the invited answers with; a secret. Null for what is granted. */
  readonly key: string | null;
  readonly inviter: string;
  readonly invitedLogin: string | null;
  readonly invitedUid: string | null;
  readonly email: string | null;
  readonly nickname: string | null;
}

/** The scope of every right here; what others there are is not known. */
export const SCOPE = '@domain';
