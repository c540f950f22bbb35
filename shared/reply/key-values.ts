import * as z from 'zod/mini';
import { camelCase } from '../dmapi/camel-case.ts';
import { unreadable } from '../dmapi/error.ts';
import { lines, splitField } from '../dmapi/lines.ts';
import type { Reply } from '../dmapi/reply.ts';

/** Values by camelCased key. The values of a repeated key are a list, in their order. */
export interface KeyValues {
  readonly [key: string]: string | readonly string[] | KeyValues;
}

/** Keys of the registrar's have three or four parts. */
const MAX_LEVELS = 20;

/** A part of a key is one of these while it is read; no key of the registrar reaches a prototype. */
type Level = Map<string, string | string[] | Level>;

/**
 * Reads a body of `key: value` lines. The parts of a key with dots become levels: `domain.admin-c` is
 * found at `domain.adminC`.
 *
 * @param read what becomes of a value; its key is as it came @default the value
 * @throws DmapiError `unreadable-reply` for a line that has no key, or one of too many parts
 */
export function readKeyValues(
  { body }: Reply,
  read: (key: string, value: string) => string = (_, value) => value,
): KeyValues {
  const root: Level = new Map();
  for (const line of lines(body)) {
    const [key, value] = splitField(line) ?? [];
    if (key === undefined || value === undefined) throw unreadable('a line has no key');
    const parts = key.split('.', MAX_LEVELS + 1);
    if (parts.length > MAX_LEVELS) throw unreadable('a key has too many parts');
    const path = parts.map(camelCase).filter(Boolean);
    put(root, path.length > 0 ? path : [key], read(key, value.trim()));
  }
  return toObject(root);
}

/** Where a key is both a value and a level, the value stays under the level's own name, joined. */
function put(level: Level, [name = '', ...rest]: readonly string[], value: string): void {
  const there = level.get(name);
  if (rest.length > 0 && (there === undefined || there instanceof Map)) {
    const next = there ?? new Map();
    level.set(name, next);
    put(next, rest, value);
  } else if (rest.length > 0) put(level, [camelCase([name, ...rest].join('-'))], value);
  else if (there instanceof Map) put(there, [name], value);
  else if (there === undefined) level.set(name, value);
  // A key can be repeated so often that a new list each time would take minutes.
  else if (Array.isArray(there)) there.push(value);
  else level.set(name, [there, value]);
}

function toObject(level: Level): KeyValues {
  const entries = Array.from(level, ([name, value]) => [
    name,
    value instanceof Map ? toObject(value) : value,
  ]);
  return Object.fromEntries(entries);
}

/** The reply whose keys are the registrar's. */
export const keyValuesReply = () => z.record(z.string(), z.unknown());
