import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postmasterIn, prepareExam, type Sitting } from './installation.ts';
import {
  kaoping,
  kaopingJson,
  kaopingReading,
  newInstallation,
  type Service,
  type Settings,
  serve,
} from './program.ts';
import { allGraded, enter, handIn, read, signIn } from './terminal.ts';

let settings: Settings;
let service: Service;
let sittings: Sitting[];

beforeAll(async () => {
  settings = await newInstallation();
  service = await serve(settings);
  sittings = await prepareExam(settings, 1);
}, 120_000);
afterAll(() => service.stop());

const vitals = async () => (await fetch(`${service.address}/readyz`)).status;

describe('commands beside a running service', () => {
  it('make an account with a password that is printed once, and an API token', async () => {
    const added = await kaopingJson<{ password: string; token: string }>(
      settings,
      ...['user', 'add', 'wang', '--roles', 'examiner, invigilator', '--token'],
    );
    const bearer = await signIn(service.address, 'wang', added.password);
    const me = { name: 'wang', roles: ['examiner', 'invigilator'] };
    expect(await read(service.address, bearer, '/session')).toMatchObject(me);
    expect(await read(service.address, added.token, '/session')).toMatchObject(me);
  }, 60_000);

  it('take a password from standard input, and never print it', async () => {
    const password = 'correct horse battery';
    const parameters = ['user', 'add', 'li', '--roles', 'examiner', '--password-stdin'];
    const added = await kaopingReading(`${password}\n`, settings, ...parameters);
    expect([added.code, added.stderr]).toEqual([0, '']);
    expect(added.stdout).not.toContain('password');
    expect(await signIn(service.address, 'li', password)).toBeTruthy();
    const nothing = await kaopingReading('', settings, ...parameters);
    expect([nothing.code, nothing.stderr]).toEqual([1, expect.stringContaining('standard input')]);
  }, 60_000);

  it('say what is wrong in one line', async () => {
    const twice = await kaoping(settings, 'user', 'add', 'admin', '--roles', 'examiner');
    expect([twice.code, twice.stderr]).toEqual([1, 'kaoping: 账号“admin”已存在。\n']);
    const role = await kaoping(settings, 'user', 'add', 'x', '--roles', 'king');
    expect([role.code, role.stderr]).toEqual([1, expect.stringContaining('roles must be some of')]);
    const version = await kaoping(settings, 'rubric', 'publish', 'nothing');
    expect([version.code, version.stderr]).toEqual([1, 'kaoping: 找不到此试题版本。\n']);
  }, 60_000);

  it('may run two at once', async () => {
    const wanted = ['zhao', 'qian'];
    const both = await Promise.all(
      wanted.map((name) => kaopingJson(settings, 'user', 'add', name, '--roles', 'examiner')),
    );
    expect(both).toMatchObject(wanted.map((name) => ({ name })));
  }, 60_000);

  it('leave the service its database: a hand-in of the imported exam is taken and graded', async () => {
    expect(await vitals()).toBe(200);
    const [sitting] = sittings;
    if (!sitting) throw new Error('no candidate');
    const files = { 'index.html': '<title>湘茗</title>', 'tea.txt': '茶' };
    const { attempt } = await handIn(service.address, await enter(service.address, sitting), 'one', files);
    const bearer = await signIn(service.address, 'admin', service.password ?? '');
    const graded = await allGraded(service.address, bearer, 1);
    expect(graded).toMatchObject([{ attemptId: attempt, state: 'graded', settled: 40, counts: true }]);
  }, 120_000);
});

describe('commands on a new folder', () => {
  it('may run two at once and with no service, and leave no database running', async () => {
    const fresh = await newInstallation();
    const added = await Promise.all(
      ['sun', 'zhou'].map((name) => kaopingJson(fresh, 'user', 'add', name, '--roles', 'examiner')),
    );
    expect(added).toMatchObject([{ name: 'sun' }, { name: 'zhou' }]);
    expect(await postmasterIn(fresh)).toBe(false);
  }, 120_000);
});
