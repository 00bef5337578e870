import type { Size } from '../../inference/pictures/letterbox.js'
import { type PictureLayout, type PlacedPicture, pictureTensor } from '../../inference/pictures/picture-tensor.js'
import type { Pixels } from '../../inference/pictures/pixels.js'
import type { Session, Tensor } from '../../inference/session.js'

/** A model that takes pictures, and how they are put before it. */
export interface PictureModel {
  readonly session: Session
  /** Name of the input that takes the pictures. */
  readonly input: string
  readonly layout: PictureLayout
  /** Pictures in one run: `exactly` when the model has a fixed batch. */
  readonly batch: { readonly size: number; readonly exactly: boolean }
  /** Outputs to fetch; all without it. */
  readonly outputs?: readonly string[]
  /** What a run needs besides its pictures. */
  otherFeeds?(pictures: readonly PlacedPicture[]): Readonly<Record<string, Tensor>>
  /** Resizes a decoded picture to what goes into the input. */
  prepare(pixels: Pixels): PlacedPicture
}

/** A picture that is decoded when its turn comes. */
export interface PictureSource {
  pixels(): Promise<Pixels>
}

/** What one run says of one picture. */
export interface PictureOutput {
  readonly outputs: Readonly<Record<string, Tensor>>
  /** Which of the run's pictures. */
  readonly index: number
  readonly placement: PlacedPicture['placement']
  /** Size of the shown picture. */
  readonly picture: Size
}

interface Prepared extends PlacedPicture {
  readonly picture: Size
}

/**
 * Runs a model on pictures. All are decoded at once on sharp's threads; a run starts as soon as its pictures
 * are there, so decoding goes on beside it. A picture that cannot be decoded, and one whose answer cannot be read, gives
 * an Error in its place; the others do not suffer. An error of the model itself is thrown.
 *
 * @returns what `read` makes of each picture, in order
 */
export async function runPictures<T>(
  model: PictureModel,
  pictures: readonly PictureSource[],
  read: (output: PictureOutput, which: number) => T,
  signal?: AbortSignal,
): Promise<(T | Error)[]> {
  const preparing = pictures.map((picture) => prepare(model, picture).catch(toError))
  const results: (T | Error)[] = []
  const runs = new RunQueue()
  let chunk: { which: number; prepared: Prepared }[] = []
  const flush = async () => {
    const run = chunk
    chunk = []
    if (run.length === 0) return
    signal?.throwIfAborted()
    await runs.add(async () => {
      const outputs = await runChunk(
        model,
        run.map(({ prepared }) => prepared),
      )
      for (const [index, { which, prepared }] of run.entries()) {
        const { placement, picture } = prepared
        results[which] = attempt(() => read({ outputs, index, placement, picture }, which))
      }
    })
  }
  for (const [which, promise] of preparing.entries()) {
    const prepared = await promise
    if (prepared instanceof Error) {
      results[which] = prepared
      continue
    }
    if (!fits(chunk[0]?.prepared, prepared)) await flush()
    chunk.push({ which, prepared })
    if (chunk.length === model.batch.size) await flush()
  }
  await flush()
  await runs.end()
  return results
}

/** Two runs at once: the model has its next pictures while the answers to the last ones are read. */
class RunQueue {
  readonly #running: Promise<void>[] = []

  async add(run: () => Promise<void>): Promise<void> {
    const running = run()
    // A failure is thrown from `add` or `end`, where it is awaited; until then nobody listens.
    running.catch(() => {})
    this.#running.push(running)
    if (this.#running.length > 1) await this.#running.shift()
  }

  async end(): Promise<void> {
    await Promise.all(this.#running)
  }
}

async function prepare(model: PictureModel, picture: PictureSource): Promise<Prepared> {
  const pixels = await picture.pixels()
  const { width, height } = pixels
  return { ...model.prepare(pixels), picture: { width, height } }
}

/** A model with a fixed batch gets the last picture again in the places that are left. */
function runChunk(model: PictureModel, chunk: readonly PlacedPicture[]): Promise<Readonly<Record<string, Tensor>>> {
  const missing = model.batch.exactly ? model.batch.size - chunk.length : 0
  const filled = [...chunk, ...Array.from({ length: missing }, () => chunk.at(-1)).filter((each) => each !== undefined)]
  const feeds = { ...model.otherFeeds?.(filled), [model.input]: pictureTensor(filled, model.layout) }
  return model.session.run(feeds, model.outputs, { consume: true })
}

function fits(first: Prepared | undefined, next: Prepared): boolean {
  return (
    first === undefined ||
    (first.placement.width === next.placement.width && first.placement.height === next.placement.height)
  )
}

function attempt<T>(action: () => T): T | Error {
  try {
    return action()
  } catch (error) {
    return toError(error)
  }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
