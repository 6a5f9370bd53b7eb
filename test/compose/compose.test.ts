import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { environmentNames, readConfig } from '../../src/config.ts';
import {
  compose,
  copied,
  dockerfile,
  exampleSettings,
  interpolated,
  interpolatedNames,
  root,
} from './files.ts';

const { api, worker, postgres, redis } = compose.services;
const given = { POSTGRES_PASSWORD: 'secret' };

describe('docker-compose.yml', () => {
  it.each([
    ['api', api],
    ['worker', worker],
  ])(
    'sets nothing for %s that the code does not know, and nothing it cannot use',
    (_name, { environment }) => {
      expect(environmentNames).toEqual(expect.arrayContaining(Object.keys(environment)));
      const filled = Object.fromEntries(
        Object.entries(environment).map(([name, value]) => [name, interpolated(value, given)]),
      );
      expect(readConfig(filled)).toMatchObject({
        databaseUrl: 'postgres://kaoping:secret@postgres:5432/kaoping',
        redisUrl: 'redis://redis:6379',
        dataDir: '/data',
      });
    },
  );

  it('takes from .env only what .env.example or its own message explains', () => {
    expect([...environmentNames, 'POSTGRES_PASSWORD']).toEqual(expect.arrayContaining(interpolatedNames));
  });

  it('grades in workers only, and the API listens for those outside its container', () => {
    const { grading, host, port } = readConfig({
      ...api.environment,
      DATABASE_URL: '',
      PUBLIC_URL: '',
      LOG_LEVEL: '',
    });
    expect({ inServe: grading.inServe, host, port }).toEqual({ inServe: false, host: '0.0.0.0', port: 8080 });
  });

  it('shares one volume of files between API and workers, and keeps what must survive in volumes', () => {
    expect(api.volumes).toEqual(['files:/data']);
    expect(worker.volumes).toEqual(api.volumes);
    for (const { volumes } of [postgres, redis]) {
      expect(Object.keys(compose.volumes)).toContain(volumes[0]?.split(':')[0]);
    }
  });

  it('runs nothing of ours as root', () => {
    expect([api.user, worker.user]).toEqual(['node', 'node']);
    const users = dockerfile.flatMap(({ instruction, value }) => (instruction === 'USER' ? [value] : []));
    expect(users).toEqual(['node']);
  });

  it('keeps the queue over a restart, and never drops a job for want of memory', () => {
    const { command = [] } = redis;
    expect(command[0]).toBe('redis-server');
    const settings = Object.fromEntries(
      Array.from({ length: (command.length - 1) / 2 }, (_, pair) =>
        command.slice(1 + pair * 2, 3 + pair * 2),
      ),
    );
    expect(settings).toMatchObject({ '--appendonly': 'yes', '--maxmemory-policy': 'noeviction' });
  });
});

describe('the Dockerfile', () => {
  it('copies what is there, all rooms that run and none that do not', () => {
    expect(copied.filter((name) => !existsSync(join(root, name)))).toEqual([]);
    expect(copied).toEqual(
      expect.arrayContaining(['package.json', 'package-lock.json', 'rubrics', 'graders', 'queue', 'src']),
    );
    expect(copied).not.toEqual(expect.arrayContaining(['test']));
  });

  it('starts the API unless told otherwise, as the compose file does', () => {
    const [command] = dockerfile.filter(({ instruction }) => instruction === 'CMD');
    expect(JSON.parse(command?.value ?? '')).toEqual(api.command);
  });

  it('sets variables that the code knows', () => {
    const names = dockerfile
      .filter(({ instruction }) => instruction === 'ENV')
      .flatMap(({ value }) => [...value.matchAll(/(\w+)=/g)].map(([, name]) => name));
    expect(names.length).toBeGreaterThan(0);
    expect(environmentNames).toEqual(expect.arrayContaining(names));
  });
});

describe('.env.example', () => {
  it('names every setting, and no other', () => {
    expect(Object.keys(exampleSettings).sort()).toEqual([...environmentNames].sort());
  });

  it('shows the defaults', () => {
    const { GRADERS: _, ...fixed } = exampleSettings;
    expect(readConfig(fixed)).toEqual(readConfig({}));
  });
});
