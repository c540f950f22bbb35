import { action } from '../shared/actions/contact-delete.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
