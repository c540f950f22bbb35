import { isIPv4, isIPv6 } from 'node:net';
import * as z from 'zod/mini';

/** An IPv4 address in its usual form. Whether it is public is the registrar's to judge. */
export const ipv4 = address(isIpv4, 'an IPv4 address, such as 192.0.2.1');

/** An IPv6 address, without a zone. */
export const ipv6 = address(isIpv6, 'an IPv6 address, such as 2001:db8::1');

/** Whether it is four numbers with dots. */
export function isIpv4(text: string): boolean {
  return isIPv4(text);
}

/** Whether it is an IPv6 address in any of its forms, without a zone. */
export function isIpv6(text: string): boolean {
  return isIPv6(text) && !text.includes('%');
}

function address(isOne: (text: string) => boolean, described: string) {
  const message = `must be ${described}`;
  return z
    .string(message)
    .check(z.minLength(1, message), z.maxLength(45, message), z.refine(isOne, message));
}
