import { action } from '../shared/actions/query-tld-list.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
