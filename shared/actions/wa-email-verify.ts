import { defineRequest } from '../action.ts';
import { secret } from '../input/secret.ts';
import { oneOf } from '../input/text.ts';
import { readVerdict, verdictReply } from '../reply/verdict.ts';

export const reply = verdictReply;

export const example = () => ({
  input: { key: 'a-key-from-a-mail', answer: 'yes' },
  reply: { accepted: true },
});

export const action = defineRequest({
  name: 'wa-email-verify',
  group: 'verification',
  method: 'POST',
  access: 'modify',
  summary: 'Answers the verification of an owner address; no can put domains on hold.',
  input: {
    /** It came by mail. */
    key: secret,
    answer: oneOf(['yes', 'no']),
  },
  secrets: ['key'],
  read: readVerdict,
});
