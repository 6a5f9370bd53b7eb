import { z } from 'zod';
import { defineCheck } from '../../check.ts';
import { fileEvidence, findings, slotReasons, slotsSchema, together } from './per-slot.ts';

/** shop-6 and others: are the files there at all; how they are called is another item's business (F6). */
export const filesPresent = defineCheck({
  id: 'files-present',
  version: 1,
  parameters: z.strictObject({ slots: slotsSchema }),
  summary: {
    zh: '要求的文件是否齐全；原样交回的素材不算。',
    en: 'Whether the files asked for are there; 素材 handed back unchanged do not count.',
  },
  example: { slots: ['kefu', 'shoucang'] },
  reads: ['files'],
  reasons: { ...slotReasons, present: { zh: '已提交 {file}。', en: '{file} was handed in.' } },
  slots: ({ slots }) => slots,
  judge: (input) =>
    together(
      findings(
        input,
        input.parameters.slots,
        (file) => ({
          share: '1',
          code: 'present',
          values: { file: file.path },
          evidence: [fileEvidence(file)],
          brief: file.path,
        }),
        { anyMaterial: true },
      ),
    ),
});
