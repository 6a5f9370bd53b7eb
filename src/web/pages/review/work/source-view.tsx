import { css } from '@codemirror/lang-css';
import { html } from '@codemirror/lang-html';
import { javascript } from '@codemirror/lang-javascript';
import { useQuery } from '@tanstack/react-query';
import CodeMirror, {
  Decoration,
  EditorView,
  type Extension,
  type ReactCodeMirrorRef,
} from '@uiw/react-codemirror';
import { useEffect, useMemo, useRef } from 'react';
import { call } from '../../../api/client.ts';
import { useTexts } from '../../../language/language.tsx';
import { ProblemAlert } from '../../../shared/problem-alert.tsx';
import { Waiting } from '../../../shared/waiting.tsx';
import { submissionAddress, type WorkFile } from '../data.ts';
import { texts } from '../texts.ts';

function languageOf({ mime, path }: WorkFile): Extension[] {
  if (/html|xml|svg/.test(mime)) return [html()];
  if (mime === 'text/css' || path.endsWith('.css')) return [css()];
  return /script|json/.test(mime) || /\.(js|json)$/.test(path) ? [javascript()] : [];
}

/** Lines that the evidence points at, as CodeMirror draws them. */
function marking(lines: readonly number[]): Extension {
  return EditorView.decorations.of((view) => {
    const there = [...new Set(lines)]
      .filter((line) => line >= 1 && line <= view.state.doc.lines)
      .sort((a, b) => a - b);
    const mark = Decoration.line({ class: 'source-marked' });
    return Decoration.set(there.map((line) => mark.range(view.state.doc.line(line).from)));
  });
}

/** A page, style or text as the graders decoded it, with the lines that matter marked. */
export function SourceView({
  candidate,
  file,
  lines,
}: {
  candidate: string;
  file: WorkFile;
  lines: readonly number[];
}) {
  const text = useTexts(texts);
  const editor = useRef<ReactCodeMirrorRef>(null);
  const source = useQuery({
    queryKey: ['review', candidate, 'text', file.sha256],
    queryFn: ({ signal }) =>
      call('fileText', `${submissionAddress(candidate)}/text/${file.position}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const extensions = useMemo(
    () => [...languageOf(file), marking(lines), EditorView.lineWrapping, EditorView.editable.of(false)],
    [file, lines],
  );
  const [first] = lines;
  const there = source.data !== undefined;
  useEffect(() => {
    const view = editor.current?.view;
    if (!there || !view || first === undefined || first > view.state.doc.lines) return;
    view.dispatch({ effects: EditorView.scrollIntoView(view.state.doc.line(first).from, { y: 'center' }) });
  }, [there, first]);
  if (source.isError) return <ProblemAlert error={source.error} retry={() => source.refetch()} />;
  if (!source.data) return <Waiting />;
  const { encoding, declared, truncated } = source.data;
  return (
    <div className="source">
      <div className="source-about quiet">
        {text.encoding(encoding)}
        {declared && declared.toLowerCase() !== encoding.toLowerCase() && text.declared(declared)}
        {truncated && <b>　{text.cutOff}</b>}
      </div>
      <CodeMirror
        ref={editor}
        className="source-code"
        height="100%"
        value={source.data.text}
        extensions={extensions}
        readOnly
        aria-label={file.path}
        basicSetup={{ highlightActiveLine: false, highlightActiveLineGutter: false }}
      />
    </div>
  );
}
