import * as xlsx from '@e965/xlsx';

type Cell = string | number | null;

/** One worksheet: its name and its rows, top to bottom. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
}

/** A workbook of plain values (no formulas, no styles), columns wide enough to be read. */
export function workbook(sheets: readonly Sheet[]): Buffer {
  const book = xlsx.utils.book_new();
  for (const { name, rows } of sheets) {
    const sheet = xlsx.utils.aoa_to_sheet(rows.map((row) => [...row]));
    const columns = Math.max(...rows.map((row) => row.length));
    sheet['!cols'] = Array.from({ length: columns }, () => ({ wch: 16 }));
    xlsx.utils.book_append_sheet(book, sheet, name);
  }
  return xlsx.write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer;
}
