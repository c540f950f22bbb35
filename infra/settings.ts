import * as z from 'zod/mini';
import { readEndpoint } from '../shared/dmapi/endpoint.ts';
import { GROUPS } from '../shared/group.ts';
import { SettingError } from './setting-error.ts';
import { readZoneNames, ZONE_NAMES } from './zone-names.ts';

const LIVE = 'https://dmapi.joker.com';
const SERVICES: ReadonlyMap<string, string> = new Map([
  ['live', LIVE],
  ['ote', 'https://dmapi.ote.joker.com'],
]);

/** What CloudWatch Logs accepts as a retention. */
export const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
] as const;

/** Stands for the ARN of a secret that the stacks are to make. */
export const CREATE = 'create';
/** Stands for the ARN of nothing. */
export const NONE = 'none';

const ARN = String.raw`arn:aws[a-z-]*:secretsmanager:[a-z\d-]+:\d{12}:secret:[\w/+=.@-]+-[A-Za-z\d]{6}`;
const TOPIC_ARN = String.raw`arn:aws[a-z-]*:sns:[a-z\d-]+:\d{12}:[\w-]{1,256}`;
const COMPLETE_ARN = 'the complete ARN of a secret, the six random characters at its end included';

/** A comment on each setting is its documentation; the reply to a bad value says what it accepts. */
const schema = z.strictObject({
  /** Part of the stacks' names and tags, so that several can live in one account. */
  stage: z._default(
    text(/^[a-z][a-z\d]{0,15}$/, 'It must be a lower-case word of at most 16 letters and digits.'),
    'dev',
  ),
  /** The DMAPI service: a URL, or `live` or `ote` (the registrar's test system). */
  dmapiUrl: z._default(dmapiUrl(), LIVE),
  /** The secret with the credentials: `create`, or the ARN of your own. */
  secretArn: z._default(
    text(new RegExp(`^(${CREATE}|${ARN})$`), `It must be ${CREATE}, or ${COMPLETE_ARN}.`),
    CREATE,
  ),
  /**
   * A second secret with a read-only key: `none`, `create`, or the ARN of your own. With it, only
   * functions that change something may read the first.
   */
  readOnlySecretArn: z._default(
    text(
      new RegExp(`^(${NONE}|${CREATE}|${ARN})$`),
      `It must be ${NONE}, ${CREATE}, or ${COMPLETE_ARN}.`,
    ),
    NONE,
  ),
  /** Which groups of actions are deployed. Events are told of what others do as well. */
  actions: z._default(groups(), [...GROUPS]),
  /** Requests a second that each route admits, all callers together. */
  throttleRate: z._default(wholeNumber(), 20),
  /** Requests that each route admits at once. */
  throttleBurst: z._default(wholeNumber(), 40),
  /** Names of callers that get an API key each. With none, requests are signed and not metered. */
  meteredCallers: z._default(names(), []),
  /** Requests a second of each metered caller. */
  meteredRate: z._default(wholeNumber(), 5),
  /** Requests at once of each metered caller. */
  meteredBurst: z._default(wholeNumber(), 10),
  /** Requests a day of each metered caller. */
  meteredQuotaPerDay: z._default(wholeNumber(), 10_000),
  /** A ceiling for the price of every order, in the currency of the account: `none`, or an amount. */
  maxOrderPrice: z._default(
    text(
      new RegExp(`^(${NONE}|(?!0*(\\.0*)?$)\\d{1,10}(\\.\\d{1,4})?)$`),
      `It must be ${NONE}, or an amount above 0 such as 50.00.`,
    ),
    NONE,
  ),
  /**
   * The zones in which ACME clients may answer challenges, by a route of their own with a login of its
   * own. With none, there is neither.
   */
  acmeZones: z._default(zones(), []),
  /** How often the results are reconciled. Slower is cheaper; events come later by as much. */
  reconcileMinutes: z._default(wholeNumber(60), 1),
  /**
   * Whether the first run on an account publishes also what was settled before: one event for each
   * result that the registrar still lists.
   */
  publishHistory: z._default(trueOrFalse(), false),
  /** Whether the schemas of the events are registered. In a region without a registry they are not. */
  eventSchemas: z._default(trueOrFalse(), true),
  /** The SNS topic that is told when an alarm goes off or is over: `none`, or its ARN. */
  alarmTopicArn: z._default(
    text(
      new RegExp(`^(${NONE}|${TOPIC_ARN})$`),
      `It must be ${NONE}, or the ARN of a standard SNS topic.`,
    ),
    NONE,
  ),
  /** How long logs are kept. */
  logRetentionDays: z._default(
    z.pipe(
      z.transform(toNumber),
      z.literal(
        LOG_RETENTION_DAYS,
        `It must be one that CloudWatch knows: ${LOG_RETENTION_DAYS.join(', ')}.`,
      ),
    ),
    90,
  ),
});

