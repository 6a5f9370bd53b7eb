import type { Figure } from './figure.ts';
import type { Machine } from './machine.ts';
import type { Goal, Spread } from './statistics.ts';

/** Three digits that matter; whole numbers from 100 on. */
const shown = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3));

const range = ({ min, median, max }: Spread): [string, string] => [
  shown(median),
  `${shown(min)}–${shown(max)}`,
];

const seconds = (spread: Spread | null): string => (spread ? `${shown(spread.median)} s` : '–');

const goalText = (goal: Goal, unit: string): string =>
  'atLeast' in goal ? `≥ ${goal.atLeast} ${unit}` : `≤ ${goal.atMost} ${unit}`;

function row({ name, unit, value, goal, met, rounds, ours, baseline }: Figure): string[] {
  const [median, spread] = range(value);
  const verdict = goal ? `${goalText(goal, unit)} ${met ? '✓' : '✗'}` : '–';
  return [name, `${median} ${unit}`, spread, verdict, seconds(ours), seconds(baseline), String(rounds)];
}

const heading = ['figure', 'median', 'min–max', 'goal', 'ours', 'baseline', 'rounds'];

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** The facts of the machine in one line. */
export const machineLine = ({ date, node, system, processor, cores, memoryGB, load }: Machine): string =>
  `${date}, Node ${node}, ${system}, ${cores} cores (${processor}), ${memoryGB} GB, load ${load} at the start`;

/** A Markdown table that lines up in a terminal as well. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = [heading, ...figures.map(row)];
  const widths = heading.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const [first = '', ...others] = rows.map((cells) =>
    line(cells.map((cell, column) => cell.padEnd(widths[column] ?? 0))),
  );
  return [first, line(widths.map((width) => '-'.repeat(width))), ...others].join('\n');
}

/** The page that is kept in the repository. */
export function pageOf(machine: Machine, figures: readonly Figure[]): string {
  const notes = figures.map(({ name, about }) => `- **${name}**: ${about}`);
  return [
    '# Benchmarks',
    '',
    `Written by \`npm run bench -- --write\`. ${machineLine(machine)}.`,
    '',
    'A ratio is taken within each round (ours, then the baseline, right after each other); the table shows the median',
    'of the rounds with their least and greatest. Times are medians of a round.',
    '',
    tableOf(figures),
    '',
    ...notes,
    '',
  ].join('\n');
}
