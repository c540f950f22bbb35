import { action } from '../shared/actions/contact-modify.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
