import { BUS_ROWS, LEDGER_ROWS, SECRET_ROWS, SESSION_ROWS } from '../faults/aws-rows.ts';
import { allColumns } from '../faults/columns.ts';
import { complaints } from '../faults/judge.ts';
import { type Cell, cellsOf, type Row as FaultRow } from '../faults/matrix.ts';
import { holdsSecret, type Played } from '../faults/play.ts';
import { playAll } from '../faults/play-all.ts';
import { LATER_ROWS, LOGIN_ROWS, REQUEST_ROWS } from '../faults/registrar-rows.ts';
import { openSecrets } from '../faults/secrets.ts';
import { listen } from '../faults/written-lines.ts';
import { keptOrThrow } from './promises.ts';
import type { Row, Table } from './table.ts';

const KINDS = ['login', 'logout', 'read', 'change', 'queued', 'run'] as const;

const ROWS: readonly FaultRow[] = [
  ...LOGIN_ROWS,
  ...REQUEST_ROWS,
  ...LATER_ROWS,
  ...SECRET_ROWS,
  ...SESSION_ROWS,
  ...LEDGER_ROWS,
  ...BUS_ROWS,
];

/** A cell with what has become of it. */
interface Result {
  readonly cell: Cell;
  readonly played: Played;
  readonly complaints: readonly string[];
}

/**
 * What each function and the reconciler make of every fault that the registrar and the AWS services
 * can have. The bundles are not needed: budgets are.
 *
 * @throws Error when it is not what the documents say
 */
export async function benchFaults(): Promise<Table[]> {
  const lines = listen();
  const secrets = await openSecrets();
  const { columns, refused } = await allColumns(secrets).finally(secrets.close);
  const cells = cellsOf(ROWS, columns);
  const played = await playAll(cells).finally(lines.end);
  const results = cells.map((cell): Result => {
    const it = played.get(cell.name) as Played;
    return { cell, played: it, complaints: complaints(cell, it) };
  });
  const leaks = lines.text().split('\n').filter(holdsSecret).length;
  const wrong = results.filter((result) => result.complaints.length > 0);
  const groups = [...new Set(ROWS.map(({ group }) => group))];
  const tables = [
    ...groups.map((group) => ({ title: `Faults: ${group}`, rows: matrix(group, results) })),
    { title: 'Faults: as documented', rows: groups.map((group) => sumUp(group, results)) },
    {
      title: 'Faults: beside the table',
      rows: [
        {
          'lines of the log with a key or a session': leaks,
          'examples that the simulator refuses': refused.join(', '),
        },
      ],
    },
  ];
  const broken = wrong.map(tell);
  if (leaks > 0) broken.push(`${leaks} lines of the log hold a key or a session.`);
  return keptOrThrow(tables, broken);
}

function matrix(group: string, results: readonly Result[]): Row[] {
  return ROWS.filter((row) => row.group === group).map((row) => {
    const ofRow = results.filter(({ cell }) => cell.row === row);
    const answers = KINDS.map((kind) => {
      const marks = ofRow.filter(({ cell }) => cell.column.kind === kind).map(mark);
      return [kind, [...new Set(marks)].join(', ') || '–'] as const;
    });
    return { fault: row.name, ...Object.fromEntries(answers) };
  });
}

function mark({ cell, played, complaints: [complaint] }: Result): string {
  return complaint === undefined ? played.answer : `${cell.column.name} ${played.answer} (!)`;
}

function sumUp(group: string, results: readonly Result[]): Row {
  const ofGroup = results.filter(({ cell }) => cell.row.group === group);
  const sum = (count: (played: Played) => number) =>
    ofGroup.reduce((total, { played }) => total + count(played), 0);
  return {
    faults: group,
    cells: ofGroup.length,
    'as documented': ofGroup.filter((result) => result.complaints.length === 0).length,
    'repeated orders': sum(({ orders }) => Math.max(0, orders - 1)),
    'lost events': sum(({ lost }) => lost.length),
    leaks: sum((played) => (played.leaks ? 1 : 0)),
    ...slowest(ofGroup, 'short'),
    ...slowest(ofGroup, 'full'),
  };
}

/** The one that came nearest to its budget, or over it. */
function slowest(results: readonly Result[], time: FaultRow['time']): Row {
  const [first] = results
    .filter(({ cell }) => cell.row.time === time)
    .map(({ played }) => played)
    .sort((a, b) => b.elapsedMs / b.budgetMs - a.elapsedMs / a.budgetMs);
  const text = first ? `${Math.round(first.elapsedMs)} of ${first.budgetMs}` : '–';
  return { [`slowest, ms (${time} time)`]: text };
}

function tell({ cell, complaints }: Result): string {
  return `${cell.name}: ${complaints.join('; ')}.`;
}
