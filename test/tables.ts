/** As infra/sessions-stack.ts defines it. */
export const SESSIONS = {
  TableName: 'sessions',
  KeySchema: [{ AttributeName: 'secret', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'secret', AttributeType: 'S' }],
};

/** As infra/events-stack.ts defines it. */
export const LEDGER = {
  TableName: 'ledger',
  KeySchema: [
    { AttributeName: 'account', KeyType: 'HASH' },
    { AttributeName: 'entry', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'account', AttributeType: 'S' },
    { AttributeName: 'entry', AttributeType: 'S' },
  ],
};

/** As infra/orders-stack.ts defines it. */
export const ORDERS = { ...LEDGER, TableName: 'orders' };

/** As infra/zones-stack.ts defines it. */
export const ZONES = { ...LEDGER, TableName: 'zones' };
