import * as z from 'zod/mini';
import { type Action, defineAction } from '../action.ts';
import { DmapiError } from '../dmapi/error.ts';
import { InvalidInputError } from '../failure.ts';
import { readAcmeSettings } from '../settings.ts';
import { ZoneError } from '../zones/zone-error.ts';
import { accountZones } from './account-zones.ts';
import { type ChallengeName, challengeName, challengeValue } from './challenge-input.ts';
import { challengeZone, nameWithin } from './challenge-zone.ts';

/** What an ACME client asks for. */
interface Challenge {
  readonly fqdn: ChallengeName;
  readonly value: string;
}

interface ChallengeDefinition extends Pick<Action, 'name' | 'summary'> {
  /** What becomes of the record. */
  readonly change: 'add' | 'remove';
}

interface ChallengeRecord {
  readonly name: string;
  readonly type: string;
  readonly record: string;
}

/**
 * What an ACME client is told of a failure: nothing of other records of the zone.
 *
 * @throws that; does nothing where the zone differs, but not in this record
 */
function forChallenge(
  error: unknown,
  change: ChallengeDefinition['change'],
  record: ChallengeRecord,
): void {
  if (error instanceof InvalidInputError) throw besideCname();
  if (error instanceof DmapiError && error.kind === 'refused') throw notTaken();
  if (!(error instanceof ZoneError) || !error.particulars.diff) throw error;
  const { added, removed } = error.particulars.diff;
  const differs = (change === 'add' ? removed : added).some(
    (it) => 'record' in it && it.name === record.name && it.record === record.record,
  );
  if (differs) throw new ZoneError(error.problem, 'The zone has not become what was written.');
}

/** All else that a patch refuses, the input cannot be. */
function besideCname(): InvalidInputError {
  return new InvalidInputError(
    'fqdn',
    'The zone has a CNAME at this name, and nothing can stand beside it.',
  );
}

function notTaken(): DmapiError {
  const message =
    'The registrar does not take the zone with this change, perhaps for another record of it, or because it would be empty. Nothing was changed.';
  return new DmapiError('refused', message);
}

/** For a name that has no TXT yet, seconds: soon forgotten, and above what the registrar takes. */
const CHALLENGE_TTL = 120;

/** What is answered: both as they were sent, because acme.sh looks for the value in the reply. */
export const challengeReply = () => z.strictObject({ fqdn: z.string(), value: z.string() });

/** A call and its answer, as lego and acme.sh make it. */
export const challengeExample = () => {
  const challenge = {
    fqdn: '_acme-challenge.www.example.com.',
    value: 'gfj9Xq-Rg0l9wxUpr0tCvvGLtNkqGv5n1Cd-3eSUfTI',
  };
  return { input: challenge, reply: challenge };
};

/** Defines what ACME clients call: one TXT record of a zone that is open to them comes or goes. */
export function defineChallenge({
  name,
  summary,
  change,
}: ChallengeDefinition): Action<Challenge, z.output<ReturnType<typeof challengeReply>>> {
  return defineAction({
    name,
    group: 'zones',
    method: 'POST',
    access: 'modify',
    summary,
    zoneTable: 'write',
    door: 'acme',
    input: z.strictObject({ fqdn: challengeName, value: challengeValue }),
    async run(session, { fqdn, value }, deadline, call) {
      const { zones: open } = readAcmeSettings();
      const listZones = accountZones(session);
      const domain = await challengeZone(fqdn.ascii, { open, listZones, deadline });
      const record = { name: nameWithin(domain, fqdn.ascii), type: 'TXT', record: value };
      const how = { domain, keepsVersion: false, deadline };
      const zones = await call.zones();
      await zones
        .patch(how, { [change]: [record] }, CHALLENGE_TTL)
        .catch((error) => forChallenge(error, change, record));
      return { fqdn: fqdn.given, value };
    },
  });
}
