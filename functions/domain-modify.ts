import { action } from '../shared/actions/domain-modify.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
