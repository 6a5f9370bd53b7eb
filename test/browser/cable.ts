import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';

/** A cable between a browser and the service, with a knife. */
export interface Cable {
  readonly address: string;
  /** Cuts it as soon as so many bytes have gone up from now on; 0 cuts at once. */
  cutAfter(bytes: number): void;
  mend(): void;
  /** How often connections were cut or refused. */
  readonly cuts: number;
  close(): Promise<void>;
}

/** Lays a cable to a service; what the browser types is the near end. */
export async function layCable(to: string): Promise<Cable> {
  const { hostname, port } = new URL(to);
  const open = new Set<Socket>();
  let left = Number.POSITIVE_INFINITY;
  let cuts = 0;
  const cut = (): void => {
    left = 0;
    cuts += 1;
    for (const socket of open) socket.resetAndDestroy();
    open.clear();
  };
  const server = createServer((near) => {
    if (left <= 0) {
      cuts += 1;
      near.resetAndDestroy();
      return;
    }
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      open.add(socket);
      // A cut is what this is for; both ends then hear of it here.
      socket.on('error', () => undefined);
      socket.on('close', () => open.delete(socket));
    }
    near.on('data', (chunk) => {
      left -= chunk.length;
      if (left <= 0) cut();
    });
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: nearPort } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${nearPort}`,
    cutAfter(bytes) {
      left = bytes;
      if (bytes === 0) cut();
    },
    mend() {
      left = Number.POSITIVE_INFINITY;
    },
    get cuts() {
      return cuts;
    },
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
