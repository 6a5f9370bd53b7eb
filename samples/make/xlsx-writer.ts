import * as xlsx from '@e965/xlsx';

/** One cell as Excel stores it. A plain string or number is a cell without format. */
export type SheetCell =
  | string
  | number
  | null
  | {
      /** The cached value; left out with a formula: a program wrote the file and nobody ever computed it. */
      value?: string | number;
      /** As in Excel's format dialog: `0.00%`, `m"月"d"日"`, `¥#,##0.00`. */
      format?: string;
      /** Without its `=`. */
      formula?: string;
      /** An error value: 0x17 is #REF!, 0x07 #DIV/0!. */
      error?: number;
    };

export interface SheetPlan {
  name: string;
  rows: readonly (readonly SheetCell[])[];
  /** Ranges such as `A1:B1`. */
  merges?: readonly string[];
  hidden?: boolean;
  hiddenRows?: readonly number[];
}

function cellOf(cell: Exclude<SheetCell, null>): xlsx.CellObject {
  if (typeof cell === 'string') return { t: 's', v: cell };
  if (typeof cell === 'number') return { t: 'n', v: cell };
  const { value, format, formula, error } = cell;
  const written: xlsx.CellObject =
    error !== undefined
      ? { t: 'e', v: error }
      : value === undefined
        ? { t: 'z' }
        : { t: typeof value === 'number' ? 'n' : 's', v: value };
  if (format !== undefined) written.z = format;
  if (formula !== undefined) written.f = formula;
  return written;
}

function sheetOf({ rows, merges = [], hiddenRows = [] }: SheetPlan): xlsx.WorkSheet {
  const sheet: xlsx.WorkSheet = {};
  for (const [r, row] of rows.entries()) {
    for (const [c, cell] of row.entries()) {
      if (cell !== null) sheet[xlsx.utils.encode_cell({ r, c })] = cellOf(cell);
    }
  }
  const width = Math.max(1, ...rows.map((row) => row.length));
  sheet['!ref'] = `A1:${xlsx.utils.encode_cell({ r: Math.max(0, rows.length - 1), c: width - 1 })}`;
  sheet['!merges'] = merges.map((range) => xlsx.utils.decode_range(range));
  if (hiddenRows.length > 0) {
    sheet['!rows'] = rows.map((_, index) => (hiddenRows.includes(index) ? { hidden: true } : {}));
  }
  return sheet;
}

/** A workbook as Excel writes it; `bookType` `biff8` gives an old .xls. */
export function makeXlsx(sheets: readonly SheetPlan[], bookType: 'xlsx' | 'biff8' = 'xlsx'): Buffer {
  const book = xlsx.utils.book_new();
  for (const sheet of sheets) xlsx.utils.book_append_sheet(book, sheetOf(sheet), sheet.name);
  book.Workbook = { Sheets: sheets.map(({ hidden = false }) => ({ Hidden: hidden ? 1 : 0 })) };
  return xlsx.write(book, { type: 'buffer', bookType, compression: true }) as Buffer;
}
