import type { Database } from '../database/database.ts';
import { decodeCursor, pageOf, pageQuerySchema, toPage } from '../http/paging.ts';
import { Problem } from '../http/problem.ts';
import type { Routes } from '../http/routes.ts';
import { listEvents } from './log.ts';
import { auditEventSchema } from './schema.ts';

/** @throws Problem 400 */
function seqOf(cursor: string | undefined): number | null {
  const text = decodeCursor(cursor);
  if (text === null) return null;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new Problem(400, 'invalid-cursor', '翻页标记无效，请从第一页重新开始。');
}

/** Who did what, for the office. */
export const auditRoutes =
  ({ database }: { database: Database }): Routes =>
  async (app) => {
    const listRoute = {
      schema: {
        tags: ['audit'],
        summary: '审计日志（新的在前）',
        querystring: pageQuerySchema,
        response: { 200: pageOf(auditEventSchema) },
      },
      config: { access: ['administrator'] as const },
    };
    app.get('/audit', listRoute, async ({ query }) => {
      const rows = await listEvents(database, seqOf(query.cursor), query.limit + 1);
      return toPage(rows, query.limit, ({ seq }) => String(seq));
    });
  };
