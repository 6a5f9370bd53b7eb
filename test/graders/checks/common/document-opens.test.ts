import { describe, expect, it } from 'vitest';
import { documentOpens } from '../../../../graders/checks/common/document-opens.ts';
import { fileFacts } from '../../../../graders/facts/files/files.ts';
import { slotSchema } from '../../../../rubrics/paper-schema.ts';
import { makeDocx } from '../../../../samples/make/docx-writer.ts';
import { handIn, read } from '../../facts/documents/read.ts';
import { judge, noFacts } from './bench.ts';

const slots = { report: slotSchema.parse({ path: '答案.docx', also: ['答案.doc'], kind: 'document' }) };

async function opened(path: string, bytes: Uint8Array) {
  const { document, problems } = await read(path, bytes);
  const files = fileFacts([await handIn(path, bytes)]);
  const facts = { ...noFacts, files, documents: [document.fact], problems: [...problems] };
  return judge(documentOpens, { slots: ['report'] }, slots, facts);
}

describe('document-opens', () => {
  it('passes a document with text, and one that is only pictures (E3)', async () => {
    expect(await opened('答案.docx', makeDocx([{ paragraph: '答案' }]))).toMatchObject({ outcome: 'pass' });
    const pictured = makeDocx([{ picture: Buffer.from('89504e470d0a1a0a', 'hex') }]);
    expect(await opened('答案.docx', pictured)).toMatchObject({ outcome: 'pass' });
  });

  it('D8: fails a blank document, with what was measured', async () => {
    const said = await opened('答案.docx', makeDocx([{ paragraph: ' ' }]));
    expect(said).toMatchObject({ outcome: 'fail', reason: { code: 'blank' } });
    expect(said.evidence).toContainEqual(expect.objectContaining({ kind: 'measure', value: '0' }));
  });

  it('E14: locked, old and damaged documents are for a human, never a zero', async () => {
    const container = (name: string) =>
      Buffer.concat([
        Buffer.from('d0cf11e0a1b11ae1', 'hex'),
        Buffer.alloc(600),
        Buffer.from(name, 'utf16le'),
      ]);
    const whole = makeDocx([{ paragraph: '答案' }]);
    for (const said of [
      await opened('答案.docx', container('EncryptedPackage')),
      await opened('答案.doc', container('WordDocument')),
      await opened('答案.docx', whole.subarray(0, 300)),
    ]) {
      expect(said).toMatchObject({ outcome: 'unknown', share: null, reason: { code: 'unopened' } });
    }
  });

  it('an absent document fails with what was searched', () => {
    const said = judge(documentOpens, { slots: ['report'] }, slots, noFacts);
    expect(said).toMatchObject({ outcome: 'fail', reason: { code: 'absent' } });
  });
});
