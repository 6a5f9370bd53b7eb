import { between, seeded } from './random.ts';

/** An SVG document. `body` may use the gradients and textures of `palette`. */
export function scene(width: number, height: number, body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<defs>${textures}</defs>${body}</svg>`;
}

/** Surfaces that give a scene structure down to the pixel: wood grain, pressed leaves, woven cloth, soft shadow. */
const textures = `
<filter id="wood" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency="0.004 0.09" numOctaves="4" seed="7"/>
<feColorMatrix values="0 0 0 0 0.36  0 0 0 0 0.22  0 0 0 0 0.11  0.9 0.6 0 0 -0.25"/><feComposite in2="SourceGraphic" operator="in"/></filter>
<filter id="leafy" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency="0.05 0.08" numOctaves="4" seed="3"/>
<feColorMatrix values="0 0 0 0 0.10  0 0 0 0 0.07  0 0 0 0 0.03  1.8 0 0 0 -0.55"/><feComposite in2="SourceGraphic" operator="in"/></filter>
<filter id="cloth" x="0" y="0" width="100%" height="100%"><feTurbulence type="turbulence" baseFrequency="0.12 0.16" numOctaves="2" seed="11"/>
<feColorMatrix values="0 0 0 0 0.25  0 0 0 0 0.2  0 0 0 0 0.15  0.7 0 0 0 -0.1"/><feComposite in2="SourceGraphic" operator="in"/></filter>
<filter id="soft" x="-30%" y="-30%" width="160%" height="160%"><feGaussianBlur stdDeviation="14"/></filter>
<filter id="blur" x="-30%" y="-30%" width="160%" height="160%"><feGaussianBlur stdDeviation="5"/></filter>`;

/** Named by its content, so the same gradient twice is the same paint and no counter leaks between scenes. */
const paintId = (kind: string, colours: readonly string[]): string =>
  `${kind}${colours.join('-').replace(/[^\w-]/g, '')}`;

const stops = (colours: readonly string[]): string =>
  colours
    .map((colour, i) => `<stop offset="${i / Math.max(1, colours.length - 1)}" stop-color="${colour}"/>`)
    .join('');

/** Defines a linear gradient and hands it to `use` as a paint. `angle` 0 runs to the right, 90 down. */
export function linear(colours: readonly string[], angle: number, use: (paint: string) => string): string {
  const id = paintId(`l${angle}-`, colours);
  return `<linearGradient id="${id}" gradientTransform="rotate(${angle} 0.5 0.5)">${stops(colours)}</linearGradient>${use(`url(#${id})`)}`;
}

/** Defines a radial gradient lit from the upper left and hands it to `use` as a paint. */
export function radial(colours: readonly string[], use: (paint: string) => string): string {
  const id = paintId('r-', colours);
  return `<radialGradient id="${id}" cx="0.38" cy="0.32" r="0.75">${stops(colours)}</radialGradient>${use(`url(#${id})`)}`;
}

export const rect = (x: number, y: number, w: number, h: number, paint: string, more = ''): string =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${paint}" ${more}/>`;

export const ellipse = (cx: number, cy: number, rx: number, ry: number, paint: string, more = ''): string =>
  `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" fill="${paint}" ${more}/>`;

export const path = (d: string, paint: string, more = ''): string =>
  `<path d="${d}" fill="${paint}" ${more}/>`;

export const at = (x: number, y: number, body: string, scale = 1, turn = 0): string =>
  `<g transform="translate(${x} ${y}) rotate(${turn}) scale(${scale})">${body}</g>`;

/** The soft dark patch under a thing, which tells up from down. */
export const shadow = (cx: number, cy: number, rx: number, ry: number): string =>
  ellipse(cx, cy, rx, ry, '#000', 'opacity="0.4" filter="url(#soft)"');

/** A room: a wall lit from one side above a table with wood grain; the edge of the table lies at `horizon`. */
export function room(
  width: number,
  height: number,
  horizon: number,
  wall: readonly string[],
  table: string,
): string {
  return [
    linear(wall, 25, (paint) => rect(0, 0, width, horizon, paint)),
    rect(0, 0, width, horizon, '#888', 'filter="url(#cloth)" opacity="0.25"'),
    linear([table, '#3a2113'], 90, (paint) => rect(0, horizon, width, height - horizon, paint)),
    rect(0, horizon, width, height - horizon, '#000', 'filter="url(#wood)"'),
    rect(0, horizon, width, 5, '#fff', 'opacity="0.25"'),
  ].join('');
}

/** `count` things scattered over a field, each with its own place, size and turn. */
export function scatter(
  seed: number,
  count: number,
  field: { x: number; y: number; width: number; height: number; size: readonly [number, number] },
  thing: (random: () => number) => string,
): string {
  const random = seeded(seed);
  return Array.from({ length: count }, () =>
    at(
      between(random, field.x, field.x + field.width),
      between(random, field.y, field.y + field.height),
      thing(random),
      between(random, field.size[0], field.size[1]),
      between(random, 0, 360),
    ),
  ).join('');
}
