import { startEmbedded } from '../../src/database/embedded.ts';
import { memoryLog } from '../support/log.ts';

/**
 * Run by tests: a process that uses the embedded database in the folder. Says `{ url, attached }`, stops on SIGTERM or
 * when its stdin ends, then says `{ stopped: true }`.
 */
const [dataDir = '', rootAs] = process.argv.slice(2);
const log = memoryLog();
const embedded = await startEmbedded({
  dataDir,
  log,
  ...(rootAs === 'namespace' || rootAs === 'nobody' ? { rootAs } : {}),
});
console.log(JSON.stringify({ url: embedded.url, attached: embedded.attached }));
const stop = async () => {
  await embedded.stop();
  console.log(JSON.stringify({ stopped: true }));
  process.exit(0);
};
process.on('SIGTERM', stop);
process.stdin.on('end', stop).resume();
