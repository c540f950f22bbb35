/** An object that is being read. */
interface OpenObject {
  readonly keys: Set<string>;
  /** The last one read. */
  key: string;
}

/** What structure is made of. The two characters of an escape are taken together. */
const SIGN = /\\.|["{}:]/g;

/**
 * The key that a JSON text gives twice in one object, of which `JSON.parse` would silently take the
 * last; if that happens further inside, the key of the outermost object that holds it. `undefined`
 * where there is none.
 *
 * @param json what `JSON.parse` accepts: nothing else is checked here.
 */
export function repeatedKey(json: string): string | undefined {
  const open: OpenObject[] = [];
  let from: number | undefined;
  let text = '';
  // Sign by sign, since a pattern for a whole string overflows the stack when the string is long.
  for (const { 0: sign, index } of json.matchAll(SIGN)) {
    if (sign === '"') {
      if (from !== undefined) text = json.slice(from, index + 1);
      from = from === undefined ? index : undefined;
    } else if (from !== undefined) continue;
    else if (sign === '{') open.push({ keys: new Set(), key: '' });
    else if (sign === '}') open.pop();
    else if (isRepeated(open.at(-1), JSON.parse(text))) return open[0]?.key;
  }
  return undefined;
}

function isRepeated(object: OpenObject | undefined, key: string): boolean {
  if (!object) return false;
  object.key = key;
  if (object.keys.has(key)) return true;
  object.keys.add(key);
  return false;
}
