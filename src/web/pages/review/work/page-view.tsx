import { useEffect, useRef, useState } from 'react';
import { address } from '../../../api/client.ts';
import { submissionAddress, type WorkFile } from '../data.ts';

/** Pages of these tasks are drawn for screens about this wide. */
const pageWidth = 1100;

/**
 * The page as a visitor sees it, in a frame without origin, cookies or network: what runs in it reaches nothing.
 * Shrunk to the room's width, for a page that wraps is not the page that was made.
 */
export function PageView({ candidate, file }: { candidate: string; file: WorkFile }) {
  const place = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: pageWidth, height: 600 });
  useEffect(() => {
    if (!place.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  const scale = Math.min(1, size.width / pageWidth);
  return (
    <div ref={place} className="rendered">
      <iframe
        title={file.path}
        sandbox="allow-scripts"
        referrerPolicy="no-referrer"
        src={address(`${submissionAddress(candidate)}/render/${file.position}`)}
        style={{
          width: size.width / scale,
          height: size.height / scale,
          transform: `scale(${scale})`,
        }}
      />
    </div>
  );
}
