import { closeSync, ftruncateSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import SevenZip, { type SevenZipModule } from '7z-wasm';

/** 7-Zip in WebAssembly, shut in: it sees one file to read, and every file it makes goes to a location of ours. */

/** RAR and 7z name the memory they need, up to gigabytes; WinRAR's and 7-Zip's usual settings stay below 200 MB. */
const memoryBytes = 384 * 1024 ** 2;
const pageBytes = 64 * 1024;

/** Emscripten's file system as far as we lean on it; the package declares the outer half only. */
interface Node {
  usedBytes: number;
  stream_ops: StreamOperations;
  node_ops: { setattr(node: Node, attributes: { size?: number }): void };
}
type Transfer = (
  stream: Stream,
  memory: Int8Array,
  offset: number,
  length: number,
  position: number,
) => number;
interface StreamOperations {
  read: Transfer;
  write: Transfer;
  close?(stream: Stream): void;
}
interface Stream {
  node: Node;
  stream_ops: StreamOperations;
}
interface Files {
  open(path: string, flags: number | string, mode?: number): Stream;
  chmod(path: string, mode: number): void;
  writeFile(path: string, data: string): void;
  lookupPath(path: string): { node: Node };
}

export interface EngineHooks {
  /** Called while reading and writing; may throw to end the run. */
  tick(): void;
  /** 7-Zip has printed so many lines; may throw to end the run. */
  listed(lines: number): void;
  /** A file is about to be made: where its bytes go, null for nowhere. */
  place(path: string): string | null;
  /** Bytes are about to be written; may throw to end the run. */
  spend(bytes: number): void;
}

export interface Run {
  /** 7-Zip's exit code; null when it gave up in the middle (no memory, or it asked for a password). */
  code: number | null;
  lines: string[];
}

const output = '/out/';
const creating = 0o100;
let compiled: Promise<WebAssembly.Module> | undefined;

/** One archive, one engine: what a damaged archive leaves behind in its memory is thrown away with it. */
export class Engine {
  readonly #module: SevenZipModule;
  readonly #lines: string[];
  readonly #input: number;
  readonly #outputs = new Set<number>();
  readonly #hooks: EngineHooks;

  private constructor(module: SevenZipModule, lines: string[], location: string, hooks: EngineHooks) {
    this.#module = module;
    this.#lines = lines;
    this.#hooks = hooks;
    this.#input = openSync(location, 'r');
    this.#mountInput(location);
    this.#catchOutputs();
  }

  static async open(location: string, hooks: EngineHooks): Promise<Engine> {
    compiled ??= compile();
    const module = await compiled;
    const lines: string[] = [];
    const print = (line: string) => {
      lines.push(line);
      hooks.listed(lines.length);
    };
    const options = {
      print,
      printErr: print,
      noExitRuntime: true,
      // End of input: a question for a password is an error then.
      stdin: () => null as unknown as number,
      // Emscripten's own would set the exit code of this process.
      quit: (_code: number, reason: unknown) => {
        throw reason;
      },
      instantiateWasm: (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) => {
        const instance = new WebAssembly.Instance(module, imports);
        capMemory(instance);
        done(instance);
        return instance.exports;
      },
    };
    return new Engine(await SevenZip.default(options), lines, location, hooks);
  }

  /** Runs a command on the archive; `x` writes through the hooks. */
  run(command: 'l' | 'x', leaveOut: readonly string[] = []): Run {
    this.#lines.length = 0;
    const files = this.#files();
    files.writeFile('/leave-out', leaveOut.join('\n'));
    // Names are taken literally (-spd), links are not made (-snl-), equal names do not meet (-aou).
    const extract = ['-y', '-aou', '-snl-', `-o${output}`, '-x@/leave-out', '-spd', '-scsUTF-8'];
    const args = command === 'l' ? ['l', '-slt', '-bd', '/archive'] : ['x', '-bd', ...extract, '/archive'];
    let code: number | null = null;
    try {
      code = Number(this.#module.callMain(args));
    } catch (error) {
      // A number is a C++ exception that nobody caught in there; anything else comes from our hooks.
      if (typeof error !== 'number' && !(error instanceof WebAssembly.RuntimeError)) throw error;
    } finally {
      for (const file of this.#outputs) closeSync(file);
      this.#outputs.clear();
    }
    return { code, lines: [...this.#lines] };
  }

  close(): void {
    closeSync(this.#input);
  }

  #files(): Files {
    return this.#module.FS as unknown as Files;
  }

  #mountInput(location: string): void {
    const files = this.#files();
    files.writeFile('/archive', '');
    const { node } = files.lookupPath('/archive');
    node.usedBytes = statSync(location).size;
    const read: Transfer = (_stream, memory, offset, length, position) => {
      this.#hooks.tick();
      return readSync(this.#input, memory, offset, length, position);
    };
    node.stream_ops = { ...node.stream_ops, read, write: refuse };
  }

  #catchOutputs(): void {
    const files = this.#files();
    const open = files.open.bind(files);
    files.open = (path, flags, mode) => {
      const stream = open(path, flags, mode);
      if (typeof flags === 'number' && (flags & creating) !== 0 && path.startsWith(output))
        this.#redirect(stream, path);
      return stream;
    };
    // Tars set mode 000 on folders, and nothing more could be written into them.
    files.chmod = () => undefined;
  }

  #redirect(stream: Stream, path: string): void {
    const location = this.#hooks.place(path.slice(output.length));
    const file = location === null ? null : openSync(location, 'wx');
    if (file !== null) this.#outputs.add(file);
    const { node } = stream;
    const write: Transfer = (_stream, memory, offset, length, position) => {
      this.#hooks.spend(length);
      if (file !== null) writeSync(file, memory, offset, length, position);
      node.usedBytes = Math.max(node.usedBytes, position + length);
      return length;
    };
    const close = () => {
      if (file !== null && this.#outputs.delete(file)) closeSync(file);
    };
    stream.stream_ops = { ...stream.stream_ops, write, close };
    // 7-Zip sets the claimed size before it writes; only cutting off is real.
    const setattr = (target: Node, { size }: { size?: number }) => {
      if (size === undefined) return;
      if (file !== null && this.#outputs.has(file) && size < target.usedBytes) ftruncateSync(file, size);
      target.usedBytes = Math.min(size, target.usedBytes);
    };
    node.node_ops = { ...node.node_ops, setattr };
  }
}

function refuse(): number {
  throw new Error('7-Zip tried to write into the archive it reads');
}

async function compile(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(await readFile(createRequire(import.meta.url).resolve('7z-wasm/7zz.wasm')));
}

/** Emscripten asks this object to grow; a refusal reaches 7-Zip as "not enough memory". */
function capMemory(instance: WebAssembly.Instance): void {
  const { memory } = instance.exports;
  if (!(memory instanceof WebAssembly.Memory)) throw new Error('7z-wasm exports no memory');
  const grow = memory.grow.bind(memory);
  memory.grow = (pages) => {
    if (memory.buffer.byteLength + pages * pageBytes > memoryBytes)
      throw new RangeError('7z-wasm: memory limit');
    return grow(pages);
  };
}
