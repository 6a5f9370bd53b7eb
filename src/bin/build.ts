import { print } from './output.ts';
import { buildPages } from './pages.ts';

const { folder, built } = await buildPages();
print(built ? `built the pages: ${folder}` : `the pages are built already: ${folder}`);
