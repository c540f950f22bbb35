import { action } from '../shared/actions/query-domain-list.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
