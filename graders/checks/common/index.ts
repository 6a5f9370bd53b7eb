import type { Check } from '../../check.ts';
import { documentOpens } from './document-opens.ts';
import { fileNames } from './file-names.ts';
import { filesPresent } from './files-present.ts';
import { folders } from './folders.ts';
import { imageBytes } from './image-bytes.ts';
import { imageFormat } from './image-format.ts';
import { imageSize } from './image-size.ts';
import { noUnusedFiles } from './no-unused-files.ts';
import { number } from './number.ts';
import { wordAnswer } from './word-answer.ts';

/** Checks that any part of the exam may use. */
export const commonChecks: readonly Check[] = [
  imageFormat,
  imageSize,
  imageBytes,
  filesPresent,
  fileNames,
  folders,
  noUnusedFiles,
  documentOpens,
  number,
  wordAnswer,
];
