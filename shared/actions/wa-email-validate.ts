import { defineRequest } from '../action.ts';
import { email } from '../input/contact-texts.ts';
import { readVerdict, verdictReply } from '../reply/verdict.ts';

export const reply = verdictReply;

export const example = () => ({
  input: { email: 'office@example.org' },
  reply: { accepted: true },
});

export const action = defineRequest({
  name: 'wa-email-validate',
  group: 'verification',
  method: 'POST',
  access: 'modify',
  summary: 'Sends the mail that verifies an owner address again.',
  input: {
    email,
  },
  read: readVerdict,
});
