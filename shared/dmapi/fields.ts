import { camelCase } from './camel-case.ts';
import { lineAt, splitField } from './lines.ts';

/** The `Key: value` lines a body begins with, and the text after them. */
export interface Fields {
  /** Values by camelCased key; the values of a repeated key are joined by line feeds. */
  readonly fields: Readonly<Record<string, string>>;
  readonly rest: string;
}

/**
 * Reads `Key: value` lines up to the first blank line, or the first line that is none of them. Blank
 * lines before them say nothing.
 */
export function readFields(body: string): Fields {
  const fields = new Map<string, string>();
  let at = afterBlankLines(body);
  while (at < body.length) {
    const line = lineAt(body, at);
    const field = splitField(line.text);
    if (!field && line.text !== '') break;
    at = line.next;
    if (!field) break;
    append(fields, camelCase(field[0]), field[1].trim());
  }
  return { fields: Object.fromEntries(fields), rest: body.slice(at) };
}

function afterBlankLines(body: string): number {
  let at = 0;
  for (let line = lineAt(body, at); at < body.length && /^ *$/.test(line.text); ) {
    at = line.next;
    line = lineAt(body, at);
  }
  return at;
}

function append(fields: Map<string, string>, key: string, value: string): void {
  const earlier = fields.get(key);
  fields.set(key, earlier === undefined ? value : `${earlier}\n${value}`);
}
