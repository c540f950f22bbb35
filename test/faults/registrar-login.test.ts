import { testEveryCell } from './every-cell.ts';
import { LOGIN_ROWS } from './registrar-rows.ts';

testEveryCell(LOGIN_ROWS);
