import { defineRequest } from '../action.ts';
import { domain } from '../input/domain-name.ts';
import { zoneReply } from '../reply/zone.ts';
import { readFetched } from '../zones/fetch-zone.ts';
import { viewZone } from '../zones/zone.ts';

export const reply = zoneReply;

export const example = () => ({
  input: { domain: 'example.net' },
  reply: {
    domain: 'example.net',
    rrsets: [
      { name: 'localhost', type: 'A', ttl: 3600, records: ['127.0.0.1'] },
      { name: 'docs', type: 'CNAME', ttl: 3600, records: ['docs.example.com.'] },
    ],
    forwards: [],
    dynDns: { enabled: false, username: null },
    dnssec: false,
    other: [],
  },
});

export const action = defineRequest({
  name: 'dns-zone-get',
  group: 'zones',
  method: 'GET',
  access: 'read',
  summary: 'Reads a zone: its RRsets, forwards and DynDNS, and whatever else is in it.',
  isTagged: true,
  input: { domain },
  read(answer, { domain: name }) {
    const { zone, etag } = readFetched(answer);
    return { etag, body: { domain: name, ...viewZone(zone) } };
  },
});
