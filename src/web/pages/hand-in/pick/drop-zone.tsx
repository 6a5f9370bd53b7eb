import Button from 'antd/es/button';
import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { useTexts } from '../../../language/language.tsx';
import { texts } from '../texts.ts';
import { chosenFiles, droppedFiles } from './collect.ts';
import type { Picked } from './picked.ts';

interface Props {
  readonly small: boolean;
  readonly onPicked: (picked: Picked[]) => void;
  readonly onError: (error: unknown) => void;
  readonly children?: ReactNode;
}

/** A folder or archive is dropped here, or chosen with a button. */
export function DropZone({ small, onPicked, onError }: Props) {
  const text = useTexts(texts);
  const [over, setOver] = useState(false);
  const [reading, setReading] = useState(false);
  const folder = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    setReading(true);
    droppedFiles(event.dataTransfer)
      .then(onPicked, onError)
      .finally(() => setReading(false));
  };
  const chosen = (input: HTMLInputElement): void => {
    if (input.files) onPicked(chosenFiles(input.files));
    // The same choice again must be heard too.
    input.value = '';
  };
  return (
    <section
      className={`drop ${over ? 'drop-over' : ''} ${small ? 'drop-small' : ''}`}
      aria-label={text.handIn}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p className="drop-words">{reading ? text.reading : over ? text.dropNow : text.drop}</p>
      <div className="drop-buttons">
        <Button onClick={() => folder.current?.click()}>{text.chooseFolder}</Button>
        <Button onClick={() => files.current?.click()}>{text.chooseFiles}</Button>
      </div>
      <input
        ref={folder}
        type="file"
        hidden
        multiple
        // @ts-expect-error every browser knows it, React's types do not
        webkitdirectory=""
        data-testid="folder"
        aria-label={text.chooseFolder}
        onChange={(event) => chosen(event.currentTarget)}
      />
      <input
        ref={files}
        type="file"
        hidden
        multiple
        data-testid="files"
        aria-label={text.chooseFiles}
        onChange={(event) => chosen(event.currentTarget)}
      />
    </section>
  );
}
