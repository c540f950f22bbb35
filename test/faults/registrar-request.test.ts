import { testEveryCell } from './every-cell.ts';
import { LATER_ROWS, REQUEST_ROWS } from './registrar-rows.ts';

testEveryCell([...REQUEST_ROWS, ...LATER_ROWS]);
