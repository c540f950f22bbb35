import * as z from 'zod/mini';
import { host } from './domain-name.ts';

/** DNS itself sets no bound; no registry takes more than thirteen. */
const MAX = 13;
const MESSAGE = `must be a list of 1 to ${MAX} host names`;

/** The name servers of a domain, in order. On the wire they are joined by colons. */
export const nameServers = z
  .array(host, MESSAGE)
  .check(z.minLength(1, MESSAGE), z.maxLength(MAX, MESSAGE));
