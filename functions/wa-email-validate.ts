import { action } from '../shared/actions/wa-email-validate.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
