import { describe, expect, test } from '@jest/globals';
import type { Action } from '../../../shared/action.ts';
import { asking, type Loose, toEvent } from '../../functions/bad-request.ts';
import { actionOf } from '../../functions/every-action.ts';
import { perform } from './perform.ts';

/** An input, and what of it goes on the wire. */
export interface Asks {
  readonly action: string;
  readonly input: Loose;
  readonly sends: Readonly<Record<string, string>>;
  /** The request, where it is not the action's name. */
  readonly as?: string;
  /** What is to be blanked out, should it come back. */
  readonly secrets?: readonly string[];
  /** A reply that will do. @default QUEUED */
  readonly wire?: string;
}

/** What the registrar writes, and what the action makes of it. */
export interface Reads {
  readonly action: string;
  /** How the reply is written. */
  readonly what: string;
  readonly input?: Loose;
  readonly wire: string;
  readonly reply: unknown;
}

/** An input that is refused, and the field that is named. */
export type Refuses = readonly [action: string, input: Loose, field: string];

/** Good for whatever has no body to be read. */
export const QUEUED =
  'Status-Code: 0\nTracking-Id: 01dd7b8f013764167ed0e21db8e4e555\nProc-ID: 104000007\n\n';

/** Makes a test of each: the request and its parameters, exactly. */
export function testRequests(all: readonly Asks[]): void {
  describe('what goes on the wire of', () => {
    test.each(all.map((one) => [one.action, one.input, one] as const))(
      '%s %j',
      async (name, input, { sends, as = name, secrets, wire = QUEUED }) => {
        const action = await actionOf(name);
        const { sent } = await performWith(action, input, wire);
        const { access } = action;
        const request = { name: as, access, params: sends, ...(secrets && { secrets }) };
        expect(sent).toStrictEqual([request]);
      },
    );
  });
}

/** Makes a test of each: the reply, exactly. */
export function testReplies(all: readonly Reads[]): void {
  describe('the reply of', () => {
    test.each(all.map((one) => [one.action, one.what, one] as const))(
      '%s, %s',
      async (name, _what, { input = {}, wire, reply }) => {
        const { output } = await performWith(await actionOf(name), input, wire);
        expect(output).toStrictEqual(reply);
      },
    );
  });
}

/** Makes a test of each: nothing is sent, and the field is named. */
export function testRefusals(all: readonly Refuses[]): void {
  describe('there is no', () => {
    test.each(all)('%s %j: %s', async (name, input, field) => {
      const refusal = expect.objectContaining({ name: 'InvalidInputError', field });
      await expect(performWith(await actionOf(name), input, QUEUED)).rejects.toThrow(refusal);
    });
  });
}

/** A list as the registrar writes it. */
export function list(rows: readonly string[], ...headers: readonly string[]): string {
  return [...['Status-Code: 0', ...headers], '', ...rows].join('\n');
}

/** How the registrar tells that there is none. */
export const NONE = 'Status-Code: 2303\nStatus-Text: Object does not exist\n\n';

function performWith(action: Action, input: Loose, wire: string) {
  return perform(action, toEvent(asking(action, input)), wire);
}
