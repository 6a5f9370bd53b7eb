import { z } from 'zod';
import type { Database } from '../database/database.ts';
import { examOf } from '../exams/exams.ts';
import { decodeCursor, pageOf, pageQuerySchema, toPage } from '../http/paging.ts';
import type { Routes } from '../http/routes.ts';
import { roomLines } from './room.ts';
import { roomLineSchema } from './schema.ts';

/** What an invigilator watches: who has not handed in, and whose package lacks something. */
export const roomRoutes =
  (database: Database): Routes =>
  async (app) => {
    const route = {
      schema: {
        tags: ['exams'],
        summary: '收卷情况：按考生列出是否已提交、有无问题（监考、考务）',
        params: z.object({ id: z.string() }),
        querystring: pageQuerySchema.extend({
          /** Name of the session. */
          session: z.string().optional(),
          room: z.string().optional(),
        }),
        response: { 200: pageOf(roomLineSchema) },
      },
      config: { access: ['administrator', 'invigilator'] as const },
    };
    app.get('/exams/:id/hand-ins', route, async ({ params, query }) => {
      const { id: examId } = await examOf(database, params.id);
      const { session, room, limit } = query;
      const after = decodeCursor(query.cursor);
      const lines = await roomLines(database, { examId, session, room, after, limit: limit + 1 });
      return toPage(lines, limit, ({ ticket }) => ticket);
    });
  };
