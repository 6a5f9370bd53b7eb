import { PostgresConnection } from 'bullmq';

/** Runs one statement on a connection of its own. */
export async function onDatabase(url: string, statement: string): Promise<unknown[]> {
  const connection = new PostgresConnection({ connectionString: url, max: 1 });
  try {
    return (await connection.pool.query<unknown>(statement)).rows;
  } finally {
    await connection.close();
  }
}
