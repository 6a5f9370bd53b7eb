import { openFileBlobStore } from '../../src/storage/file-blob-store.ts';

/**
 * Run by tests: puts what comes on stdin into the store in the folder, and says `{ sha256, bytes, grown }` or
 * `{ error }`; `grown` is how much the process grew meanwhile, in bytes of resident memory.
 */
const [folder = '', maxBytes = '1e12'] = process.argv.slice(2);
const store = await openFileBlobStore(folder);
const idle = process.memoryUsage.rss();
let most = idle;
async function* watched() {
  for await (const chunk of process.stdin) {
    most = Math.max(most, process.memoryUsage.rss());
    yield chunk;
  }
}
console.log(JSON.stringify({ ready: true }));
try {
  const stored = await store.put(watched(), { maxBytes: Number(maxBytes) });
  console.log(JSON.stringify({ ...stored, grown: most - idle }));
} catch (error) {
  console.log(JSON.stringify({ error: error instanceof Error ? error.name : String(error) }));
}
