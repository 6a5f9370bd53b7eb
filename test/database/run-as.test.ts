import { chmod, chown, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { startEmbedded } from '../../src/database/embedded.ts';
import { startScript } from '../support/child.ts';
import { temporaryFolder } from '../support/folder.ts';
import { leaveOut } from '../support/left-out.ts';
import { memoryLog } from '../support/log.ts';

const script = fileURLToPath(new URL('./embedded-user.ts', import.meta.url));
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;
if (!isRoot) leaveOut('PostgreSQL started by root', 'the tests run as another user');

/** Whether somebody without rights can read this file, from the root of the disk down. */
async function isOpenToAll(path: string): Promise<boolean> {
  const child = startScript(
    '-e',
    ['console.log(JSON.stringify(require("node:fs").existsSync(process.argv[1])))', path],
    {
      uid: NOBODY,
      gid: NOBODY,
      cwd: '/',
    },
  );
  return child.say().then(
    (said) => said === true,
    () => false,
  );
}

describe.skipIf(!isRoot)('who PostgreSQL runs as', async () => {
  const root = await temporaryFolder();
  await chmod(root, 0o755);
  const reachable = isRoot && (await isOpenToAll(script));
  if (isRoot && !reachable) leaveOut('PostgreSQL as user nobody', `${script} is closed to other users`);

  it('root, renamed in a namespace: the files stay root’s', async () => {
    const dataDir = join(root, 'namespace');
    const embedded = await startEmbedded({ dataDir, log: memoryLog() });
    await embedded.stop();
    expect((await stat(join(dataDir, 'cluster'))).uid).toBe(0);
  });

  it.skipIf(!reachable)('nobody, where namespaces are not allowed, and again on the next start', async () => {
    const dataDir = join(root, 'nobody');
    const embedded = await startEmbedded({ dataDir, log: memoryLog(), rootAs: 'nobody' });
    await embedded.stop();
    expect((await stat(join(dataDir, 'cluster'))).uid).toBe(NOBODY);
    const again = await startEmbedded({ dataDir, log: memoryLog() });
    await again.stop();
  });

  it.skipIf(!reachable)('nobody: a folder out of its reach is an error that says so', async () => {
    const closed = join(root, 'closed');
    await mkdir(closed, { mode: 0o700 });
    const start = startEmbedded({ dataDir: join(closed, 'data'), log: memoryLog(), rootAs: 'nobody' });
    await expect(start).rejects.toThrow(/cannot reach .*closed.*DATABASE_URL/s);
  });

  it.skipIf(!reachable)('itself, when the service is started by somebody without rights', async () => {
    const home = join(root, 'home');
    await mkdir(home);
    await chown(home, NOBODY, NOBODY);
    const child = startScript(script, [join(home, 'data')], { uid: NOBODY, gid: NOBODY, cwd: home });
    expect(await child.say()).toMatchObject({ attached: false });
    child.process.stdin?.end();
    expect(await child.say()).toEqual({ stopped: true });
    await child.end();
    expect((await stat(join(home, 'data', 'cluster'))).uid).toBe(NOBODY);
  });
});
