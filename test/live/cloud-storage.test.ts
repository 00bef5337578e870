/** Pictures in a private bucket, which Label Studio alone has the credentials of. */

import sharp from 'sharp'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { createBackend, type Listening } from '../../src/backend/index.js'
import type { MediaLoaderOptions } from '../../src/media/index.js'
import { LEGACY_TOKEN } from './label-studio.js'
import { describeWithS3, useS3Server } from './s3-server.js'
import { BOX_CONFIG, boxes } from './trivial-models.js'
import { useLabelStudio } from './use-label-studio.js'

/** The box of the left upper quarter of a picture of 40 × 30. */
const QUARTER = { original_width: 40, original_height: 30, value: { x: 0, y: 0, width: 50, height: 50 } }

describeWithS3('pictures in S3', () => {
  const s3 = useS3Server()
  const labelStudio = useLabelStudio()
  const uris: string[] = []
  const listening: Listening[] = []

  beforeAll(async () => {
    const pixels = { width: 40, height: 30, channels: 3, background: '#247' } as const
    const picture = await sharp({ create: pixels }).png().toBuffer()
    for (const key of ['a.png', 'some where/ä+&=%41.png']) uris.push(await s3().put(key, new Uint8Array(picture)))
  })

  afterEach(async () => {
    await Promise.all(listening.splice(0).map((one) => one.close()))
  })

  async function createProject(title: string): Promise<number> {
    return (await labelStudio().client.projects.create({ title, label_config: BOX_CONFIG })).id
  }

  async function addStorage(project: number, presign: boolean): Promise<void> {
    const { url, bucket } = s3()
    const credentials = { aws_access_key_id: 'key', aws_secret_access_key: 'secret', region_name: 'us-east-1' }
    const body = { project, bucket, presign, use_blob_urls: true, s3_endpoint: url, ...credentials }
    await labelStudio().client.api.send({ method: 'POST', path: '/api/storages/s3', body })
  }

  async function importTasks(project: number, images: readonly string[]): Promise<readonly number[]> {
    const tasks = images.map((image) => ({ data: { image } }))
    return (await labelStudio().client.projects.importTasks(project, tasks)).task_ids
  }

  /** Connects a backend, and has it predict all tasks of the project. */
  async function predictions(project: number, media: MediaLoaderOptions = {}) {
    const { client, url } = labelStudio()
    const backend = createBackend({
      adapters: [boxes],
      media: { labelStudio: { url, token: LEGACY_TOKEN }, ...media },
    })
    const one = await backend.listen({ port: 0, host: '127.0.0.1', signals: false })
    listening.push(one)
    await client.mlBackends.connect({ project, url: one.url })
    await client.actions.run(project, 'retrieve_tasks_predictions')
    return client.predictions.list({ project })
  }

  it('are given to nobody who asks without credentials', async () => {
    expect((await fetch(`${s3().url}/${s3().bucket}/a.png`)).status).toBe(403)
  })

  it('come through Label Studio where it signs no URLs', async () => {
    const project = await createProject('Proxied')
    await addStorage(project, false)
    await importTasks(project, uris)
    expect(await predictions(project)).toMatchObject(uris.map(() => ({ result: [QUARTER] })))
  })

  it('come from the storage itself where Label Studio signs URLs, if its address is allowed', async () => {
    const presigned = async (title: string, media?: MediaLoaderOptions) => {
      const project = await createProject(title)
      await addStorage(project, true)
      await importTasks(project, uris)
      return predictions(project, media)
    }
    expect(await presigned('Private address')).toEqual([])
    const allowed = await presigned('Allowed address', { allow: [s3().host] })
    expect(allowed).toMatchObject(uris.map(() => ({ result: [QUARTER] })))
  })

  it('of a project are not read for a task of another', async () => {
    const owner = await createProject('With a storage')
    await addStorage(owner, false)
    const [own = 0] = await importTasks(owner, uris.slice(0, 1))
    const other = await createProject('Without one')
    const fileuri = Buffer.from(uris[0] ?? '').toString('base64url')
    const { url } = labelStudio()
    await importTasks(other, [
      ...uris,
      `/tasks/${own}/resolve/?fileuri=${fileuri}`,
      `${url}/tasks/${own}/presign/?fileuri=${fileuri}`,
      `/projects/${owner}/resolve/?fileuri=${fileuri}`,
    ])
    expect(await predictions(other)).toEqual([])
    expect(await predictions(owner)).toMatchObject([{ task: own, result: [QUARTER] }])
  })
})
