import { describe, expect, it } from 'vitest';
import { type Junk, junkOf } from '../../../graders/unpack/junk.ts';

const cases: [string, Junk | null][] = [
  ['images/Thumbs.db', 'os'],
  ['.DS_Store', 'os'],
  ['Desktop.ini', 'os'],
  ['__MACOSX/作品/._a.jpg', 'os'],
  ['images/._a.jpg', 'os'],
  ['_notes/dwsync.xml', 'os'],
  ['site/_notes/a.jpg.mno', 'os'],
  ['Templates/main.dwt', 'os'],
  ['Library/footer.lbi', 'os'],
  ['~$答案.docx', 'lock'],
  ['.~lock.答案.docx#', 'lock'],
  ['~WRL0001.tmp', 'lock'],
  ['答案.bak', 'backup'],
  ['images/ps1F.TMP', 'backup'],
  ['备份属于 答案.wbk', 'backup'],
  ['index.html', null],
  ['index.files/image001.png', null],
  ['售前客服 - 副本.docx', null],
  ['新建文件夹/a.jpg', null],
  ['untitled-1.html', null],
  ['答案.docx.lnk', null],
  ['templates.html', null],
];

describe('junkOf', () => {
  it.each(cases)('D2, C24, C26: %s is %s', (path, junk) => expect(junkOf(path)).toBe(junk));
});
