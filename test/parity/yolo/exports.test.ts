import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Finding } from '../../../src/results/findings.js'
import { boxSimilarity, matchFindings, ofKind } from '../../adapters/yolo/match.js'
import { maskSimilarity } from './mask-similarity.js'
import { orientedSimilarity } from './oriented-similarity.js'
import { findAllIn, type References, readReferences } from './recorded.js'

/** A Python that has ultralytics, onnx and onnxruntime. */
const python = process.env.PRELABEL_ULTRALYTICS_PYTHON
if (python === undefined)
  console.info('skipped: exports that are made here; PRELABEL_ULTRALYTICS_PYTHON names no Python with ultralytics')

const TEN_MINUTES = 600_000

/** Models of random weights, too large to keep: made by the original, which says what it finds with them. */
describe.skipIf(python === undefined)('fresh exports find what the original finds', () => {
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'exports-'))
    const maker = resolve('test/parity/yolo/make-exports.py')
    await promisify(execFile)(python ?? '', [maker, folder], { maxBuffer: 1e8 })
  }, TEN_MINUTES)

  afterAll(() => rm(folder, { recursive: true, force: true }))

  const find = async (name: string) => {
    const recorded = readReferences(join(folder, `${name}.json`))
    const found = await findAllIn(folder, recorded, (image) => join(folder, image))
    return { recorded, found }
  }

  it.each([
    'rtdetr',
    'rtdetr-two-classes',
    'v10n',
    'v8n-p2',
    'v8n-p6',
    'v3-tiny',
    'v8n-dynamic',
    'v8n-nms',
    'v8n-nms-dynamic',
    '26n-end-to-end',
  ])('%s: boxes', async (name) => {
    const { recorded, found } = await find(name)
    const similar = matched(recorded, allOf(found, 'detection')).map(({ similarity }) => similarity)
    expect(similar.length).toBeGreaterThan(5)
    expect(Math.min(...similar)).toBeGreaterThan(0.99)
  })

  it('11n-seg-dynamic: masks', async () => {
    const { recorded, found } = await find('11n-seg-dynamic')
    const matches = matched(recorded, allOf(found, 'mask'))
    expect(matches.length).toBeGreaterThan(5)
    for (const { finding, reference } of matches)
      expect(maskSimilarity(finding.mask, reference.mask_pixels ?? [])).toBeGreaterThan(0.97)
  })

  it('v8n-obb-dynamic: oriented boxes', async () => {
    const { recorded, found } = await find('v8n-obb-dynamic')
    const matches = recorded.results.flatMap(({ obb }, i) =>
      matchFindings(ofKind(found[i], 'detection'), obb, recorded.settings.conf, ({ box }, { xywhr }) =>
        orientedSimilarity(box, xywhr),
      ),
    )
    expect(matches.length).toBeGreaterThan(5)
    expect(Math.min(...matches.map(({ similarity }) => similarity))).toBeGreaterThan(0.98)
  })

  it.each([
    ['11n-pose-17x3', 17, 3],
    ['11n-pose-5x2', 5, 2],
  ])('%s: skeletons', async (name, count, values) => {
    const { recorded, found } = await find(name)
    const matches = matched(recorded, allOf(found, 'pose'))
    expect(matches.length).toBeGreaterThan(5)
    for (const { finding, reference } of matches) {
      const points = finding.points.map(({ x, y, score }) => (score === undefined ? [x, y] : [x, y, score]))
      expect(points).toEqual((reference.keypoints ?? []).map((point) => point.map((value) => expect.closeTo(value, 1))))
      expect(points.map((point) => point.length)).toEqual(Array.from({ length: count }, () => values))
    }
  })

  it('11n-cls-odd-names: probabilities', async () => {
    const { recorded, found } = await find('11n-cls-odd-names')
    for (const [i, { probs }] of recorded.results.entries()) {
      const classes = ofKind(found[i], 'classification').flatMap((finding) => finding.classes)
      const sure = Object.entries(probs).filter(([, score]) => score > recorded.settings.conf)
      expect(Object.fromEntries(classes.map(({ label, score }) => [label, score]))).toEqual(
        Object.fromEntries(sure.map(([label, score]) => [label, expect.closeTo(score, 3)])),
      )
    }
  })
})

function allOf<K extends Finding['kind']>(found: readonly (readonly Finding[] | Error)[], kind: K) {
  return found.map((findings) => ofKind(findings, kind))
}

/** Pairs by their boxes. A skeleton whose box has no area is left out: so it is of the references. */
function matched<F extends Extract<Finding, { readonly kind: 'detection' | 'mask' | 'pose' }>>(
  { results, settings }: References,
  found: readonly (readonly F[])[],
) {
  return results.flatMap(({ boxes }, i) => {
    const findings = (found[i] ?? []).filter(({ box }) => box !== undefined)
    return matchFindings(findings, boxes, settings.conf, ({ box }, { xyxy }) => boxSimilarity(box, xyxy))
  })
}
