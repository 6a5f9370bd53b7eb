import { useMutation, useQueryClient } from '@tanstack/react-query';
import Button from 'antd/es/button';
import Modal from 'antd/es/modal';
import { useRef } from 'react';
import { call } from '../../api/client.ts';
import { useTexts } from '../../language/language.tsx';
import { ProblemAlert } from '../../shared/problem-alert.tsx';
import { processKey } from './place.ts';
import { texts } from './texts.ts';

/** A list of process marks: first what it would do, then doing it. All of it or nothing. */
export function ProcessImport({ exam }: { exam: string }) {
  const text = useTexts(texts);
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const send = (file: File, dryRun: boolean) =>
    call('processImported', `/exams/${exam}/process/import`, {
      method: 'POST',
      body: file,
      type: 'application/octet-stream',
      query: { dryRun },
    });
  const preview = useMutation({
    mutationFn: async (file: File) => ({ file, would: await send(file, true) }),
  });
  const doIt = useMutation({
    mutationFn: (file: File) => send(file, false),
    onSuccess: () => {
      preview.reset();
      return client.invalidateQueries({ queryKey: processKey(exam) });
    },
  });
  return (
    <div className="process-import">
      <Button loading={preview.isPending} onClick={() => input.current?.click()}>
        {text.importList}
      </Button>
      <span className="quiet">{doIt.data ? text.importDone(doIt.data.marks) : text.importHint}</span>
      <input
        ref={input}
        type="file"
        hidden
        accept=".csv,.xlsx"
        data-testid="process-list"
        aria-label={text.importList}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          if (file) preview.mutate(file);
          event.currentTarget.value = '';
        }}
      />
      {preview.isError && <ProblemAlert error={preview.error} onClose={preview.reset} />}
      {doIt.isError && <ProblemAlert error={doIt.error} onClose={doIt.reset} />}
      {preview.data && (
        <Modal
          open
          title={text.importTitle}
          okText={text.import}
          cancelText={text.cancel}
          confirmLoading={doIt.isPending}
          onOk={() => doIt.mutate(preview.data.file)}
          onCancel={preview.reset}
        >
          <p>
            {text.importCounts(
              preview.data.would.candidates,
              preview.data.would.marks,
              preview.data.would.unchanged,
            )}
          </p>
          {preview.data.would.replaced.length > 0 && (
            <>
              <p>{text.replacedTitle}</p>
              <ul className="problem-lines">
                {preview.data.would.replaced.map(({ ticket, item, from, to }) => (
                  <li key={`${ticket} ${item}`}>
                    {text.replaced(ticket, item, String(from ?? '—'), String(to))}
                  </li>
                ))}
              </ul>
            </>
          )}
        </Modal>
      )}
    </div>
  );
}
