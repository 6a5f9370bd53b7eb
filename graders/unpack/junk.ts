/** Files that software leaves behind. Facts, not judgement: no class of junk ever costs a candidate points. */
export type Junk = 'os' | 'lock' | 'backup';

/**
 * - `os`: made by the system or by Dreamweaver's housekeeping (Thumbs.db, .DS_Store, desktop.ini, __MACOSX, `._x`,
 *   _notes, dwsync.xml, Templates, .dwt, .lbi). The candidate did not make it and need not know it.
 * - `lock`: `~$x.docx` and its kin, there while a document is open.
 * - `backup`: *.tmp, *.bak and what Office and Photoshop save on the side.
 * - null: the candidate's own work, good or bad. 副本, 新建文件夹 and untitled-1.html were made by hand: whether they
 *   are out of place is for a check to say. So are `index.files` (Word's 另存为网页) and shortcuts, which are problems.
 */
export function junkOf(path: string): Junk | null {
  const segments = path.split('/').map((segment) => segment.normalize('NFC').trim().toLowerCase());
  const name = segments.at(-1) ?? '';
  if (isLock(name)) return 'lock';
  if (segments.slice(0, -1).some((folder) => systemFolders.has(folder))) return 'os';
  if (systemFiles.has(name) || name.startsWith('._') || /\.(dwt|lbi|crswap)$/.test(name)) return 'os';
  return isBackup(name) ? 'backup' : null;
}

const systemFolders = new Set([
  '__macosx',
  '_notes',
  'templates',
  '.spotlight-v100',
  '.trashes',
  '.fseventsd',
  '$recycle.bin',
  'system volume information',
]);

const systemFiles = new Set([
  'thumbs.db',
  'ehthumbs.db',
  'ehthumbs_vista.db',
  '.ds_store',
  '.localized',
  'desktop.ini',
  'folder.htt',
  'dwsync.xml',
  '__macosx',
  'icon\r',
]);

function isLock(name: string): boolean {
  return (
    name.startsWith('~$') ||
    name.startsWith('.~') ||
    /^~wrl\d+\.tmp$/.test(name) ||
    /\.(laccdb|ldb|idlk)$/.test(name)
  );
}

function isBackup(name: string): boolean {
  return /\.(tmp|temp|bak|wbk|xlk|asd|old|swp)$/.test(name) || name.endsWith('~');
}