/** What can be set when the stacks are synthesised, by `-c name=value` or in cdk.json. */
export type Settings = Readonly<z.output<typeof schema>>;

/** Reads the settings out of CDK's context, where values from the command line are strings. */
export function readSettings(context: Readonly<Record<string, unknown>>): Settings {
  const values = Object.fromEntries(Object.entries(context).filter(([key]) => !isOfCdk(key)));
  const { data, error } = schema.safeParse(values);
  const [issue] = error?.issues ?? [];
  if (issue) throw new SettingError(explain(issue, values));
  return checkSecrets(data as Settings);
}

/** Keys that the CDK itself keeps in the context: feature flags, look-ups, its own settings. */
function isOfCdk(key: string): boolean {
  return /[:/]|^cdk-/.test(key) || ['cli-telemetry', 'acknowledged-issue-numbers'].includes(key);
}

function explain(issue: z.core.$ZodIssue, values: Readonly<Record<string, unknown>>): string {
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(schema.shape).join(', ');
    return `There is no setting ${issue.keys.join(', ')}. The settings are: ${known}.`;
  }
  const name = String(issue.path[0]);
  // A URL can hold a password: it is not repeated.
  const value = name === 'dmapiUrl' ? 'not usable' : JSON.stringify(values[name]);
  return `The setting ${name} is ${value}. ${issue.message}`;
}

/** The read-only key protects nothing if it is the powerful one. */
function checkSecrets(settings: Settings): Settings {
  const { secretArn, readOnlySecretArn } = settings;
  if (secretArn !== CREATE && secretArn === readOnlySecretArn) {
    throw new SettingError(
      'The setting readOnlySecretArn is the same secret as secretArn. It must be another one, with a read-only key.',
    );
  }
  return settings;
}

function text(pattern: RegExp, message: string) {
  return z.string(message).check(z.regex(pattern, message));
}

/** The rule for the URL is the functions' own. */
function dmapiUrl() {
  return z.pipe(
    z.string('It must be a URL, live or ote.'),
    z.transform((value: string, context) => {
      const url = SERVICES.get(value) ?? value;
      try {
        readEndpoint(url);
      } catch (error) {
        context.issues.push({ code: 'custom', input: value, message: (error as Error).message });
      }
      return url;
    }),
  );
}

function wholeNumber(maximum = Number.MAX_SAFE_INTEGER) {
  const range = maximum < Number.MAX_SAFE_INTEGER ? `from 1 to ${maximum}` : 'above 0';
  const message = `It must be a whole number ${range}.`;
  return z.pipe(
    z.transform(toNumber),
    z.number(message).check(z.int(message), z.minimum(1, message), z.maximum(maximum, message)),
  );
}

function toNumber(value: unknown): unknown {
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
}

function trueOrFalse() {
  return z.pipe(
    z.transform((value) => (value === 'true' ? true : value === 'false' ? false : value)),
    z.boolean('It must be true or false.'),
  );
}

function names() {
  const message =
    'It must be a comma-separated list of different names, each of at most 64 lower-case letters, digits and dashes.';
  return z.pipe(
    z.transform(toList),
    z
      .array(text(/^[a-z\d][a-z\d-]{0,63}$/, message), message)
      .check(z.refine((list) => new Set(list).size === list.length, message)),
  );
}

function groups() {
  const message = `It must be a comma-separated list of groups of actions: ${GROUPS.join(', ')}.`;
  return z.pipe(
    z.transform(toList),
    z.array(z.enum(GROUPS, message), message).check(z.minLength(1, message)),
  );
}

function zones() {
  const message = `It must be ${ZONE_NAMES}.`;
  return z.pipe(
    z.transform(toList),
    z.pipe(
      z.array(z.string(message), message),
      z.transform((names: string[], context) => {
        const read = readZoneNames(names);
        if (read) return read;
        context.issues.push({ code: 'custom', input: names, message });
        return z.NEVER;
      }),
    ),
  );
}

function toList(value: unknown): unknown {
  if (value === '') return [];
  return typeof value === 'string' ? value.split(',').map((name) => name.trim()) : value;
}
