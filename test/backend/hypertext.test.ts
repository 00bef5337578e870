import { expect, test } from 'vitest'
import { createBackend, defineAdapter } from '../../src/index.js'

/** Finds the word "needle" in whatever text it is given. */
const finder = defineAdapter({
  name: 'finder',
  version: '1.0.0',
  fills: { HyperTextLabels: ['HyperText'] },
  predict: (items) =>
    items.map(({ input: { text } }) => {
      const start = text.indexOf('needle')
      return [{ kind: 'span', label: 'Found', start, end: start + 'needle'.length }]
    }),
})

test.each([
  ['as a page of its own', ''],
  ['inline', 'inline="true"'],
])('spans of HTML shown %s have the offsets of what is shown', async (_, inline) => {
  const backend = createBackend({
    config: `<View><HyperText name="page" value="$html" ${inline}/>
      <HyperTextLabels name="word" toName="page"><Label value="Found"/></HyperTextLabels></View>`,
    adapters: [finder],
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  })
  const html = '  <html><head><title>Hay</title></head><body><p>a &amp; <b>needle</b></p></body></html>'
  const [answer] = await backend.predict([{ data: { html } }])
  await backend.dispose()
  expect(answer?.issues).toEqual([])
  expect(answer?.prediction?.result).toMatchObject([
    {
      type: 'hypertextlabels',
      value: { text: 'needle', start: expect.stringMatching(/p\[1\]\/b\[1\]\/text\(\)\[1\]$/) },
    },
  ])
})
