/** One reader of a stream that has several. */
export interface SharedItems<T> {
  readonly items: AsyncIterable<T>
  /** Reads no more: the others go on without waiting for it, and after the last of them the stream is closed. */
  close(): Promise<void>
}

/**
 * Lets several readers go through a stream that can be read only once. The slowest sets the pace, so that no more than
 * one item waits, whatever its picture weighs.
 */
export function shareItems<T>(source: AsyncIterable<T>, readers: number): readonly SharedItems<T>[] {
  const stream = source[Symbol.asyncIterator]()
  const open = new Set(Array.from({ length: readers }, (_, reader) => reader))
  const waiting = new Map<number, (next: IteratorResult<T> | Promise<IteratorResult<T>>) => void>()

  function advance(): void {
    if (waiting.size === 0 || waiting.size < open.size) return
    const round = [...waiting.values()]
    waiting.clear()
    const next = stream.next()
    for (const give of round) give(next)
  }

  async function* read(reader: number): AsyncGenerator<T> {
    while (open.has(reader)) {
      const next = await new Promise<IteratorResult<T>>((give) => {
        waiting.set(reader, give)
        advance()
      })
      if (next.done === true) return
      yield next.value
    }
  }

  async function close(reader: number): Promise<void> {
    open.delete(reader)
    waiting.get(reader)?.({ done: true, value: undefined })
    waiting.delete(reader)
    advance()
    if (open.size === 0) await stream.return?.()
  }

  return [...open].map((reader) => ({ items: read(reader), close: () => close(reader) }))
}
