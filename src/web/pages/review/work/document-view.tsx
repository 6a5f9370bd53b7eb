import { useTexts } from '../../../language/language.tsx';
import type { Evidence, RoomItem, WorkFile } from '../data.ts';
import { numberText } from '../evidence/number-text.ts';
import { texts } from '../texts.ts';

type Found = Extract<Evidence, { kind: 'text-span' | 'number' }>;
interface Finding {
  readonly item: RoomItem;
  readonly found: Found;
}

const findingsIn = (path: string, items: readonly RoomItem[]): Finding[] =>
  items.flatMap((item) =>
    item.judged.evidence.flatMap((found) =>
      (found.kind === 'text-span' || found.kind === 'number') && found.path === path ? [{ item, found }] : [],
    ),
  );

interface Props {
  readonly file: WorkFile;
  readonly items: readonly RoomItem[];
  readonly chosen: string | null;
  readonly onChoose: (item: string) => void;
}

/** What was found in a document, place by place; numbers with theirs beside ours. The chosen item's are marked. */
export function DocumentView({ file, items, chosen, onChoose }: Props) {
  const text = useTexts(texts);
  const findings = findingsIn(file.path, items);
  if (findings.length === 0) return <p className="waiting">{text.nothingFound}</p>;
  return (
    <div className="document">
      <p className="quiet">{text.notShown}</p>
      <table className="facts">
        <thead>
          <tr>
            <th>{text.place}</th>
            <th>{text.theirs}</th>
            <th>{text.readAs}</th>
            <th>{text.ours}</th>
            <th>{text.points}</th>
          </tr>
        </thead>
        <tbody>
          {findings.map(({ item, found }, index) => (
            <tr
              // biome-ignore lint/suspicious/noArrayIndexKey: findings have no id and keep their order
              key={index}
              className={item.judged.id === chosen ? 'facts-chosen' : ''}
            >
              <td>
                <button type="button" className="as-link" onClick={() => onChoose(item.judged.id)}>
                  {found.where}
                </button>
              </td>
              <td>
                <b>{found.quote}</b>
              </td>
              <td>{found.kind === 'number' && numberText(found.value, found.unit)}</td>
              <td>{found.kind === 'number' ? found.key : item.judged.text}</td>
              <td>
                {item.points ?? '–'}/{item.judged.possible}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
