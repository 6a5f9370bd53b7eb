import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { readConfig } from '../../config.ts';
import { type Receipt, receiptSchema, type Verification, verifyReceipt } from '../../intake/receipt.ts';
import { receiptKeysSchema } from '../../intake/schema.ts';
import { publicKeysIn } from '../../intake/signing.ts';
import { hashFile } from '../hash-file.ts';
import { print, printJson } from '../output.ts';
import { readJson } from '../read-input.ts';
import { UserError } from '../user-error.ts';

/** The receipt itself, or the whole answer of a hand-in that carries one. */
const receiptFileSchema = z.union([
  receiptSchema,
  z.object({ receipt: receiptSchema }).transform(({ receipt }) => receipt),
]);

/** Public keys as `GET /api/v1/receipt-keys` gives them, or those of this installation's DATA_DIR/keys. */
async function keysFrom(file: string | undefined): Promise<Map<string, string>> {
  if (!file) {
    const folder = join(readConfig().dataDir, 'keys');
    if (!existsSync(folder))
      throw new UserError(`no keys in ${folder}: pass --keys with the list from /api/v1/receipt-keys`);
    return publicKeysIn(folder);
  }
  const keys = await readJson(file, receiptKeysSchema, 'list of receipt keys');
  return new Map(keys.map(({ id, publicKey }) => [id, publicKey]));
}

interface Difference {
  path: string;
  problem: 'missing' | 'other bytes';
}

/** Compares the files of a folder with what the receipt lists. */
async function compare(folder: string, { receipt }: Receipt): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const { path, sha256 } of receipt.files) {
    const found = await hashFile(join(folder, path));
    if (found !== sha256) differences.push({ path, problem: found === null ? 'missing' : 'other bytes' });
  }
  return differences;
}

const verdicts: Record<string, string> = {
  'unknown-key': 'no public key with this id: pass --keys with the list from /api/v1/receipt-keys',
  'bad-signature': 'the signature does not fit: the receipt was changed or is not from this service',
  'bad-code': 'the signature fits but the short code does not: the code was changed',
};

const describe = (verification: Verification): string =>
  verification.valid ? 'valid' : (verdicts[verification.reason] ?? verification.reason);

export function register(program: Command): void {
  program
    .command('verify-receipt')
    .description('check a receipt offline: signature, short code and, with --folder, the files it lists')
    .argument('<receipt.json>', 'the receipt, or the whole answer of the hand-in')
    .option('--keys <file>', 'public keys as /api/v1/receipt-keys gives them; DATA_DIR/keys unless given')
    .option('--folder <folder>', 'compare the files in this folder with the receipt')
    .option('--json', 'print JSON')
    .action(async (file: string, options: { keys?: string; folder?: string; json?: boolean }) => {
      const receipt = await readJson(file, receiptFileSchema, 'receipt');
      const verification = verifyReceipt(receipt, await keysFrom(options.keys));
      const differences = options.folder ? await compare(options.folder, receipt) : [];
      const { ticket, exam, completedAt, files } = receipt.receipt;
      if (options.json)
        printJson({ ...verification, code: receipt.code, ticket, exam: exam.name, completedAt, differences });
      else {
        print(
          `${receipt.code}  ${ticket}  ${exam.name}  ${completedAt}  ${files.length} files: ${describe(verification)}`,
        );
        for (const { path, problem } of differences) print(`  ${path}: ${problem}`);
      }
      if (!verification.valid || differences.length > 0) process.exitCode = 1;
    });
}
