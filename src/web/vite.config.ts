import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { catalogue } from '../../rubrics/catalogue.ts';

const compressible = /\.(js|css|html|svg)$/;

/** Text is compressed once, here, and not again for each of a hundred terminals. */
const precompress: Plugin = {
  name: 'precompress',
  writeBundle({ dir = '' }, bundle) {
    for (const name of Object.keys(bundle).filter((file) => compressible.test(file))) {
      const bytes = readFileSync(join(dir, name));
      writeFileSync(join(dir, `${name}.gz`), gzipSync(bytes, { level: 9 }));
      writeFileSync(join(dir, `${name}.br`), brotliCompressSync(bytes));
    }
  },
};

/** Built by `npm run build`, or by the service when it first needs the pages; `vite src/web` serves them to a developer. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), precompress],
  define: { __CRITERIA__: JSON.stringify(Object.fromEntries(catalogue.map(({ id, text }) => [id, text]))) },
  build: {
    outDir: join(import.meta.dirname, '../../dist/web'),
    emptyOutDir: true,
    chunkSizeWarningLimit: 1500,
    // A data: URL would bypass the cache that whole rooms share.
    assetsInlineLimit: 0,
  },
  server: { proxy: { '/api/v1': process.env.KAOPING ?? 'http://127.0.0.1:8080' } },
});
