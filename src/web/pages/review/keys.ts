import { useEffect, useRef } from 'react';

/** Everything a key can do in the marking room; the help lists exactly these. */
export const commands = [
  { name: 'down', keys: ['ArrowDown', 'j'], shown: '↓ j' },
  { name: 'up', keys: ['ArrowUp', 'k'], shown: '↑ k' },
  { name: 'nextOpen', keys: ['g'], shown: 'g' },
  { name: 'give', keys: ['Enter'], shown: 'Enter' },
  { name: 'acceptAll', keys: ['A'], shown: 'Shift A' },
  { name: 'type', keys: [...'0123456789.'], shown: '0–9' },
  { name: 'full', keys: ['m'], shown: 'm' },
  { name: 'comment', keys: ['c'], shown: 'c' },
  { name: 'doubt', keys: ['d'], shown: 'd' },
  { name: 'takeBack', keys: ['u'], shown: 'u' },
  { name: 'fileBefore', keys: ['['], shown: '[' },
  { name: 'fileAfter', keys: [']'], shown: ']' },
  { name: 'side', keys: ['v'], shown: 'v' },
  { name: 'task', keys: ['t'], shown: 't' },
  { name: 'next', keys: ['n'], shown: 'n' },
  { name: 'list', keys: ['l'], shown: 'l' },
  { name: 'help', keys: ['?', '？'], shown: '?' },
] as const;
export type Command = (typeof commands)[number]['name'];

const byKey = new Map<string, Command>(commands.flatMap(({ name, keys }) => keys.map((key) => [key, name])));

/** Whether a key belongs to what has the focus: a field that is typed in, a dialog, a choice that opens. */
const isTaken = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('input, textarea, select, [contenteditable="true"], [role="dialog"], [role="combobox"]') !==
    null;

/** A button that has the focus keeps Enter, a radio group its arrows. */
const isOwn = (target: EventTarget | null, key: string): boolean =>
  target instanceof Element &&
  ((key === 'Enter' && target.closest('button:not(.item), a, summary') !== null) ||
    (key.startsWith('Arrow') && target.closest('[role="radiogroup"]') !== null));

/** Listens to the whole room. The handler says whether it did something; only then the browser's own use is stopped. */
export function useKeys(handle: (command: Command, key: string) => void, active: boolean): void {
  const latest = useRef(handle);
  latest.current = handle;
  useEffect(() => {
    if (!active) return;
    const listen = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (isTaken(event.target) || isOwn(event.target, event.key)) return;
      const command = byKey.get(event.key);
      if (!command) return;
      event.preventDefault();
      latest.current(command, event.key);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [active]);
}
