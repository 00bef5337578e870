import type { Size } from '../../inference/pictures/letterbox.js'
import { type PictureLayout, type PlacedPicture, pictureTensor } from '../../inference/pictures/picture-tensor.js'
import type { Pixels } from '../../inference/pictures/pixels.js'
import type { SpareMemory } from '../../inference/pictures/spare-memory.js'
import type { Session, Tensor } from '../../inference/session.js'

/** A model that takes pictures, and how they are put before it. */
export interface PictureModel {
  readonly session: Session
  /** Name of the input that takes the pictures. */
  readonly input: string
  readonly layout: PictureLayout
  /** Pictures in one run: `exactly` when the model has a fixed batch. */
  readonly batch: { readonly size: number; readonly exactly: boolean }
  /** For the tensors of its pictures. */
  readonly memory: SpareMemory
  /** Outputs to fetch; all without it. */
  readonly outputs?: readonly string[]
  /** What a run needs besides its pictures. */
  otherFeeds?(pictures: readonly PlacedPicture[]): Readonly<Record<string, Tensor>>
  /** Resizes a decoded picture to what goes into the input. */
  prepare(pixels: Pixels): PlacedPicture | Promise<PlacedPicture>
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

/** One of the pictures that were asked for. */
interface Place<P> {
  readonly which: number
  readonly prepared: P
}

/**
 * Runs a model on pictures. A run starts as soon as its pictures are there, and the next ones are decoded beside it. A
 * picture that cannot be decoded, and one whose answer cannot be read, gives an Error in its place; the others do not
 * suffer. An error of the model itself is thrown.
 *
 * @returns what `read` makes of each picture, in order
 */
export async function runPictures<T>(
  model: PictureModel,
  pictures: readonly PictureSource[],
  read: (output: PictureOutput, which: number) => T | Promise<T>,
  signal?: AbortSignal,
): Promise<(T | Error)[]> {
  const results: (T | Error)[] = []
  const runs = new RunQueue()
  let chunk: Place<Prepared>[] = []
  const flush = async () => {
    const run = chunk
    chunk = []
    if (run.length === 0) return
    signal?.throwIfAborted()
    await runs.add(async () => {
      const outputs = await runChunk(
        model,
        run.map(({ prepared }) => prepared),
        signal,
      )
      for (const [index, { which, prepared }] of run.entries()) {
        const { placement, picture } = prepared
        results[which] = await attempt(() => read({ outputs, index, placement, picture }, which))
      }
    })
  }
  for await (const { which, prepared } of prepareInTurn(model, pictures)) {
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

/** So many pictures are decoded at once: enough that a thread that is free finds the next one, whatever JavaScript does. */
const AT_ONCE = 8

/**
 * Decodes pictures on sharp's threads and brings each to the model's size as soon as it is there: so only those few are in
 * memory at their full size. They come in their order, an Error for one that cannot be decoded.
 */
async function* prepareInTurn(
  model: PictureModel,
  pictures: readonly PictureSource[],
): AsyncGenerator<Place<Prepared | Error>, void> {
  const ahead: Promise<Place<Prepared | Error>>[] = []
  for (const [which, picture] of pictures.entries()) {
    const preparing = prepare(model, picture).catch(toError)
    ahead.push(preparing.then((prepared) => ({ which, prepared })))
    if (ahead.length >= AT_ONCE) yield* ahead.splice(0, 1)
  }
  yield* ahead
}

async function prepare(model: PictureModel, picture: PictureSource): Promise<Prepared> {
  const pixels = await picture.pixels()
  const { width, height } = pixels
  return { ...(await model.prepare(pixels)), picture: { width, height } }
}

/** A model with a fixed batch gets the last picture again in the places that are left. */
function runChunk(
  model: PictureModel,
  chunk: readonly PlacedPicture[],
  signal: AbortSignal | undefined,
): Promise<Readonly<Record<string, Tensor>>> {
  const missing = model.batch.exactly ? model.batch.size - chunk.length : 0
  const filled = [...chunk, ...Array.from({ length: missing }, () => chunk.at(-1)).filter((each) => each !== undefined)]
  const { session, input, layout, outputs, memory } = model
  const feeds = { ...model.otherFeeds?.(filled), [input]: pictureTensor(filled, layout, memory.take) }
  return session.run(feeds, outputs, { giveBack: memory.give, ...(signal === undefined ? {} : { signal }) })
}

function fits(first: Prepared | undefined, next: Prepared): boolean {
  return (
    first === undefined ||
    (first.placement.width === next.placement.width && first.placement.height === next.placement.height)
  )
}

async function attempt<T>(action: () => T | Promise<T>): Promise<T | Error> {
  try {
    return await action()
  } catch (error) {
    return toError(error)
  }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
