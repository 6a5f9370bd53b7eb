import Segmented from 'antd/es/segmented';
import { lazy, Suspense, useMemo } from 'react';
import { address } from '../../../api/client.ts';
import { useTexts } from '../../../language/language.tsx';
import { sizeText } from '../../../shared/size.ts';
import { Waiting } from '../../../shared/waiting.tsx';
import { type Review, type RoomItem, submissionAddress, type WorkFile } from '../data.ts';
import { texts } from '../texts.ts';
import { DocumentView } from './document-view.tsx';
import { markedIn, materialOf, pictureMaterials } from './focus.ts';
import { PageView } from './page-view.tsx';

const PictureView = lazy(() =>
  import('./picture-view.tsx').then(({ PictureView: view }) => ({ default: view })),
);
const SourceView = lazy(() =>
  import('./source-view.tsx').then(({ SourceView: view }) => ({ default: view })),
);

export type PageSide = 'rendered' | 'sourceCode';

interface Props {
  readonly review: Review;
  readonly items: readonly RoomItem[];
  readonly item: RoomItem | null;
  readonly file: WorkFile | null;
  readonly side: PageSide;
  readonly onFile: (position: number) => void;
  readonly onSide: (side: PageSide) => void;
  readonly onChoose: (item: string) => void;
}

function Shown({ review, items, item, file, side, onChoose }: Props & { file: WorkFile }) {
  const { candidateId: candidate, materials } = review;
  const evidence = item?.judged.evidence;
  const marked = useMemo(() => markedIn(file.path, evidence ?? []), [file.path, evidence]);
  const partner = useMemo(() => materialOf(file, evidence ?? [], materials), [file, evidence, materials]);
  const pictures = useMemo(() => pictureMaterials(materials), [materials]);
  switch (file.view) {
    case 'picture':
    case 'converted':
      return (
        <PictureView
          candidate={candidate}
          file={file}
          marked={marked}
          materials={pictures}
          partner={partner}
        />
      );
    case 'page':
      if (side === 'rendered') return <PageView key={file.sha256} candidate={candidate} file={file} />;
      return <SourceView key={file.sha256} candidate={candidate} file={file} lines={marked.lines} />;
    case 'text':
      return <SourceView key={file.sha256} candidate={candidate} file={file} lines={marked.lines} />;
    default:
      return <DocumentView file={file} items={items} chosen={item?.judged.id ?? null} onChoose={onChoose} />;
  }
}

/** The work: which file, and that file in the form that lets it be judged. */
export function WorkPanel(props: Props) {
  const { review, file, side, onFile, onSide } = props;
  const text = useTexts(texts);
  return (
    <section className="work" aria-label={text.work}>
      {review.problems.length > 0 && (
        <details className="work-problems">
          <summary>{text.problems(review.problems.length)}</summary>
          <ul>
            {review.problems.map((problem) => (
              <li key={`${problem.path} ${problem.code}`}>{problem.text}</li>
            ))}
          </ul>
        </details>
      )}
      <div className="work-files" role="tablist" aria-label={text.files}>
        {review.files.map(({ position, path, bytes }) => (
          <button
            key={position}
            type="button"
            role="tab"
            aria-selected={position === file?.position}
            title={`${path}　${sizeText(bytes)}`}
            onClick={() => onFile(position)}
          >
            {path.slice(path.lastIndexOf('/') + 1)}
          </button>
        ))}
      </div>
      {file ? (
        <>
          <div className="work-about">
            <span className="work-path">
              {file.path} <span className="quiet">{sizeText(file.bytes)}</span>
            </span>
            {file.view === 'page' && (
              <Segmented<PageSide>
                size="small"
                value={side}
                onChange={onSide}
                options={(['rendered', 'sourceCode'] as const).map((value) => ({
                  value,
                  label: text[value],
                }))}
              />
            )}
            <a href={address(`${submissionAddress(review.candidateId)}/files/${file.position}`)} download>
              {text.download1}
            </a>
          </div>
          <div className="work-place">
            <Suspense fallback={<Waiting />}>
              <Shown {...props} file={file} />
            </Suspense>
          </div>
        </>
      ) : (
        <p className="waiting">{text.noFiles}</p>
      )}
    </section>
  );
}
