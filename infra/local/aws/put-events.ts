import type { AwsReply } from './service.ts';

/** An entry of `PutEvents`, as it comes over the wire. */
export interface EventEntry {
  readonly Source?: string;
  readonly DetailType?: string;
  /** A JSON object, as text. */
  readonly Detail?: string;
  readonly Resources?: readonly string[];
  /** A name or an ARN. */
  readonly EventBusName?: string;
  /** In seconds since 1970. */
  readonly Time?: number;
}

/** EventBridge's limits of one call. */
const MAX_ENTRIES = 10;
const MAX_BYTES = 1024 * 1024;

/** EventBridge's refusal of a whole call; `undefined` where it is acceptable. */
export function refuseEntries(entries: readonly EventEntry[]): AwsReply | undefined {
  if (entries.length === 0) return invalid(constraint(entries, 'greater than or equal to 1'));
  if (entries.length > MAX_ENTRIES) {
    return invalid(constraint(entries, `less than or equal to ${MAX_ENTRIES}`));
  }
  const bytes = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
  return bytes < MAX_BYTES
    ? undefined
    : invalid('Total size of the entries in the request is over the limit.');
}

/** EventBridge's refusal of one entry; `undefined` where it is acceptable. */
export function refuseEntry(entry: EventEntry): object | undefined {
  const missing = (['Source', 'DetailType', 'Detail'] as const).find((name) => !entry[name]);
  if (missing) {
    return {
      ErrorCode: 'InvalidArgument',
      ErrorMessage: `Parameter ${missing} is not valid. Reason: ${missing} is a required argument.`,
    };
  }
  return isJsonObject(entry.Detail ?? '')
    ? undefined
    : { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
}

/** As EventBridge documents it. */
function sizeOf({ Time, Source = '', DetailType = '', Detail = '', Resources = [] }: EventEntry) {
  const texts = [Source, DetailType, Detail, ...Resources];
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return bytes + (Time === undefined ? 0 : 14);
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function constraint(entries: readonly EventEntry[], length: string): string {
  return (
    `1 validation error detected: Value of ${entries.length} entries at 'entries' failed to ` +
    `satisfy constraint: Member must have length ${length}`
  );
}

function invalid(message: string): AwsReply {
  return { status: 400, error: 'ValidationException', body: { message } };
}
