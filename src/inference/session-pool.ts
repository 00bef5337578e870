import { stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { PrelabelError } from '../errors.js'
import { parseOptions } from '../parse-options.js'
import { withUrl } from './model-location.js'
import { createOnnxSession, type OnnxSessionOptions } from './onnx-session.js'
import { createResidents, type Resident } from './residents.js'
import type { Session } from './session.js'

/** How much a {@link SessionPool} keeps in memory. */
export interface SessionPoolOptions {
  /** Models at the same time. @default no limit */
  readonly maxModels?: number
  /** Bytes, each model counted as {@link memoryOf} its file. @default no limit */
  readonly maxBytes?: number
}

/** Sessions of onnxruntime that share a budget of memory. */
export interface SessionPool {
  /**
   * A session as {@link createOnnxSession} makes it, whose model is put out of memory when others need the room and it was
   * used longest ago; its next run loads it again. Sessions of one file with the same options are one model.
   *
   * @throws PrelabelError as `createOnnxSession`; a run also `model-changed`
   */
  open(model: string | URL | Uint8Array, options?: OnnxSessionOptions): Promise<Session>
  /** Models in memory, and the bytes that they are counted as. */
  readonly loaded: { readonly models: number; readonly bytes: number }
  /** Frees all models; later runs fail. */
  dispose(): Promise<void>
}

/**
 * What a loaded model is counted as, in bytes: its weights, their copy packed for the processor, and the space for what
 * lies between layers. Measured with detectors of 3 to 100 MB at 320 to 640 pixels, within a quarter.
 *
 * @param fileSize in bytes
 */
export function memoryOf(fileSize: number): number {
  return 2 * fileSize + 50_000_000
}

const schema = z.strictObject({
  maxModels: z.int().positive().optional(),
  maxBytes: z.int().positive().optional(),
})

/** A model of the pool, shared by the sessions that were opened of it. */
interface Shared extends Resident {
  sessions: number
}

/**
 * Keeps models in memory up to a budget. One that runs is never put out, so models that run at the same time may exceed
 * it together.
 *
 * @example
 * const pool = createSessionPool({ maxModels: 3 })
 * createBackend({ adapters: [yolo({ models: 'weights', pool }), yolo({ name: 'signs', model: 'signs.onnx', pool })] })
 *
 * @throws PrelabelError `invalid-options`
 */
export function createSessionPool(options: SessionPoolOptions = {}): SessionPool {
  const parsed = parseOptions({ name: 'createSessionPool', page: 'docs/inference.md' }, schema, options)
  const { maxModels = Number.POSITIVE_INFINITY, maxBytes = Number.POSITIVE_INFINITY } = parsed
  const residents = createResidents({ maxModels, maxBytes })
  const shared = new Map<unknown, Shared>()
  let disposed = false

  async function open(model: string | URL | Uint8Array, sessionOptions: OnnxSessionOptions = {}): Promise<Session> {
    if (disposed) throw disposedOf()
    const file = model instanceof Uint8Array ? undefined : await fileOf(model)
    const key =
      file === undefined || sessionOptions.lib !== undefined ? Symbol() : JSON.stringify([file, sessionOptions])
    const resident = shared.get(key) ?? {
      bytes: memoryOf(model instanceof Uint8Array ? model.byteLength : (file?.size ?? 0)),
      running: 0,
      sessions: 0,
      load: async () => {
        if (file !== undefined) checkUnchanged(file, await fileOf(file.path))
        return createOnnxSession(model, sessionOptions)
      },
    }
    shared.set(key, resident)
    const session = pooled(resident, () => shared.delete(key))
    try {
      return await residents.use(resident, async ({ inputs, outputs, provider, refused = [] }) => {
        return { inputs, outputs, provider, refused, ...session }
      })
    } catch (error) {
      await session.dispose()
      throw error
    }
  }

  function pooled(resident: Shared, forget: () => void): Pick<Session, 'run' | 'dispose'> {
    let open = true
    resident.sessions++
    return {
      async run(feeds, outputs, options) {
        if (!open || disposed) throw disposedOf()
        return residents.use(resident, (session) => session.run(feeds, outputs, options))
      },
      async dispose() {
        if (!open) return
        open = false
        if (--resident.sessions > 0) return
        forget()
        await residents.remove(resident)
      },
    }
  }

  return {
    open,
    get loaded() {
      return residents.loaded
    },
    dispose() {
      disposed = true
      return residents.dispose()
    },
  }
}

/** What tells one version of a file from another. */
interface ModelFile {
  readonly path: string
  readonly size: number
  readonly changed: number
}

/** A file that is not there is left to the runtime's loader to tell. */
async function fileOf(model: string | URL): Promise<ModelFile> {
  const location = withUrl(model)
  const path = location instanceof URL ? fileURLToPath(location) : resolve(location)
  const { size, mtimeMs } = await stat(path).catch(() => ({ size: 0, mtimeMs: 0 }))
  return { path, size, changed: mtimeMs }
}

function checkUnchanged(before: ModelFile, now: ModelFile): void {
  if (now.size !== before.size || now.changed !== before.changed) throw modelChanged(before.path)
}

/** The findings of other weights would bear the model version of the old ones. */
export function modelChanged(path: string): PrelabelError {
  return new PrelabelError(`The model file ${basename(path)} has changed since it was opened`, {
    code: 'model-changed',
    path,
    hint: 'Restart the backend, so that the model version tells which weights predict.',
  })
}

function disposedOf(): PrelabelError {
  return new PrelabelError('The model could not be run: it has been disposed of', { code: 'model-run-failed' })
}
