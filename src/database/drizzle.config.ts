import { defineConfig } from 'drizzle-kit';

/** For `npm run schema` alone, which writes the next migration; the service itself runs `migrate.ts`. */
export default defineConfig({
  dialect: 'postgresql',
  schema: './src/database/schema/index.ts',
  out: './src/database/migrations',
  breakpoints: true,
});
