import { describe, expect, it } from 'vitest';
import { InvalidJobError, jobId, readJobId, type WorkJob } from '../../queue/index.ts';
import { parseJob } from '../../queue/jobs.ts';

const uuid = '0190f1a2-7b3c-4d5e-8f60-123456789abc';
const grade = (payload: object = {}) => ({
  name: 'grade',
  payload: { attemptId: 'a1', rubricVersion: 'PAGE-1@3', graderVersion: '0.1.0', runId: 'r1', ...payload },
});
const idOf = (attemptId: string, runId: string): string => {
  const job: WorkJob = parseJob(grade({ attemptId, runId }));
  return jobId(job);
};

describe('jobs', () => {
  it('gives the same id to the same attempt and run, whatever else it carries', () => {
    expect(idOf('a1', 'r1')).toBe('grade-a1-r1');
    expect(jobId(parseJob(grade({ graderVersion: '0.2.0' })))).toBe('grade-a1-r1');
  });

  it('reads ids back, so no two pairs share one', () => {
    const pairs: [string, string][] = [
      ['a1', 'r1'],
      [uuid, 'r1'],
      ['17', uuid],
      [uuid, uuid],
      ['01J9ZK3V5M8Q', '3'],
    ];
    for (const [attemptId, runId] of pairs)
      expect(readJobId(idOf(attemptId, runId))).toEqual({ attemptId, runId });
    expect(readJobId('mail-a1-r1')).toBeNull();
    expect(readJobId('grade-a-b-c')).toBeNull();
  });

  it.each([
    ['a colon', { attemptId: 'a:1' }, 'payload.attemptId'],
    ['a free dash', { runId: 'a-b' }, 'payload.runId'],
    ['nothing', { rubricVersion: '' }, 'payload.rubricVersion'],
    ['a number', { graderVersion: 3 }, 'payload.graderVersion'],
    ['something unasked', { bytes: 'AAAA' }, 'bytes'],
  ])('refuses %s, naming the field', (_, fault, field) => {
    expect(() => parseJob(grade(fault))).toThrow(InvalidJobError);
    expect(() => parseJob(grade(fault))).toThrow(field);
  });

  it('refuses a job it does not know', () => {
    expect(() => parseJob({ name: 'mail', payload: {} })).toThrow(InvalidJobError);
    expect(() => parseJob(null)).toThrow(InvalidJobError);
  });
});
