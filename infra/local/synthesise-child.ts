import { synthesise } from './synthesise.ts';

const [context = '', directory = ''] = process.argv.slice(2);
process.send?.(await synthesise(JSON.parse(context), directory));
process.disconnect?.();
