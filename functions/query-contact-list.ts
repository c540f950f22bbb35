import { action } from '../shared/actions/query-contact-list.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
