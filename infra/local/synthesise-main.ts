import { synthesise } from './synthesise.ts';

const [dmapiUrl = '', directory = ''] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await synthesise(dmapiUrl, directory)));
