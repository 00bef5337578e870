/** What the encoder made of pictures: kept by the pictures' content, made once for all who wait. */

import { LRUCache } from 'lru-cache'
import type { ImageInput } from '../../../media/inputs.js'
import type { Embedding } from '../model/index.js'
import type { EmbeddingFiles } from './embedding-files.js'
import { createEncodeQueue, isMoreUrgent, type Lane, type Turn } from './encode-queue.js'

export interface Embeddings {
  /**
   * From memory, from the disk, or made; who leaves by `signal` takes nobody along.
   *
   * @throws PrelabelError `sam-not-encoded`, and what the encoder throws
   */
  get(picture: ImageInput, lane: Lane, signal: AbortSignal): Promise<Embedding>
  /** Bytes held in memory. */
  readonly bytes: number
  /** Resolves when what is being made and written has ended. */
  dispose(): Promise<void>
}

export interface EmbeddingsOptions {
  encode(picture: ImageInput): Promise<Embedding>
  /** Most bytes held in memory. */
  readonly maxBytes: number
  readonly files?: EmbeddingFiles
}

/** A picture on its way through the encoder. */
interface Making {
  readonly turn: Turn
  readonly result: Promise<Embedding>
}

export function createEmbeddings({ encode, maxBytes, files }: EmbeddingsOptions): Embeddings {
  const kept = new LRUCache<string, Embedding>({
    maxSize: maxBytes,
    sizeCalculation: ({ bytes }) => Math.max(1, bytes),
  })
  const making = new Map<string, Making>()
  const writing = new Set<Promise<void>>()
  const queue = createEncodeQueue()

  function join(hash: string, lane: Lane): Making | undefined {
    const made = making.get(hash)
    if (made === undefined || made.turn.givenUp) return undefined
    if (isMoreUrgent(lane, made.turn.lane)) made.turn.lane = lane
    made.turn.waiters++
    return made
  }

  function make(picture: ImageInput, lane: Lane): Making {
    const turn: Turn = { lane, waiters: 1, givenUp: false }
    const made: Making = { turn, result: queue.run(turn, () => findOrEncode(picture)) }
    making.set(picture.hash, made)
    const end = () => void (making.get(picture.hash) === made && making.delete(picture.hash))
    made.result.then(end, end)
    return made
  }

  async function findOrEncode(picture: ImageInput): Promise<Embedding> {
    const found = await files?.read(picture.hash)
    const embedding = found ?? (await encode(picture))
    kept.set(picture.hash, embedding)
    if (found === undefined) write(picture.hash, embedding)
    return embedding
  }

  function write(hash: string, embedding: Embedding): void {
    if (files === undefined) return
    const written = files.write(hash, embedding).finally(() => writing.delete(written))
    writing.add(written)
  }

  return {
    async get(picture, lane, signal) {
      signal.throwIfAborted()
      const known = kept.get(picture.hash)
      if (known !== undefined) return known
      const { turn, result } = join(picture.hash, lane) ?? make(picture, lane)
      try {
        return await orAbort(result, signal)
      } finally {
        turn.waiters--
      }
    },
    get bytes() {
      return kept.calculatedSize
    },
    async dispose() {
      queue.close()
      await Promise.allSettled([...making.values()].map(({ result }) => result))
      await Promise.all(writing)
      kept.clear()
    },
  }
}

function orAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const leave = () => reject(signal.reason)
    signal.addEventListener('abort', leave, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave))
  })
}
