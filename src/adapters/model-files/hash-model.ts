import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { PrelabelError } from '../../errors.js'

/** Bytes that are hashed in one go: about a millisecond. */
const PIECE = 2 ** 20

/**
 * SHA-256 (hex) of a model: its files, or bytes in memory, one after the other. They are read piece by piece, so that a
 * server goes on serving meanwhile.
 *
 * @throws PrelabelError `model-not-found` for a file that cannot be read
 */
export async function hashModel(parts: readonly (string | URL | Uint8Array)[]): Promise<string> {
  const hash = createHash('sha256')
  for (const part of parts) for await (const piece of piecesOf(part)) hash.update(piece)
  return hash.digest('hex')
}

async function* piecesOf(part: string | URL | Uint8Array): AsyncGenerator<Uint8Array> {
  if (!(part instanceof Uint8Array)) return yield* piecesOfFile(part)
  for (let at = 0; at < part.length; at += PIECE) {
    yield part.subarray(at, at + PIECE)
    await setImmediate()
  }
}

async function* piecesOfFile(file: string | URL): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file, { highWaterMark: PIECE })
  } catch (cause) {
    throw modelNotFound(file, cause)
  }
}

export function modelNotFound(file: string | URL, cause: unknown): PrelabelError {
  const folder = cause instanceof Error && 'code' in cause && cause.code === 'EISDIR'
  return new PrelabelError(folder ? `The model ${file} is a folder` : `The model file ${file} cannot be read`, {
    code: 'model-not-found',
    path: String(file),
    hint: 'Give the path of an .onnx file, with its weights beside it; a relative one counts from the working directory.',
    cause,
  })
}
