import { action } from '../shared/actions/wa-email-query-status.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
