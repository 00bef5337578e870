import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Embedding, SamCandidate, SamModel, SamPrompt } from '../../../../src/adapters/sam/model/index.js'
import { maskArea } from '../../../../src/results/mask/mask-pixels.js'
import {
  encoderFile,
  hfFolder,
  hfReferences,
  metaDecoderFile,
  metaEncoder,
  pointDecoderFile,
  referenceFiles,
} from '../fixtures.js'
import { maskIou, openSam, toPrompt } from '../references.js'

const [reference] = hfReferences
if (reference === undefined) throw new Error('no references')
const file = referenceFiles('sam-hf').picture(reference)
const prompts = reference.prompts.map(toPrompt)
const click = prompts[0] ?? { points: [] }
const box = prompts[2]?.box ?? { x: 0, y: 0, width: 1, height: 1 }

let hf: SamModel
let meta: SamModel
let shown: Embedding
let shownToMeta: Embedding

beforeAll(async () => {
  hf = await openSam({ model: hfFolder, thread: 'calling' })
  meta = await openSam({ model: { encoder: metaEncoder(), decoder: metaDecoderFile }, thread: 'calling' })
  const bytes = await readFile(file)
  shown = await hf.encode({ bytes })
  shownToMeta = await meta.encode({ bytes })
})
afterAll(async () => {
  await hf.dispose()
  await meta.dispose()
})

describe('encode', () => {
  it('keeps what belongs to the picture, and says what it takes', () => {
    expect(Object.keys(shown.tensors)).toEqual(['image_embeddings'])
    expect(shown).toMatchObject({ width: 256, height: 256, bytes: 64 * 16 * 16 * 4 })
  })

  it('gives the same mask for a picture that is stored turned', async () => {
    const other = hfReferences[1]
    if (other === undefined) throw new Error('no picture of unequal sides')
    const upright = await readFile(referenceFiles('sam-hf').picture(other))
    const stored = await sharp(upright).rotate(270).withMetadata({ orientation: 6 }).png().toBuffer()
    const prompt = toPrompt(other.prompts[0] ?? { kind: '', points: [], labels: [], mask_png: '' })
    const [expected, turned] = await Promise.all(
      [upright, stored].map(async (bytes) => hf.decode(await hf.encode({ bytes }), prompt)),
    )
    expect(turned).toEqual(expected)
    expect(maskArea(turned?.mask ?? { width: 0, height: 0, data: new Uint8Array() })).toBeGreaterThan(100)
  })

  it('refuses what is no picture, and what nobody waits for', async () => {
    await expect(hf.encode({ bytes: Uint8Array.of(1, 2, 3) })).rejects.toMatchObject({ code: 'picture-undecodable' })
    await expect(hf.encode({ bytes: await readFile(file) }, AbortSignal.abort())).rejects.toThrow('aborted')
    await expect(hf.decode(shown, click, { signal: AbortSignal.abort() })).rejects.toThrow('aborted')
  })

  it('refuses the embedding of another model', async () => {
    await expect(hf.decode({ ...shown, tensors: {} }, click)).rejects.toMatchObject({ code: 'sam-embedding-unfit' })
  })
})

