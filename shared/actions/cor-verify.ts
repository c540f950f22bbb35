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
  name: 'cor-verify',
  group: 'verification',
  method: 'POST',
  access: 'modify',
  summary: 'Approves or refuses a change of owner that is pending.',
  input: {
    /** It came by mail. */
    key: secret,
    answer: oneOf(['yes', 'no']),
  },
  secrets: ['key'],
  read: readVerdict,
});
