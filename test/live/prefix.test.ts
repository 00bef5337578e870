/** A Label Studio that a proxy has under a path prefix. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, it, onTestFinished } from 'vitest'
import { createBackend } from '../../src/backend/index.js'
import { LEGACY_TOKEN } from './label-studio.js'
import { serveFiles } from './served-files.js'
import { BOX_CONFIG, boxes } from './trivial-models.js'
import { useLabelStudio } from './use-label-studio.js'

const labelStudio = useLabelStudio({}, '/ls')

it('uploads and local files are read through the prefix, however tasks name them', async () => {
  const { client, url } = labelStudio()
  expect(new URL(url).pathname).toBe('/ls')
  expect((await fetch(`${new URL(url).origin}/health`)).status).toBe(404)

  const folder = await mkdtemp(join(tmpdir(), 'prelabel-test-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const picture = join(folder, 'a.png')
  await sharp({ create: { width: 40, height: 30, channels: 3, background: '#247' } }).toFile(picture)
  const { id: project } = await client.projects.create({ title: 'Prefix', label_config: BOX_CONFIG })
  await client.projects.uploadFile(project, new Blob([new Uint8Array(await sharp(picture).toBuffer())]), 'b.png')
  const [path = ''] = await serveFiles(labelStudio(), project, [picture])
  const values = [path, `/ls${path}`, url + path]
  await client.projects.importTasks(
    project,
    values.map((image) => ({ data: { image } })),
  )

  const backend = createBackend({ adapters: [boxes], media: { labelStudio: { url, token: LEGACY_TOKEN } } })
  const listening = await backend.listen({ port: 0, host: '127.0.0.1', signals: false })
  onTestFinished(() => listening.close())
  await client.mlBackends.connect({ project, url: listening.url })
  await client.actions.run(project, 'retrieve_tasks_predictions')
  const stored = await client.predictions.list({ project })
  const quarter = { original_width: 40, original_height: 30, value: { width: 50, height: 50 } }
  expect(stored).toMatchObject([{}, ...values].map(() => ({ result: [quarter] })))
})
