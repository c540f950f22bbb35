import type { Deadline } from '../dmapi/deadline.ts';
import { DmapiError } from '../dmapi/error.ts';
import { headerValues } from '../dmapi/reply.ts';
import { AwsUnavailableError, CredentialsRejectedError, InvalidInputError } from '../failure.ts';
import type { Session } from '../session/session.ts';
import { readDynDns } from './dyn-dns.ts';
import type { EditedLine } from './edit.ts';
import { zoneText } from './zone.ts';
import { ZoneError } from './zone-error.ts';

interface Sending {
  readonly deadline: Deadline;
  /** Waited for right before the zone is sent, and before it is sent once more in another session. */
  readonly beforeSending: () => Promise<void>;
}

/**
 * Replaces a zone at the registrar by these lines.
 *
 * @throws what the session throws; where the registrar blames a line, the refusal names its record
 */
export async function sendZone(
  session: Session,
  domain: string,
  edited: readonly EditedLine[],
  { deadline, beforeSending }: Sending,
): Promise<void> {
  const lines = edited.map(({ line }) => line);
  const secrets = lines.flatMap(({ kind, text }) =>
    kind === 'dynDns' ? [readDynDns(text).password] : [],
  );
  const params = { domain, zone: zoneText({ lines }) };
  const named = { name: 'dns-zone-put', access: 'modify' } as const;
  try {
    await session.send({ ...named, params, secrets, beforeSending }, deadline);
  } catch (error) {
    throw error instanceof DmapiError && error.kind === 'refused' ? blaming(error, edited) : error;
  }
}

/** Each faulty line of a zone gets an Error; how it is named there, nothing tells: by its number, most likely. */
function blaming(error: DmapiError, edited: readonly EditedLine[]): DmapiError {
  const { reply } = error;
  if (!edited.some(({ line }) => HOLDS.has(line.kind))) {
    const message = 'The registrar takes no zone without records. Nothing was changed.';
    return withField(new DmapiError('refused', message, { reply }), null);
  }
  const texts = reply ? headerValues(reply, 'Error') : [];
  const blamed = firstBlamed(texts, edited);
  if (!blamed) return texts.some(isOfZone) ? withField(error, null) : error;
  const { place, line } = blamed;
  const named = line.owner ? `${line.owner.name} ${line.owner.type}` : 'a line of the zone';
  const message = place
    ? `The registrar refused ${place.record} (${named}). Nothing was changed.`
    : `The registrar refused ${named}, which the zone has had before. Nothing was changed.`;
  return withField(new DmapiError('refused', message, { reply }), place?.record ?? null);
}

const HOLDS: ReadonlySet<string> = new Set(['record', 'forward', 'other']);

/** The zone as a whole is no parameter of the caller. */
function isOfZone(text: string): boolean {
  return /^parameter zone:/i.test(text);
}

function withField({ kind, message, reply }: DmapiError, field: string | null): DmapiError {
  return new DmapiError(kind, message, { reply, field });
}

function firstBlamed(texts: readonly string[], edited: readonly EditedLine[]) {
  for (const text of texts) {
    const blamed = quoted(text, edited) ?? numbered(text, edited);
    if (blamed) return blamed;
  }
  return undefined;
}

/** The longest line that is repeated there: a shorter one can be a part of it. */
function quoted(text: string, edited: readonly EditedLine[]): EditedLine | undefined {
  const found = edited.filter(({ line }) => line.owner && text.includes(line.text.trim()));
  return found.sort((a, b) => b.line.text.length - a.line.text.length)[0];
}

function numbered(text: string, edited: readonly EditedLine[]): EditedLine | undefined {
  const [, number] = /\bline:?\s*#?(\d{1,6})\b/i.exec(text) ?? [];
  return edited[Number(number ?? 0) - 1];
}

/** Whether the registrar has certainly not carried out what was sent, and never will. */
export function wasAnswered(error: unknown): boolean {
  // Of these nothing has left, or it was turned away for want of a session.
  if (error instanceof ZoneError || error instanceof InvalidInputError) return true;
  if (error instanceof CredentialsRejectedError || error instanceof AwsUnavailableError)
    return true;
  if (!(error instanceof DmapiError)) return false;
  return !error.sent || error.wasTurnedAway || VERDICTS.has(error.kind);
}

const VERDICTS: ReadonlySet<string> = new Set([
  'refused',
  'not-permitted',
  'not-found',
  'conflict',
  'session-refused',
]);
