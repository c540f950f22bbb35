import { action } from '../shared/actions/wa-email-list.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
