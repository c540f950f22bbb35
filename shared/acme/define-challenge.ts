import * as z from 'zod/mini';
import { type Action, defineAction } from '../action.ts';
import { InvalidInputError } from '../failure.ts';
import { readAcmeSettings } from '../settings.ts';
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

/** All else that a patch refuses, the input cannot be. */
function besideCname(): InvalidInputError {
  return new InvalidInputError(
    'fqdn',
    'The zone has a CNAME at this name, and nothing can stand beside it.',
  );
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
      try {
        await zones.patch(how, { [change]: [record] }, CHALLENGE_TTL);
      } catch (error) {
        throw error instanceof InvalidInputError ? besideCname() : error;
      }
      return { fqdn: fqdn.given, value };
    },
  });
}
