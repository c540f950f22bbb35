/** A line of a text, and where the next one begins. */
interface Line {
  readonly text: string;
  readonly next: number;
}

const FIELD = /^([A-Za-z0-9][A-Za-z0-9_.-]*):(.*)$/s;

/** The line that begins at an offset, without its line end: LF, and CRLF is understood. */
export function lineAt(text: string, at: number): Line {
  const lineFeed = text.indexOf('\n', at);
  const end = lineFeed < 0 ? text.length : lineFeed;
  const isCrlf = end > at && text[end - 1] === '\r';
  return { text: text.slice(at, isCrlf ? end - 1 : end), next: end + 1 };
}

/** The lines of a body that hold something. */
export function* lines(body: string): Generator<string> {
  for (let at = 0; at < body.length; ) {
    const { text, next } = lineAt(body, at);
    if (text !== '') yield text;
    at = next;
  }
}

/** The name and the value of a `Name: value` line, split at the first colon; else `undefined`. */
export function splitField(line: string): readonly [name: string, value: string] | undefined {
  const [, name, value] = FIELD.exec(line) ?? [];
  return name === undefined || value === undefined ? undefined : [name, value];
}
