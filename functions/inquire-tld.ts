import { action } from '../shared/actions/inquire-tld.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
