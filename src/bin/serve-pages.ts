import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { Problem } from '../http/problem.ts';
import type { Routes } from '../http/routes.ts';
import { buildPages } from './pages.ts';

/** Addresses that the pages themselves divide up. Listed, so that a mistyped one stays a 404. */
const addresses = ['/', '/hand-in', '/login', '/rooms', '/review', '/review/*', '/exams', '/exams/*'];

/** A room of terminals behind one address fetches the same files in the same minute: files are not counted. */
const hidden = { schema: { hide: true }, config: { rateLimit: false } } as const;

interface Log {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/**
 * The pages, built first where they are missing. When that fails the service stands all the same, because terminals
 * and programs can hand in without them; the pages' addresses then say what is wrong.
 */
export async function openPages(log: Log): Promise<Routes> {
  try {
    const { folder, built } = await buildPages();
    if (built) log.info({ folder }, 'built the pages');
    return pageRoutes(folder);
  } catch (error) {
    log.error({ err: error }, 'the pages cannot be built, so only the API is served; try: npm run build');
    return noPages;
  }
}

const noPages: Routes = async (app) => {
  for (const address of addresses) {
    app.get(address, hidden, () => {
      throw new Problem(503, 'no-pages', '网页未能生成，请管理员在服务器上运行 npm run build 查看原因。');
    });
  }
};

/**
 * Names of assets carry a hash of their content and are kept for ever; index.html names them and is asked for anew
 * each time.
 */
const pageRoutes =
  (folder: string): Routes =>
  async (app) => {
    await app.register(fastifyStatic, {
      root: folder,
      serve: false,
      preCompressed: true,
      cacheControl: false,
    });
    for (const address of addresses) {
      app.get(address, hidden, (_request, reply) =>
        reply.header('cache-control', 'no-cache').sendFile('index.html', folder),
      );
    }
    app.get<{ Params: { '*': string } }>('/assets/*', hidden, (request, reply) =>
      reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .sendFile(request.params['*'], join(folder, 'assets')),
    );
  };
