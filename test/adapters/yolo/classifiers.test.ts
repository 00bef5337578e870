import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { loadYoloModel } from '../../../src/adapters/yolo/model.js'
import { parseYoloOptions } from '../../../src/adapters/yolo/options.js'

const recorded = new URL('recorded/', import.meta.url)

/** The middle of the picture goes into a square input, all of it, stretched, into another. */
it.each(['square', 'wide', 'tall'])('gives the probabilities of the original: %s input', async (name) => {
  const said = z
    .record(z.string(), z.array(z.number()))
    .parse(JSON.parse(await readFile(new URL('classifiers.json', recorded), 'utf8')))
  const options = parseYoloOptions({ model: new URL(`classifier-${name}.onnx`, recorded), thread: 'calling' })
  const model = await loadYoloModel(options)
  const floors = new Float32Array(model.layout.names.length)
  const [found] = await model.find([{ bytes: await readFile(new URL('noise.png', recorded)) }], [floors])
  await model.dispose()
  const { names } = model.layout
  const probabilities = Object.fromEntries(
    (said[name] ?? []).map((value, index) => [names[index], expect.closeTo(value, 4)]),
  )
  expect(found).toMatchObject([{ kind: 'classification' }])
  const classes =
    found instanceof Error ? [] : (found ?? []).flatMap((one) => (one.kind === 'classification' ? one.classes : []))
  expect(Object.fromEntries(classes.map(({ label, score }) => [label, score]))).toEqual(probabilities)
})
