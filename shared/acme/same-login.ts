import { createHash, timingSafeEqual } from 'node:crypto';
import type { Login } from './basic-login.ts';

/** Whether two logins are the same. How long it takes tells nothing of where they differ. */
export function isSameLogin(one: Login, other: Login): boolean {
  const hasSameName = isSameText(one.username, other.username);
  const hasSamePassword = isSameText(one.password, other.password);
  return hasSameName && hasSamePassword;
}

/** By digests, which are of one length. */
function isSameText(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
