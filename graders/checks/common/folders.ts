import { z } from 'zod';
import { defineCheck } from '../../check.ts';
import { findings, measured, slotReasons, slotsSchema, together } from './per-slot.ts';

const folderOf = (path: string): string => {
  const clean = path.replaceAll('\\', '/');
  return clean.slice(0, Math.max(0, clean.lastIndexOf('/'))).toLowerCase();
};

/** The folder itself, at the root or below the folder that the whole work stands in. */
const standsIn = (path: string, folder: string): boolean => {
  const asked = folder.replace(/\/+$/, '').toLowerCase();
  return folderOf(path) === asked || folderOf(path).endsWith(`/${asked}`);
};

/** page-9: files stand in the folders asked for, whatever the case of their names. */
export const folders = defineCheck({
  id: 'folders',
  version: 1,
  parameters: z.strictObject({ folders: z.array(z.string().min(1)).min(1), slots: slotsSchema }),
  summary: {
    zh: '文件是否放在要求的文件夹里；没有提交的文件不在此处扣分。',
    en: 'Whether files stand in the folders asked for; a file that is missing is not charged here.',
  },
  example: { folders: ['images'], slots: ['banner', 'logo'] },
  reads: ['files'],
  reasons: {
    ...slotReasons,
    'in-folder': { zh: '{file} 放在要求的文件夹里。', en: '{file} stands in the folder asked for.' },
    elsewhere: {
      zh: '{file} 没有放在文件夹 {wanted} 里。',
      en: '{file} does not stand in the folder {wanted}.',
    },
  },
  slots: ({ slots }) => slots,
  judge(input) {
    const { parameters } = input;
    const present = parameters.slots.filter((name) => input.slots.get(name)?.state !== 'absent');
    // Files that are not there are charged by their own items; when none is, nothing stands in any folder.
    const judged = present.length > 0 ? present : parameters.slots;
    return together(
      findings(input, judged, (file, { slot }) => {
        // A slot's own path tells which of several folders is its; otherwise any of them will do.
        const own = parameters.folders.filter((folder) => standsIn(slot.path, folder));
        const asked = own.length > 0 ? own : parameters.folders;
        const inside = asked.some((folder) => standsIn(file.path, folder));
        const wanted = asked.join('、');
        return {
          share: inside ? '1' : '0',
          code: inside ? 'in-folder' : 'elsewhere',
          values: { file: file.path, wanted },
          evidence: inside ? [] : [measured(file, '所在文件夹', folderOf(file.path) || '/', wanted)],
          brief: file.path,
        };
      }),
    );
  },
});
