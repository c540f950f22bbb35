import type { Judged } from './judged.ts';

/** The login by which a router changes the addresses of DYNA and DYNAAAA records. */
export interface DynDns {
  readonly enabled: boolean;
  readonly username: string | null;
}

export interface DynDnsInput {
  readonly enabled: boolean;
  readonly username?: string | null | undefined;
  readonly password?: string | undefined;
}

export const DYN_DNS = '$dyndns=';

export interface DynDnsSetting extends DynDns {
  /** A secret. */
  readonly password: string;
}

/** Reads the line `$dyndns=yes:user:password`, or `$dyndns=no::`; whatever else it is, is off. */
export function readDynDns(line: string | undefined): DynDnsSetting {
  const [state, username = '', ...password] = (line ?? '').trim().slice(DYN_DNS.length).split(':');
  return { enabled: state === 'yes', username: username || null, password: password.join(':') };
}

/** The line without its password, as it is kept, compared and shown. */
export function withoutPassword(line: string): string {
  const [state = '', username = ''] = line.trim().slice(DYN_DNS.length).split(':');
  return `${DYN_DNS}${state}:${username}:`;
}

/**
 * The line for what is wanted. A password that is left out stays as it is.
 *
 * @returns or what is wrong, with the field
 */
export function changeDynDns(
  present: string | undefined,
  wanted: DynDnsInput,
): Judged<{ readonly line: string | undefined }> & { field?: 'username' | 'password' } {
  const now = readDynDns(present);
  const { enabled, username = null, password = now.password } = wanted;
  const isUnchanged =
    enabled === now.enabled &&
    (username ?? '') === (now.username ?? '') &&
    password === now.password;
  if (isUnchanged) return { line: present };
  const texts = { username: username ?? '', password };
  for (const field of ['username', 'password'] as const) {
    if (enabled && texts[field] === '') return { wrong: 'is needed to switch DynDNS on', field };
    if (!/^[\x21-\x39\x3b-\x7e]*$/.test(texts[field])) {
      return { wrong: 'must be visible ASCII characters without a colon', field };
    }
  }
  if (!enabled) return { line: `${DYN_DNS}no::` };
  return { line: `${DYN_DNS}yes:${texts.username}:${texts.password}` };
}
