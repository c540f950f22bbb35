/** What the code writes to the log while somebody listens; it stays off the screen. */
export interface WrittenLines {
  text(): string;
  /** Lets the lines through again. */
  end(): void;
}

/** Begins to listen. */
export function listen(): WrittenLines {
  const written: string[] = [];
  const streams = [process.stdout, process.stderr];
  const own = streams.map(({ write }) => write);
  for (const stream of streams) {
    stream.write = (chunk: string | Uint8Array) => {
      written.push(String(chunk));
      return true;
    };
  }
  return {
    text: () => written.join(''),
    end() {
      for (const [i, stream] of streams.entries()) Object.assign(stream, { write: own[i] });
    },
  };
}
