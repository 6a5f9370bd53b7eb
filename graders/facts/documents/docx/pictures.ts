import { createHash } from 'node:crypto';
import type { ZipEntries } from '../../../unpack/zip-entries.ts';
import type { DocumentFact } from '../../schema.ts';

const picture = /(?:^|\/)media\/[^/]+\.(?:jpe?g|jfif|png|gif|bmp|dib|tiff?|webp|svg|wmf|emf|wdp)$/i;

/** The pictures embedded in an Office document, by name; what cannot be read is told by the caller. */
export async function embeddedPictures(
  zip: ZipEntries,
  folder: string,
): Promise<{ images: DocumentFact['images']; damaged: boolean }> {
  const images: DocumentFact['images'] = [];
  let damaged = false;
  for (const name of zip.names.filter((each) => each.startsWith(folder) && picture.test(each)).sort()) {
    const bytes = await zip.read(name).catch(zipFault);
    if (bytes === null) damaged = true;
    else
      images.push({
        name: name.slice(folder.length),
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      });
  }
  return { images, damaged };
}

function zipFault(error: unknown): null {
  if (error instanceof Error && error.name === 'ZipReadError') return null;
  throw error;
}
