import Button from 'antd/es/button';
import Segmented from 'antd/es/segmented';
import Select from 'antd/es/select';
import OpenSeadragon from 'openseadragon';
import { useEffect, useRef, useState } from 'react';
import { address } from '../../../api/client.ts';
import { useTexts } from '../../../language/language.tsx';
import { type Material, submissionAddress, type WorkFile } from '../data.ts';
import { texts } from '../texts.ts';
import type { Marked } from './focus.ts';
import { type Layout, PictureScene } from './picture-scene.ts';

interface Props {
  readonly candidate: string;
  readonly file: WorkFile;
  readonly marked: Marked;
  readonly materials: readonly Material[];
  readonly partner: Material | null;
}

const pictureAddress = (candidate: string, { position, view }: WorkFile): string =>
  address(`${submissionAddress(candidate)}/${view === 'converted' ? 'picture' : 'files'}/${position}`);

function materialAddress(candidate: string, { path, view }: Material): string {
  const kind = view === 'converted' ? 'material-picture' : 'materials';
  return address(
    `${submissionAddress(candidate)}/${kind}/${path.split('/').map(encodeURIComponent).join('/')}`,
  );
}

/** A picture with deep zoom, what was found drawn on it, and the 素材 beside or under a swipe. */
export function PictureView({ candidate, file, marked, materials, partner }: Props) {
  const text = useTexts(texts);
  const place = useRef<HTMLDivElement>(null);
  const scene = useRef<PictureScene | null>(null);
  const [material, setMaterial] = useState(partner);
  const [wished, setLayout] = useState<Layout>('single');
  const [swipe, setSwipe] = useState(50);
  const layout = material ? wished : 'single';
  useEffect(() => setMaterial(partner), [partner]);

  useEffect(() => {
    if (!place.current) return;
    const made = new PictureScene(
      OpenSeadragon({
        element: place.current,
        drawer: 'canvas',
        showNavigationControl: false,
        gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
        maxZoomPixelRatio: 16,
        minZoomImageRatio: 0.5,
        visibilityRatio: 0.3,
        animationTime: 0.3,
        // Pixels are what is judged: they are shown, not smoothed away.
        imageSmoothingEnabled: false,
      }),
    );
    scene.current = made;
    return () => made.close();
  }, []);
  useEffect(() => {
    const other = material && layout !== 'single' ? materialAddress(candidate, material) : null;
    scene.current?.show({ work: pictureAddress(candidate, file), material: other, layout });
  }, [candidate, file, material, layout]);
  useEffect(() => scene.current?.drawRegions(marked.regions), [marked]);
  useEffect(() => scene.current?.swipeTo(swipe / 100), [swipe]);

  return (
    <div className="picture">
      <div className="work-bar">
        <span>
          <span className="work-bar-label">{text.compare}</span>
          <Select
            size="small"
            aria-label={text.compare}
            className="picture-material"
            value={material?.path ?? ''}
            options={[
              { value: '', label: text.noMaterial },
              ...materials.map(({ path }) => ({ value: path, label: path })),
            ]}
            onChange={(path) => {
              setMaterial(materials.find((one) => one.path === path) ?? null);
              if (wished === 'single') setLayout('beside');
            }}
          />
        </span>
        {material && (
          <Segmented<Layout>
            size="small"
            value={layout}
            onChange={setLayout}
            options={(['single', 'beside', 'swipe'] as const).map((value) => ({ value, label: text[value] }))}
          />
        )}
        <span className="work-bar-space" />
        <Button size="small" aria-label={text.zoomOut} onClick={() => scene.current?.zoom(1 / 1.6)}>
          −
        </Button>
        <Button size="small" aria-label={text.zoomIn} onClick={() => scene.current?.zoom(1.6)}>
          ＋
        </Button>
        <Button size="small" onClick={() => scene.current?.home()}>
          {text.home}
        </Button>
      </div>
      {layout === 'swipe' && (
        <input
          className="picture-swipe"
          type="range"
          min={0}
          max={100}
          value={swipe}
          aria-label={text.swipeAt}
          onChange={(event) => setSwipe(Number(event.target.value))}
        />
      )}
      <div ref={place} className="picture-place" role="img" aria-label={file.path} />
    </div>
  );
}
