import Alert from 'antd/es/alert';
import Button from 'antd/es/button';
import type { Answers } from '../../api/answers-schema.ts';
import { useTexts } from '../../language/language.tsx';
import { sizeText } from '../../shared/size.ts';
import { momentText } from '../../shared/time.ts';
import { PackageProblems } from './package-problems.tsx';
import { texts } from './texts.ts';

/** What was promised: the files that are stored, and the code to write down. Prints on one page. */
export function Receipt({
  answer,
  onAnother,
}: {
  answer: Answers['handedIn'];
  onAnother: (() => void) | null;
}) {
  const text = useTexts(texts);
  const { receipt, problems, missing, complete } = answer;
  const { receipt: body, code } = receipt;
  const save = (): void => {
    const url = URL.createObjectURL(
      new Blob([JSON.stringify(receipt, null, 2)], { type: 'application/json' }),
    );
    const link = document.createElement('a');
    link.href = url;
    link.download = `receipt-${body.ticket}-${body.number}.json`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  };
  return (
    <section className="receipt" aria-label={text.receipt}>
      <header className="receipt-head">
        <div>
          <h2>{text.received}</h2>
          <div className="quiet">{text.receivedNote}</div>
        </div>
        <div className="receipt-code">
          <span className="quiet">{text.code}</span>
          <b className="mono">{code}</b>
        </div>
      </header>
      <dl className="receipt-facts">
        <div>
          <dt>{text.ticket}</dt>
          <dd className="mono">{body.ticket}</dd>
        </div>
        <div>
          <dt>{text.at}</dt>
          <dd>{momentText(body.receivedAt)}</dd>
        </div>
        <div>
          <dt>{body.exam.name}</dt>
          <dd>
            {body.paper.id} · {text.attempt(body.number)}
          </dd>
        </div>
      </dl>
      {complete && problems.length === 0 && <Alert type="success" showIcon title={text.allThere} />}
      <PackageProblems problems={problems} missing={missing} />
      <table className="receipt-files">
        <thead>
          <tr>
            <th>{text.path}</th>
            <th>{text.size}</th>
          </tr>
        </thead>
        <tbody>
          {body.files.map(({ path, bytes, sha256 }) => (
            <tr key={path}>
              <td>
                {path}
                <span className="receipt-hash mono">{sha256}</span>
              </td>
              <td>{sizeText(bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <footer className="receipt-buttons no-print">
        {onAnother && (
          <Button type="primary" onClick={onAnother}>
            {text.another}
          </Button>
        )}
        <Button onClick={() => window.print()}>{text.print}</Button>
        <Button onClick={save}>{text.saveReceipt}</Button>
      </footer>
      {onAnother && <p className="quiet no-print">{text.anotherNote}</p>}
    </section>
  );
}
