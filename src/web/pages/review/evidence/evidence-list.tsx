import { useTexts } from '../../../language/language.tsx';
import { sizeText } from '../../../shared/size.ts';
import type { Evidence } from '../data.ts';
import { texts } from '../texts.ts';
import { numberText } from './number-text.ts';

interface Props {
  readonly evidence: readonly Evidence[];
  readonly onShow: (evidence: Evidence) => void;
  readonly canShow: (evidence: Evidence) => boolean;
}

type OfKind<K extends Evidence['kind']> = Extract<Evidence, { kind: K }>;

const isKind =
  <K extends Evidence['kind']>(kind: K) =>
  (one: Evidence): one is OfKind<K> =>
    one.kind === kind;

function Measures({ measures }: { measures: readonly OfKind<'measure'>[] }) {
  const text = useTexts(texts);
  if (measures.length === 0) return null;
  return (
    <table className="facts">
      <thead>
        <tr>
          <th>{text.what}</th>
          <th>{text.measured}</th>
          <th>{text.asked}</th>
        </tr>
      </thead>
      <tbody>
        {measures.map(({ path, name, value, wanted }) => (
          <tr key={`${path} ${name} ${value}`}>
            <td>{name}</td>
            <td>
              <b>{value}</b>
            </td>
            <td>{wanted}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Numbers({ numbers }: { numbers: readonly OfKind<'number'>[] }) {
  const text = useTexts(texts);
  if (numbers.length === 0) return null;
  return (
    <table className="facts">
      <thead>
        <tr>
          <th>{text.theirs}</th>
          <th>{text.readAs}</th>
          <th>{text.ours}</th>
          <th>{text.rule}</th>
        </tr>
      </thead>
      <tbody>
        {numbers.map(({ where, quote, value, unit, key, rule }) => (
          <tr key={`${where} ${quote} ${value}`}>
            <td>
              <b>{quote}</b>
              <div className="quiet">{where}</div>
            </td>
            <td>{numberText(value, unit)}</td>
            <td>{key}</td>
            <td>{rule}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What a piece of evidence says in one line, and in a second one where it was found. */
function wordsOf(evidence: Evidence, text: ReturnType<typeof useTexts<typeof texts.zh>>): [string, string] {
  switch (evidence.kind) {
    case 'file':
      return [evidence.path ?? text.file, sizeText(evidence.bytes)];
    case 'text-span':
      return [`“${evidence.quote}”`, evidence.where];
    case 'dom-span':
      return [evidence.source, `${evidence.path ?? ''}:${evidence.line}`];
    case 'image-pair':
      return [`${evidence.path ?? ''} ↔ ${evidence.material}`, evidence.difference];
    case 'image-region':
    case 'render':
      return [evidence.note, evidence.path ?? ''];
    case 'absent':
      return [`${text.absent}：${evidence.what}`, `${text.searched}：${evidence.searched.join('、')}`];
    default:
      return ['', evidence.path ?? ''];
  }
}

/** The evidence of an item, kind by kind; what has a place in the work can be shown there. */
export function EvidenceList({ evidence, onShow, canShow }: Props) {
  const text = useTexts(texts);
  const measures = evidence.filter(isKind('measure'));
  const numbers = evidence.filter(isKind('number'));
  const others = evidence.filter(({ kind }) => kind !== 'measure' && kind !== 'number');
  return (
    <>
      <Measures measures={measures} />
      <Numbers numbers={numbers} />
      <ul className="evidence">
        {others.map((one, index) => {
          const [words, where] = wordsOf(one, text);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: evidence has no id and never changes
            <li key={index} className={`evidence-${one.kind}`}>
              {canShow(one) ? (
                <button type="button" title={text.show} onClick={() => onShow(one)}>
                  {words}
                </button>
              ) : (
                <span>{words}</span>
              )}
              {where && <span className="quiet">{where}</span>}
            </li>
          );
        })}
      </ul>
    </>
  );
}
