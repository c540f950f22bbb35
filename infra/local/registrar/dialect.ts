import type { TimestampForm } from './time/timestamp.ts';

/**
 * How dns-zone-get writes a TXT: as it was sent, or with a blank more before either quote, as recorded
 * in 2020. Whether one that is written back so then has a blank more (growing) or not (padded) is
 * open: it was seen to have in 2020, and programs that wrote zones back did not mind.
 */
export type TxtForm = 'verbatim' | 'padded' | 'growing';

/** What has differed over the years, or may differ on the live service. */
export interface Dialect {
  /** The times of result-list: ISO since June 2024, 14 digits before. @default 'iso' */
  readonly timestamps: TimestampForm;
  /** Whether result-list names its columns; perhaps so since July 2024. @default false */
  readonly columns: boolean;
  /** What parts the fields of a row; a tab is announced by a Separator header. @default 'space' */
  readonly separator: 'space' | 'tab';
  /**
   * The word of result-list for a request in progress: the registrar's own module knows `pending`
   * alone, the documents `?`. @default 'pending'
   */
  readonly pendingWord: '?' | 'pending';
  /** The order of rows; oldest first until about 2011. @default 'newest-first' */
  readonly order: 'newest-first' | 'oldest-first';
  /**
   * What Row-Count counts on a limited list: the rows of this reply, or all that match. Open: the
   * registrar's own panel asks for the total by a separate count-only. @default 'page'
   */
  readonly rowCount: 'page' | 'total';
  /**
   * The HTTP status of refusals other than of a session. The documents say that errors come with
   * others than 200 too, and do not say which. @default 200
   */
  readonly refusalHttpStatus: number;
  /** Two programs that write zones today work with the verbatim form only. @default 'verbatim' */
  readonly txtForm: TxtForm;
  /** How long after it was made a request shows up in result-list, milliseconds. @default 0 */
  readonly listedAfterMs: number;
  /**
   * What result-list calls the type of a registration: its request, or `create-<tld>-order` like one
   * on the registrar's pages. @default 'requests'
   */
  readonly requestTypes: 'requests' | 'orders';
  /** How result-list writes internationalised names. @default 'ascii' */
  readonly objects: 'ascii' | 'unicode';
  /** Whether result-list tells the ids that callers gave. @default true */
  readonly listsClTrId: boolean;
}

/** Today's dialect, as far as it is known. */
export const DEFAULT_DIALECT: Dialect = {
  timestamps: 'iso',
  columns: false,
  separator: 'space',
  pendingWord: 'pending',
  order: 'newest-first',
  rowCount: 'page',
  refusalHttpStatus: 200,
  txtForm: 'verbatim',
  listedAfterMs: 0,
  requestTypes: 'requests',
  objects: 'ascii',
  listsClTrId: true,
};
