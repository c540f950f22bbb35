import { BUS_ROWS, LEDGER_ROWS, SECRET_ROWS, SESSION_ROWS } from './aws-rows.ts';
import { testEveryCell } from './every-cell.ts';

testEveryCell([...SECRET_ROWS, ...SESSION_ROWS, ...LEDGER_ROWS, ...BUS_ROWS]);
