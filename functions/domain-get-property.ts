import { action } from '../shared/actions/domain-get-property.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
