import { action } from '../shared/actions/order.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
