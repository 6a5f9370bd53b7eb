import { open } from 'node:fs/promises';
import { decodeText } from '../../graders/text/decode.ts';
import { Problem } from '../http/problem.ts';
import type { FileText, WorkFile } from './schema.ts';

/** Bytes shown of one text. A page written by hand has some kilobytes, a JavaScript library some hundred. */
const most = 1024 * 1024;

type Shown = Pick<WorkFile, 'path' | 'bytes' | 'mime' | 'view'> & { readonly location: string };

/**
 * A file as text, decoded as the graders decode it, so that lines and columns of evidence fit.
 * @throws Problem 422 for a file that is no text
 */
export async function textOf({ path, bytes, mime, view, location }: Shown): Promise<FileText> {
  if (view !== 'text' && view !== 'page')
    throw new Problem(422, 'not-text', `“${path}”不是文本文件，不能以文本显示。`);
  const decoded = decodeText(await beginningOf(location, Math.min(bytes, most)), { kind: kindOf(mime) });
  const text = decoded.text.replaceAll(/\r\n?/g, '\n');
  return {
    path,
    text,
    lines: text.split('\n').length,
    encoding: decoded.encoding,
    declared: decoded.declared,
    certain: decoded.certain,
    truncated: bytes > most,
  };
}

async function beginningOf(location: string, length: number): Promise<Buffer> {
  const file = await open(location);
  try {
    const bytes = Buffer.alloc(length);
    const { bytesRead } = await file.read(bytes, 0, length, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

const kinds: Readonly<Record<string, 'html' | 'css' | 'csv'>> = {
  'text/html': 'html',
  'text/css': 'css',
  'text/csv': 'csv',
};

const kindOf = (mime: string) => kinds[mime] ?? 'text';