describe('prompts', () => {
  it.each<[string, SamPrompt]>([
    ['nothing', { points: [] }],
    ['an empty mask', { points: [], mask: { width: 256, height: 256, data: new Uint8Array(256 * 256) } }],
  ])('%s gives an empty mask', async (_, prompt) => {
    const { mask, score } = await hf.decode(shown, prompt)
    expect(maskArea(mask)).toBe(0)
    expect(score).toBe(0)
  })

  it('outside the picture are answered, not refused', async () => {
    const outside: SamPrompt = { points: [{ x: -500, y: 9000, positive: true }] }
    const { mask } = await hf.decode(shown, outside)
    expect([mask.width, mask.height]).toEqual([256, 256])
  })

  it('several clicks, of both kinds, are told together', async () => {
    const other = prompts[6]?.points[0]
    const [first] = click.points
    if (other === undefined || first === undefined) throw new Error('no second thing')
    const { mask } = await meta.decode(shownToMeta, click)
    const near = { ...first, x: first.x + 3 }
    const same = await meta.decode(shownToMeta, { points: [first, near, { ...other, positive: false }] })
    const reversed = await meta.decode(shownToMeta, { points: [other, { ...first, positive: false }] })
    expect(maskIou(same.mask, mask)).toBeGreaterThan(0.9)
    expect(maskIou(reversed.mask, mask)).toBeLessThan(0.1)
  })

  it('the answer before, given back, keeps the mask', async () => {
    expect(meta.takesMask).toBe(true)
    const { mask, lowRes } = await meta.decode(shownToMeta, click)
    const refined = await meta.decode(shownToMeta, { ...click, mask: lowRes })
    expect(refined.lowRes.data).not.toEqual(lowRes.data)
    expect(maskIou(refined.mask, mask)).toBeGreaterThan(0.9)
  })

  it.each(['meta', 'hf'] as const)('%s: a mask drawn by hand finds the thing under it', async (which) => {
    const [model, embedding] = which === 'meta' ? [meta, shownToMeta] : [hf, shown]
    const { mask } = await model.decode(embedding, { points: [], box })
    const drawn = { ...mask, data: new Uint8Array(mask.data.length) }
    for (let y = Math.round(box.y); y < box.y + box.height; y++)
      drawn.data.fill(1, y * 256 + Math.round(box.x), y * 256 + Math.round(box.x + box.width))
    const found = await model.decode(embedding, { points: [], box, mask: drawn })
    expect(maskIou(found.mask, mask)).toBeGreaterThan(0.9)
  })

  it('points and a box go to two decoders where there is none for both', async () => {
    const { mask } = await hf.decode(shown, { ...click, box })
    const { mask: asOne } = await meta.decode(shownToMeta, { ...click, box })
    expect(maskIou(mask, asOne)).toBeGreaterThan(0.9)
  })

  it('the middle of a box stands in where no decoder takes boxes', async () => {
    const points = await openSam({ model: { encoder: encoderFile, decoder: pointDecoderFile }, thread: 'calling' })
    const { mask } = await points.decode(await points.encode({ bytes: await readFile(file) }), { points: [], box })
    await points.dispose()
    expect(maskIou(mask, (await hf.decode(shown, { points: [], box })).mask)).toBeGreaterThan(0.9)
  })
})

describe('the choice among masks', () => {
  it('is the best by predicted IoU, a level, or the one for prompts that leave no doubt', async () => {
    const many = { points: [...click.points, ...click.points, ...click.points] }
    const scores = await Promise.all(
      (['best', 0, 1, 2, 'auto'] as const).map(
        async (choice) => (await meta.decode(shownToMeta, many, { choice })).score,
      ),
    )
    const [best, first = 0, second = 0, third = 0, single] = scores
    expect(best).toBe(Math.max(first, second, third))
    expect(new Set([first, second, third]).size).toBe(3)
    expect([first, second, third]).not.toContain(single)
    const auto = await meta.decode(shownToMeta, click, { choice: 'auto' })
    expect(auto).toEqual(await meta.decode(shownToMeta, click))
  })

  it('small parts and holes go when asked', async () => {
    const answers = await Promise.all([{}, { minArea: 100_000 }].map((options) => hf.decode(shown, click, options)))
    expect(answers.map(({ mask }) => maskArea(mask) > 0)).toEqual([true, false])
  })
})

describe('decodeAll', () => {
  async function all(model: SamModel, embedding: Embedding, asked: readonly SamPrompt[]) {
    const found: (readonly SamCandidate[])[] = []
    for await (const candidates of model.decodeAll(embedding, asked)) found.push(candidates)
    return found
  }

  it.each(['meta', 'hf'] as const)('%s: gives for each prompt what it gets alone, best first', async (which) => {
    const [model, embedding] = which === 'meta' ? [meta, shownToMeta] : [hf, shown]
    const asked = [...prompts, { points: [] }, { ...click, box }]
    const found = await all(model, embedding, asked)
    expect(found.map(({ length }) => length > 0)).toEqual(asked.map((_, i) => i !== prompts.length))
    for (const [i, candidates] of found.entries()) {
      const [best] = candidates
      if (best === undefined) continue
      const alone = await model.decode(embedding, asked[i] ?? click)
      expect(maskIou(best.upsample(), alone.mask)).toBeGreaterThan(0.999)
      expect(best.score).toBeCloseTo(alone.score, 4)
    }
  })

  it('tells box and stability without up-sampling', async () => {
    const [[best] = []] = await all(hf, shown, [click])
    if (best?.box === undefined) throw new Error('nothing found')
    const { mask } = await hf.decode(shown, click)
    const columns = Array.from(mask.data, (value, i) => (value === 0 ? undefined : i % 256)).filter(
      (x) => x !== undefined,
    )
    expect(Math.abs(best.box.x - Math.min(...columns))).toBeLessThanOrEqual(4)
    expect(Math.abs(best.box.x + best.box.width - 1 - Math.max(...columns))).toBeLessThanOrEqual(4)
    expect(best.stability).toBeGreaterThan(0.7)
    expect(best.stability).toBeLessThan(1)
  })

  it('stops when nobody waits', async () => {
    const stopped = hf.decodeAll(shown, prompts, AbortSignal.abort())
    await expect(stopped[Symbol.asyncIterator]().next()).rejects.toThrow('aborted')
  })
})
