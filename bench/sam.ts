/**
 * Clicks against the bare runs of the same models, turn by turn in one process, so that whatever else the machine does
 * falls on both: `node --import jiti/register bench/sam.ts [folder …]`; without folders the zoo's tiny models. A click is
 * decoder, choice, up-sampling to 1920×1080, clean-up and brush encoding.
 */

import { existsSync } from 'node:fs'
import sharp from 'sharp'
import { z } from 'zod'
import { createEmbeddings } from '../src/adapters/sam/embeddings/embeddings.js'
import { createDecoding } from '../src/adapters/sam/model/decoding.js'
import { openEncoding } from '../src/adapters/sam/model/encoding.js'
import { type Embedding, loadSamModel, type SamModel, samModelOptions } from '../src/adapters/sam/model/index.js'
import { planModel } from '../src/adapters/sam/model/model-plan.js'
import { createOnnxSession, type Session, type Tensor } from '../src/inference/index.js'
import type { ImageInput } from '../src/media/inputs.js'
import { encodeBrush } from '../src/results/mask/brush-rle.js'

const zoo = `${process.env.PRELABEL_SHARED ?? '../shared'}/zoo`
const SIZE = { width: 1920, height: 1080 }
const CLEAN = { minArea: 16, minHoleArea: 16 }
const TURNS = 40
const ANNOTATORS = 20
const CLICKS = 5

const named = process.argv.slice(2)
const folders = (named.length > 0 ? named : ['sam-hf', 'sam-meta', 'sam2-hf'].map((name) => `${zoo}/${name}`)).filter(
  (folder) => existsSync(folder) || console.info(`${folder} is not there; set PRELABEL_SHARED`),
)

const pictures = await Promise.all(Array.from({ length: ANNOTATORS }, (_, i) => drawPicture(i)))

for (const folder of folders) {
  console.info(`\n${folder.split('/').at(-1)}`)
  const options = z.strictObject(samModelOptions).parse({ model: folder, thread: 'calling' })
  const model = await loadSamModel(options)
  await measureClicks(folder, model)
  await model.dispose()
  const served = await loadSamModel({ ...options, thread: 'own' })
  await measureAnnotators(served)
  await served.dispose()
}

/** One person, one picture: the first click, and those after it. */
async function measureClicks(folder: string, model: SamModel): Promise<void> {
  const bare = await openBare(folder)
  const [picture] = pictures
  if (picture === undefined) return
  const cold: Sample[] = []
  for (let turn = 0; turn < 5; turn++) {
    const reference = await time(() => bare.encode())
    const spent = await time(async () => click(model, await model.encode(picture), turn))
    cold.push({ spent, reference })
  }
  report('first click / bare encoder', cold)
  const embedding = await model.encode(picture)
  const further: Sample[] = []
  for (let turn = 0; turn < TURNS; turn++) {
    const reference = await time(() => bare.decode())
    const spent = await time(() => click(model, embedding, turn))
    further.push({ spent, reference })
  }
  report('further click / bare decoder', further)
  await bare.dispose()
}

/** Everybody clicks on a picture of their own, at once, while memory holds half of them. */
async function measureAnnotators(model: SamModel): Promise<void> {
  const [picture] = pictures
  if (picture === undefined) return
  const { bytes } = await model.encode(picture)
  let encoded = 0
  const encode = (input: ImageInput) => {
    encoded++
    return model.encode(input)
  }
  for (const room of [ANNOTATORS, ANNOTATORS / 2]) {
    encoded = 0
    const maxBytes = room * bytes
    const embeddings = createEmbeddings({ encode, maxBytes })
    let held = 0
    const first: number[] = []
    const further: number[] = []
    await Promise.all(
      pictures.map(async (input) => {
        for (let turn = 0; turn < CLICKS; turn++) {
          const spent = await time(async () => {
            const embedding = await embeddings.get(input, 'click', new AbortController().signal)
            await click(model, embedding, turn)
          })
          held = Math.max(held, embeddings.bytes)
          if (turn === 0) first.push(spent)
          else further.push(spent)
        }
      }),
    )
    await embeddings.dispose()
    const clicks = `first p95 ${show(quantile(first, 0.95))}, further p50 ${show(quantile(further, 0.5))} p95 ${show(quantile(further, 0.95))}`
    console.info(
      `${ANNOTATORS} annotators, room for ${room} pictures: ${clicks} ms; ${encoded} encoded; ` +
        `most held ${(held / 2 ** 20).toFixed(1)} of ${(maxBytes / 2 ** 20).toFixed(1)} MB`,
    )
  }
}

