import { action } from '../shared/actions/domain-transfer-control.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
