import { action } from '../shared/actions/query-whois.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
