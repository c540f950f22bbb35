import { challengeExample, challengeReply, defineChallenge } from '../acme/define-challenge.ts';

export const reply = challengeReply;

export const example = challengeExample;

export const action = defineChallenge({
  name: 'acme-cleanup',
  summary: 'Takes the answer to an ACME challenge back: removes exactly that TXT record.',
  change: 'remove',
});
