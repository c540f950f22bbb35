import { action } from '../shared/actions/domain-set-property.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
