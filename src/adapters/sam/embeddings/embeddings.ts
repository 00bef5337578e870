/** What the encoder made of pictures: kept by the pictures' content, made once for all who wait. */

import { LRUCache } from 'lru-cache'
import { PrelabelError } from '../../../errors.js'
import type { ImageInput } from '../../../media/inputs.js'
import type { Embedding } from '../model/sam-model.js'
import type { EmbeddingFiles } from './embedding-files.js'
import { createEncodeQueue, LANES, type Lane } from './encode-queue.js'

export interface Embeddings {
  /** From memory, from the disk, or made; who leaves by `signal` takes nobody along. */
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
  lane: Lane
  waiters: number
  readonly result: Promise<Embedding>
}

export function createEmbeddings({ encode, maxBytes, files }: EmbeddingsOptions): Embeddings {
  const kept = new LRUCache<string, Embedding>({
    maxSize: maxBytes,
    sizeCalculation: ({ bytes }) => Math.max(1, bytes),
  })
  const making = new Map<string, Making>()
  const queue = createEncodeQueue()
  const writing = new Set<Promise<void>>()
  let disposed = false

  function join(hash: string, lane: Lane): Making | undefined {
    const made = making.get(hash)
    if (made === undefined) return undefined
    if (LANES.indexOf(lane) < LANES.indexOf(made.lane)) made.lane = lane
    made.waiters++
    return made
  }

  /** The picture is encoded to the end once it has begun, even if all have left: the next click will want it. */
  function make(picture: ImageInput, lane: Lane): Making {
    let settle: PromiseWithResolvers | undefined
    const result = new Promise<Embedding>((resolve, reject) => {
      settle = { resolve, reject }
    })
    const made: Making = { lane, waiters: 1, result }
    result.catch(() => undefined)
    making.set(picture.hash, made)
    const end = () => making.delete(picture.hash)
    const run = async () => {
      try {
        const found = await files?.read(picture.hash)
        const embedding = found ?? (await encode(picture))
        kept.set(picture.hash, embedding)
        if (found === undefined) write(picture.hash, embedding)
        settle?.resolve(embedding)
      } catch (error) {
        settle?.reject(error)
      } finally {
        end()
      }
    }
    queue.add({
      get lane() {
        return made.lane
      },
      get unwanted() {
        if (made.waiters > 0 && !disposed) return false
        end()
        settle?.reject(notEncoded())
        return true
      },
      run,
      drop() {
        end()
        settle?.reject(notEncoded())
      },
    })
    return made
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
      const made = join(picture.hash, lane) ?? make(picture, lane)
      try {
        return await orAbort(made.result, signal)
      } finally {
        made.waiters--
      }
    },
    get bytes() {
      return kept.calculatedSize
    },
    async dispose() {
      disposed = true
      await Promise.allSettled([...making.values()].map(({ result }) => result))
      await Promise.all(writing)
      kept.clear()
    },
  }
}

interface PromiseWithResolvers {
  resolve(embedding: Embedding): void
  reject(reason: unknown): void
}

function orAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const leave = () => reject(signal.reason)
    signal.addEventListener('abort', leave, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave))
  })
}

function notEncoded(): PrelabelError {
  return new PrelabelError('the picture was not encoded: something more urgent came, or nobody waited', {
    code: 'sam-not-encoded',
    status: 503,
    hint: 'Ask again.',
  })
}
