import { toAscii } from '../shared/input/domain-name.ts';

/** All environment variables of a function may take 4 KB together. */
const MAX_LENGTH = 2000;

/** What a list of names of zones must be. */
export const ZONE_NAMES =
  'a comma-separated list of different domain names, such as example.com,example.net, of at most 2000 characters in all';

/** The names of zones as lower-case ASCII (UTS 46); `undefined` where one is none, or given twice. */
export function readZoneNames(names: readonly string[]): string[] | undefined {
  const ascii = names.flatMap((name) => toAscii(name) ?? []).filter((name) => name.includes('.'));
  const isGood = ascii.length === names.length && new Set(ascii).size === ascii.length;
  return isGood && ascii.join(',').length <= MAX_LENGTH ? ascii : undefined;
}
