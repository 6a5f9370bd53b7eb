import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const systemPlaces = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * Our own arguments, never those of a package: a browser that shows candidates' work keeps its walls. As root the
 * outer sandbox cannot be had.
 */
const flags = [
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-sync',
  '--no-first-run',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

async function findChromium(): Promise<string> {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, which does not exist`);
    return named;
  }
  const system = systemPlaces.find((path) => existsSync(path));
  if (system) return system;
  const { default: packed } = await import('@sparticuz/chromium');
  return packed.executablePath();
}

export interface FoundBrowser {
  readonly browser: Browser | null;
  /** Why there is none. */
  readonly missing: string;
}

/** A real Chromium: the one that CHROMIUM_PATH names, else the system's, else the packed one. */
export async function openChromium(): Promise<FoundBrowser> {
  try {
    const executablePath = await findChromium();
    return { browser: await chromium.launch({ executablePath, headless: true, args: flags }), missing: '' };
  } catch (error) {
    if (process.env.CHROMIUM_PATH) throw error;
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return { browser: null, missing: `no Chromium starts here (${why}); set CHROMIUM_PATH` };
  }
}
