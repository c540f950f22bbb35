import { defineRequest } from '../action.ts';
import { domain } from '../input/domain-name.ts';
import { oneOf } from '../input/text.ts';
import { changeReply, readChange } from '../reply/change.ts';

export const reply = changeReply;

export const example = () => ({
  input: { domain: 'arriving.example', action: 'resend-foa' },
  reply: { procId: null, svTrId: null },
});

export const action = defineRequest({
  name: 'domain-transfer-control',
  group: 'domains',
  method: 'POST',
  access: 'modify',
  summary: 'Sends the confirmation mail of an inbound transfer again, or cancels the transfer.',
  input: {
    domain,
    action: oneOf(['resend-foa', 'cancel']),
  },
  read: readChange,
});
