import { challengeExample, challengeReply, defineChallenge } from '../acme/define-challenge.ts';

export const reply = challengeReply;

export const example = challengeExample;

export const action = defineChallenge({
  name: 'acme-present',
  summary: 'Answers an ACME challenge: adds a TXT record to a zone that is open to ACME clients.',
  change: 'add',
});
