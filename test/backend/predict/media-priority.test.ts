/** Who opened a task, or drew in it, does not wait for the media of lists. */

import type { ServerResponse } from 'node:http'
import { expect, it, onTestFinished } from 'vitest'
import { defineAdapter } from '../../../src/index.js'
import { sendPixel, serve } from '../../media/serve.js'
import { quietBackend } from '../harness.js'

const CONFIG = `<View>
  <Image name="img" value="$img"/>
  <RectangleLabels name="box" toName="img" smart="true"><Label value="A"/></RectangleLabels>
</View>`

it('an opened task and a drawn box are answered while a list loads its pictures', async () => {
  const slow: ServerResponse[] = []
  let begin: () => void = () => undefined
  const begun = new Promise<void>((resolve) => {
    begin = resolve
  })
  const server = await serve((request, response) => {
    if (!request.url?.startsWith('/list')) return sendPixel(response)
    slow.push(response)
    begin()
  })
  const adapter = defineAdapter({
    name: 'boxes',
    version: '1.0.0',
    fills: { RectangleLabels: ['Image'] },
    predict: (items) => items.map(() => []),
  })
  const media = { allow: [server.host], limits: { concurrency: 1 } }
  const backend = quietBackend({ adapters: [adapter], media })
  onTestFinished(() => backend.dispose())
  const predict = async (tasks: readonly object[], context: object | null = null) => {
    const body = JSON.stringify({ project: '1.5', label_config: CONFIG, tasks, params: { context } })
    return (await backend.fetch(new Request('http://backend/predict', { method: 'POST', body }))).json()
  }
  const list = predict([1, 2].map((id) => ({ id, data: { img: `${server.origin}/list${id}.png` } })))
  await begun

  const answered = { results: [expect.objectContaining({ result: [] })] }
  expect(await predict([{ id: 3, data: { img: `${server.origin}/opened.png` } }])).toMatchObject(answered)
  const value = { x: 1, y: 1, width: 5, height: 5, rectanglelabels: ['A'] }
  const size = { original_width: 1, original_height: 1 }
  const drawn = { id: 'x', type: 'rectanglelabels', from_name: 'box', to_name: 'img', ...size, value }
  const context = { result: [drawn] }
  expect(await predict([{ id: 4, data: { img: `${server.origin}/drawn.png` } }], context)).toMatchObject(answered)

  expect(server.seen.map(({ url }) => url)).toEqual(['/list1.png', '/opened.png', '/drawn.png'])
  await backend.dispose()
  await list
})
