/**
 * A test for a filter of result-list: `*` stands for any text, `?` for one character, all else for
 * itself. Case does not count (open): domain names and hex ids have none, and whether the
 * registrar minds it for handles is not known.
 */
export function compilePattern(pattern: string): (text: string) => boolean {
  const source = pattern
    .replace(/\*+/g, '*')
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 'isu');
  return (text) => expression.test(text);
}
