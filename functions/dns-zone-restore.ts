import { action } from '../shared/actions/dns-zone-restore.ts';
import { serve } from '../shared/http/serve.ts';

export const handler = serve(action);
