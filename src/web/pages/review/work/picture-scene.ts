import OpenSeadragon from 'openseadragon';
import type { Marked } from './focus.ts';

export type Layout = 'single' | 'beside' | 'swipe';

interface Shown {
  readonly work: string;
  readonly material: string | null;
  readonly layout: Layout;
}

/** Between two pictures side by side, in widths of a picture. */
const gap = 0.04;

/**
 * What the picture viewer shows: the work, and the 素材 beside it or on top of it, cut off at the swipe. Both lie in
 * one viewport, so they zoom and move together; both are one unit wide, whatever their pixels.
 */
export class PictureScene {
  readonly #viewer: OpenSeadragon.Viewer;
  #work: OpenSeadragon.TiledImage | null = null;
  #material: OpenSeadragon.TiledImage | null = null;
  #regions: Marked['regions'] = [];
  #swipe = 0.5;
  #shown: Shown | null = null;

  constructor(viewer: OpenSeadragon.Viewer) {
    this.#viewer = viewer;
  }

  show(shown: Shown): void {
    this.#shown = shown;
    this.#work = null;
    this.#material = null;
    this.#viewer.close();
    this.#viewer.clearOverlays();
    this.#add(shown.work, 0, (image) => {
      this.#work = image;
      this.drawRegions(this.#regions);
      this.home();
    });
    if (!shown.material) return;
    this.#add(shown.material, shown.layout === 'beside' ? 1 + gap : 0, (image) => {
      this.#material = image;
      this.swipeTo(this.#swipe);
      this.home();
    });
  }

  #add(url: string, x: number, onAdded: (image: OpenSeadragon.TiledImage) => void): void {
    const asked = this.#shown;
    this.#viewer.addTiledImage({
      tileSource: { type: 'image', url, buildPyramid: false },
      x,
      y: 0,
      width: 1,
      success: (event) => {
        // Another file was chosen while this one was on its way.
        if (this.#shown !== asked) return;
        onAdded((event as unknown as { item: OpenSeadragon.TiledImage }).item);
      },
    });
  }

  /** Draws frames where something was found. Regions are pixels of the displayed picture. */
  drawRegions(regions: Marked['regions']): void {
    this.#regions = regions;
    this.#viewer.clearOverlays();
    const work = this.#work;
    if (!work) return;
    for (const { region, note } of regions) {
      const element = document.createElement('div');
      element.className = 'picture-region';
      element.title = note;
      const { x, y, width, height } = region;
      this.#viewer.addOverlay({ element, location: work.imageToViewportRectangle(x, y, width, height) });
    }
  }

  /** Shows the 素材 left of this share of the width. */
  swipeTo(share: number): void {
    this.#swipe = share;
    if (this.#shown?.layout !== 'swipe' || !this.#material) return;
    const { x, y } = this.#material.getContentSize();
    this.#material.setClip(new OpenSeadragon.Rect(0, 0, x * share, y));
  }

  zoom(factor: number): void {
    this.#viewer.viewport.zoomBy(factor).applyConstraints();
  }

  home(): void {
    this.#viewer.viewport.goHome(true);
  }

  close(): void {
    this.#viewer.destroy();
  }
}
