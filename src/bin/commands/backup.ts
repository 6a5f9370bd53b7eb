import type { Command } from 'commander';
import { withContext } from '../context.ts';
import { print, printJson, progress, progressDone } from '../output.ts';
import { backUp } from '../safekeeping/back-up.ts';
import type { BackupIndex } from '../safekeeping/backup-index.ts';
import { bringBack } from '../safekeeping/bring-back.ts';

function summary({ tables, files }: BackupIndex) {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { tables: tables.length, rows, files: files.length, bytes };
}

export function register(program: Command): void {
  program
    .command('backup')
    .description(
      'save everything (tables, blobs, manifests, keys) into an empty folder; safe beside a running service',
    )
    .argument('<folder>')
    .option('--json', 'print JSON')
    .action(async (folder: string, options: { json?: boolean }) => {
      const { index, damaged } = await withContext((context) =>
        backUp(context, folder, (count) => progress(`${count} files saved`)),
      );
      progressDone();
      const saved = summary(index);
      if (options.json) printJson({ ...saved, damaged });
      else {
        print(
          `saved ${saved.rows} rows of ${saved.tables} tables and ${saved.files} files (${saved.bytes} bytes) to ${folder}`,
        );
        for (const path of damaged) print(`! ${path}: its bytes were damaged before they were saved`);
      }
      if (damaged.length > 0) process.exitCode = 1;
    });
  program
    .command('restore')
    .description(
      'bring a backup back into a new DATA_DIR and an empty database, after checking every byte of it',
    )
    .argument('<folder>')
    .option('--json', 'print JSON')
    .action(async (folder: string, options: { json?: boolean }) => {
      const index = await withContext((context) =>
        bringBack(context, folder, (count) => progress(`${count} files restored`)),
      );
      progressDone();
      const restored = summary(index);
      if (options.json) printJson(restored);
      else
        print(
          `restored ${restored.rows} rows of ${restored.tables} tables and ${restored.files} files from ${folder}`,
        );
    });
}
