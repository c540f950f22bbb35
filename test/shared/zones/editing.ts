import { InvalidInputError } from '../../../shared/failure.ts';
import type { EditedLine } from '../../../shared/zones/edit.ts';
import { type PatchInput, patchZone } from '../../../shared/zones/patch.ts';
import { type PutInput, replaceZone } from '../../../shared/zones/replace.ts';
import { readZone, viewZone, type Zone, zoneText } from '../../../shared/zones/zone.ts';
import { toText } from './any-zone.ts';

export const DOMAIN = 'example.net';

/** A zone as it is edited here. */
export interface Edited {
  /** The lines that were there, as they are written. */
  readonly stays: readonly string[];
  /** The records and forwards that are new: name, type, ttl, record. */
  readonly isNew: readonly string[];
  readonly lines: readonly string[];
}

export const zoneOf = (lines: readonly string[]): Zone => readZone(toText(lines));

export function patch(lines: readonly string[], input: PatchInput, defaultTtl?: number): Edited {
  return told(patchZone(zoneOf(lines), DOMAIN, input, defaultTtl));
}

/** Replaces a zone; what is not given is as it is shown. */
export function put(lines: readonly string[], input: Partial<PutInput>): Edited {
  const { rrsets, forwards } = viewZone(zoneOf(lines));
  return told(replaceZone(zoneOf(lines), DOMAIN, { rrsets, forwards, ...input }));
}

/** The field that a refusal names. */
export function refusedField(change: () => unknown): string | undefined {
  try {
    change();
  } catch (error) {
    if (error instanceof InvalidInputError) return error.field;
    throw error;
  }
  return undefined;
}

function told(edited: readonly EditedLine[]): Edited {
  const fresh = edited.filter(({ place }) => place);
  return {
    stays: edited.filter(({ place }) => !place).map(({ line }) => line.text),
    isNew: fresh.map(({ line: { record, forward, text } }) =>
      record ? `${record.name} ${record.type} ${record.ttl} ${record.record}` : forward ? text : '',
    ),
    lines: zoneText({ lines: edited.map(({ line }) => line) }).split('\n'),
  };
}
