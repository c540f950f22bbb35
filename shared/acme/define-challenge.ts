import * as z from 'zod/mini';
import { type Action, type Call, defineAction } from '../action.ts';
import type { Deadline } from '../dmapi/deadline.ts';
import { readAcmeSettings } from '../settings.ts';
import { accountZones } from './account-zones.ts';
import { type ChallengeName, challengeName, challengeValue } from './challenge-input.ts';
import { challengeZone, nameWithin } from './challenge-zone.ts';

/**
 * The zones of the account, as far as challenges change them: single TXT records, by the zone, the
 * name within it and the text, all as lower-case ASCII but the text. Adding what is there and removing
 * what is not are no errors.
 */
export interface ChallengeZones {
  add(domain: string, name: string, value: string, deadline: Deadline): Promise<unknown>;
  remove(domain: string, name: string, value: string, deadline: Deadline): Promise<unknown>;
}

/** What an ACME client asks for. */
interface Challenge {
  readonly fqdn: ChallengeName;
  readonly value: string;
}

interface ChallengeDefinition extends Pick<Action, 'name' | 'summary'> {
  /** What becomes of the record. */
  readonly change: keyof ChallengeZones;
  readonly openZones: (call: Call) => Promise<ChallengeZones>;
}

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
  openZones,
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
      const zone = await challengeZone(fqdn.ascii, { open, listZones, deadline });
      const zones = await openZones(call);
      await zones[change](zone, nameWithin(zone, fqdn.ascii), value, deadline);
      return { fqdn: fqdn.given, value };
    },
  });
}