async function click(model: SamModel, embedding: Embedding, turn: number): Promise<number> {
  const x = (SIZE.width * (turn % 10) + 500) / 11
  const { mask } = await model.decode(embedding, { points: [{ x, y: SIZE.height / 2, positive: true }] }, CLEAN)
  return encodeBrush(mask).length
}

/** The same models with nothing around them, on feeds that were made before. */
async function openBare(folder: string) {
  const options = z.strictObject(samModelOptions).parse({ model: folder, thread: 'calling' })
  const plan = await planModel(options)
  const encoder = recording(await createOnnxSession(sourceOf(plan.files.encoder)))
  const decoder = recording(await createOnnxSession(sourceOf(plan.files.decoder)))
  const { constants, encode } = await openEncoding(plan, encoder.session, options)
  const decoding = createDecoding(
    { points: { layout: plan.decoder, session: decoder.session } },
    plan.picture,
    constants,
  )
  const [picture] = pictures
  const embedding = await encode({ bytes: picture?.bytes ?? new Uint8Array() })
  await decoding.decode(embedding, { points: [{ x: 900, y: 500, positive: true }] })
  return {
    encode: encoder.again,
    decode: decoder.again,
    async dispose() {
      await encoder.session.dispose()
      await decoder.session.dispose()
    },
  }
}

/** A session whose last run can be had again. */
function recording(session: Session) {
  let last: [Readonly<Record<string, Tensor>>, readonly string[] | undefined] = [{}, undefined]
  return {
    session: {
      ...session,
      run(feeds: Readonly<Record<string, Tensor>>, outputs?: readonly string[]) {
        last = [feeds, outputs]
        return session.run(feeds, outputs)
      },
    },
    again: () => session.run(...last),
  }
}

function sourceOf(source: unknown): string {
  if (typeof source === 'string') return source
  throw new Error('a folder holds files')
}

async function drawPicture(index: number): Promise<ImageInput> {
  const shapes = Array.from({ length: 12 }, (_, i) => {
    const [x, y] = [(i * 397 + index * 131) % SIZE.width, (i * 211 + index * 71) % SIZE.height]
    return `<circle cx="${x}" cy="${y}" r="${60 + ((i * 37) % 90)}" fill="hsl(${i * 30},80%,50%)"/>`
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIZE.width}" height="${SIZE.height}">${shapes.join('')}</svg>`
  const bytes = await sharp(Buffer.from(svg)).flatten({ background: '#456' }).jpeg({ quality: 90 }).toBuffer()
  return { kind: 'image', bytes, ...SIZE, orientation: 1, format: 'jpeg', hash: `picture-${index}` }
}

interface Sample {
  readonly spent: number
  readonly reference: number
}

async function time(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await action()
  return performance.now() - start
}

function report(name: string, samples: readonly Sample[]): void {
  const spent = samples.map((sample) => sample.spent)
  const reference = samples.map((sample) => sample.reference)
  const ratio = quantile(
    samples.map((sample) => sample.spent / sample.reference),
    0.5,
  )
  console.info(
    `${name}: p50 ${show(quantile(spent, 0.5))} p95 ${show(quantile(spent, 0.95))} ms, ` +
      `bare p50 ${show(quantile(reference, 0.5))} p95 ${show(quantile(reference, 0.95))} ms; × ${ratio.toFixed(2)}`,
  )
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0
}

function show(milliseconds: number): string {
  return milliseconds.toFixed(1)
}
