import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { answerWith } from '../helper.ts';

/**
 * The least that keeps a file for sure: streams the body of each request to a file, hashes it, fsyncs file and
 * folder, answers. No form, no token, no database, no receipt. Parameter: the folder.
 */
const [folder = ''] = process.argv.slice(2);

async function stream(request: IncomingMessage, file: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of request as AsyncIterable<Buffer>) {
    hash.update(chunk);
    await file.write(chunk);
  }
  await file.sync();
  return hash.digest('hex');
}

async function keep(request: IncomingMessage): Promise<string> {
  const file = await open(join(folder, randomUUID()), 'wx');
  try {
    return await stream(request, file);
  } finally {
    await file.close();
  }
}

async function fsyncFolder(): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const server = createServer({ keepAliveTimeout: 72_000 }, async (request, response) => {
  try {
    const sha256 = await keep(request);
    await fsyncFolder();
    response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ sha256 }));
  } catch (error) {
    response.writeHead(500).end(String(error));
  }
});
const listening = new Promise<string>((resolve) => {
  server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
});
answerWith(() => listening);
