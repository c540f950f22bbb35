import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import { parseReply } from '../shared/dmapi/parse-reply.ts';
import type { Reply } from '../shared/dmapi/reply.ts';

/** The text of a DMAPI reply in test/fixtures/dmapi. */
export function fixture(name: string): string {
  return readFileSync(new URL(`./fixtures/dmapi/${name}.txt`, import.meta.url), 'utf8');
}

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function replyOf(text: string): Reply {
  return parseReply(bytes(text));
}

/** A successful reply with this body. */
export function replyWithBody(body: string, ...headers: string[]): Reply {
  return replyOf(`${['Status-Code: 0', ...headers].join('\n')}\n\n${body}`);
}

/** Matches the DmapiError for whatever is not DMAPI. */
export const UNREADABLE = expect.objectContaining({
  name: 'DmapiError',
  kind: 'unreadable-reply',
});

/**
 * Runs a reader on hostile text: it may refuse it as unreadable, with words of our own.
 *
 * @throws whatever else it throws.
 */
export function readOrRefuse<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    expect(() => {
      throw error;
    }).toThrow(UNREADABLE);
    return undefined;
  }
}
