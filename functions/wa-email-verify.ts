import { action } from '../shared/actions/wa-email-verify.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
