import { action } from '../shared/actions/dns-zone-get.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
