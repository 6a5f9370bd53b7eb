/** What a picture's own header states, without decoding a pixel. Lengths are pixels; 0 where the header does not say. */
interface Header {
  readonly width: number;
  readonly height: number;
  /** `srgb`, `cmyk`, `b-w` … as sharp names them; null where the header does not say. */
  readonly space: string | null;
}

/** Reads numbers beyond the end as 0: a header cut short states nothing, which is no error here. */
function reader(head: Uint8Array) {
  const padded = new Uint8Array(64);
  padded.set(head.subarray(0, 64));
  return new DataView(padded.buffer);
}

const none: Header = { width: 0, height: 0, space: null };

function png(view: DataView): Header {
  return { width: view.getUint32(16), height: view.getUint32(20), space: null };
}

function gif(view: DataView): Header {
  return { width: view.getUint16(6, true), height: view.getUint16(8, true), space: 'srgb' };
}

/** The three kinds of first chunk: lossy, lossless, extended. Source: WebP Container Specification (RFC 9649). */
function webp(view: DataView): Header {
  const chunk = String.fromCharCode(
    view.getUint8(12),
    view.getUint8(13),
    view.getUint8(14),
    view.getUint8(15),
  );
  if (chunk === 'VP8 ') {
    return {
      width: view.getUint16(26, true) & 0x3fff,
      height: view.getUint16(28, true) & 0x3fff,
      space: 'srgb',
    };
  }
  if (chunk === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, space: 'srgb' };
  }
  if (chunk === 'VP8X') {
    const width = (view.getUint32(24, true) & 0xffffff) + 1;
    return { width, height: (view.getUint32(27, true) & 0xffffff) + 1, space: 'srgb' };
  }
  return none;
}

/** Height stands before width, then depth and mode. Source: Adobe Photoshop File Formats Specification, header section. */
function psd(view: DataView): Header {
  const modes: Readonly<Record<number, string>> = {
    0: 'b-w',
    1: 'b-w',
    2: 'srgb',
    3: 'srgb',
    4: 'cmyk',
    9: 'lab',
  };
  return {
    width: view.getUint32(18),
    height: view.getUint32(14),
    space: modes[view.getUint16(24)] ?? 'multichannel',
  };
}

/** A negative height only says that rows run downwards; OS/2's small header has 16-bit sides. */
function bmp(view: DataView): Header {
  if (view.getUint32(14, true) === 12) {
    return { width: view.getUint16(18, true), height: view.getUint16(20, true), space: 'srgb' };
  }
  return {
    width: Math.abs(view.getInt32(18, true)),
    height: Math.abs(view.getInt32(22, true)),
    space: 'srgb',
  };
}

/** Uncompressed Flash only: a bit-packed rectangle in twips (1/20 px). Source: SWF File Format Specification, RECT. */
function swf(view: DataView): Header {
  if (view.getUint8(0) !== 0x46) return none;
  const bits = view.getUint8(8) >>> 3;
  const at = (field: number): number => {
    let value = 0;
    for (let i = 0; i < bits; i++) {
      const position = 5 + field * bits + i;
      value = value * 2 + ((view.getUint8(8 + (position >> 3)) >> (7 - (position & 7))) & 1);
    }
    return value;
  };
  return { width: Math.round((at(1) - at(0)) / 20), height: Math.round((at(3) - at(2)) / 20), space: 'srgb' };
}

const readers: Readonly<Record<string, (view: DataView) => Header>> = { png, gif, webp, psd, bmp, swf };

/**
 * Size and colour mode as the header states them.
 * @param head the file's first 64 bytes or more
 * @returns zeros for formats whose header is read elsewhere (jpeg, tiff) or not at all (svg)
 */
export function headerOf(format: string, head: Uint8Array): Header {
  return readers[format]?.(reader(head)) ?? none;
}
