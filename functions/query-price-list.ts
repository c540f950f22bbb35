import { action } from '../shared/actions/query-price-list.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
