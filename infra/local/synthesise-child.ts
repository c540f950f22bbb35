import { synthesise } from './synthesise.ts';

const [dmapiUrl = '', directory = ''] = process.argv.slice(2);
process.send?.(await synthesise(dmapiUrl, directory));
process.disconnect?.();
