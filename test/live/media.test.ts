/** Pictures that only Label Studio can hand out, with each kind of token; Label Studio checks predictions meanwhile. */

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createBackend, type Listening, type WebhookEvent } from '../../src/backend/index.js'
import { createLabelStudioClient, tokenKind } from '../../src/label-studio/index.js'
import { createInbox } from './inbox.js'
import { LEGACY_TOKEN } from './label-studio.js'
import { BOX_CONFIG, boxes } from './trivial-models.js'
import { useLabelStudio } from './use-label-studio.js'

const VALIDATION_FLAG = 'fflag_feat_utc_210_prediction_validation_15082025'

/** 40 × 30 as stored, 30 × 40 as shown. */
const sidewaysPicture = () =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: '#247' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()

const labelStudio = useLabelStudio({ [VALIDATION_FLAG]: 'true' })
const listening: Listening[] = []

afterEach(async () => {
  await Promise.all(listening.splice(0).map((one) => one.close()))
})

async function listen(options: Partial<Parameters<typeof createBackend>[0]>): Promise<Listening> {
  const one = await createBackend({ adapters: [boxes], ...options }).listen({
    port: 0,
    host: '127.0.0.1',
    signals: false,
  })
  listening.push(one)
  return one
}

async function createProject(title: string): Promise<number> {
  return (await labelStudio().client.projects.create({ title, label_config: BOX_CONFIG })).id
}

async function uploadPicture(project: number): Promise<void> {
  const file = new Blob([new Uint8Array(await sidewaysPicture())])
  await labelStudio().client.projects.uploadFile(project, file, 'side ways.jpg')
}

async function addLocalFiles(project: number): Promise<void> {
  const path = join(labelStudio().localFiles, 'pictures')
  await mkdir(path, { recursive: true })
  await writeFile(join(path, 'local.jpg'), await sidewaysPicture())
  const storage = await labelStudio().client.api.call(z.looseObject({ id: z.int() }), {
    method: 'POST',
    path: '/api/storages/localfiles',
    body: { project, path, regex_filter: '.*jpg', use_blob_urls: true },
  })
  await labelStudio().client.api.send({ method: 'POST', path: `/api/storages/localfiles/${storage.id}/sync`, body: {} })
}

async function retrieve(project: number) {
  await labelStudio().client.actions.run(project, 'retrieve_tasks_predictions')
  return labelStudio().client.predictions.list({ project })
}

/** The box of the left upper quarter, in the size that the editor shows. */
const QUARTER = {
  type: 'rectanglelabels',
  original_width: 30,
  original_height: 40,
  value: { x: 0, y: 0, width: 50, height: 50, rectanglelabels: ['Thing'] },
}

it('Label Studio really checks predictions here', async () => {
  const project = await createProject('Checked')
  const { task_ids } = await labelStudio().client.projects.importTasks(project, [{ data: { image: 'a.png' } }])
  const [task = 0] = task_ids
  await expect(
    labelStudio().client.predictions.create({
      task,
      result: [{ from_name: 'none', to_name: 'image', type: 'x', value: {} }],
    }),
  ).rejects.toMatchObject({ code: 'label-studio-refused' })
})

describe('uploads and local files', () => {
  it('are read with a legacy token', async () => {
    const project = await createProject('Legacy token')
    await uploadPicture(project)
    await addLocalFiles(project)
    const { url } = await listen({ media: { labelStudio: { url: labelStudio().url, token: LEGACY_TOKEN } } })
    await labelStudio().client.mlBackends.connect({ project, url })
    expect(await retrieve(project)).toMatchObject([{ result: [QUARTER] }, { result: [QUARTER] }])
  })

  it('are read with a personal access token, also where legacy tokens are switched off', async () => {
    const project = await createProject('Personal access token')
    await uploadPicture(project)
    await addLocalFiles(project)
    const { api, mlBackends } = labelStudio().client
    const { token } = await api.call(z.looseObject({ token: z.string() }), {
      method: 'POST',
      path: '/api/token/',
      body: {},
    })
    expect(tokenKind(token)).toBe('personal-access')
    const personal = createLabelStudioClient({ url: labelStudio().url, token })
    expect(await personal.projects.get(project)).toMatchObject({ id: project })

    const { url } = await listen({ media: { labelStudio: { url: labelStudio().url, token } } })
    await mlBackends.connect({ project, url })
    const switchLegacy = (on: boolean) =>
      personal.api.send({
        method: 'POST',
        path: '/api/jwt/settings',
        body: { api_tokens_enabled: true, legacy_api_tokens_enabled: on },
      })
    await switchLegacy(false)
    try {
      await expect(mlBackends.list(project)).rejects.toMatchObject({ code: 'label-studio-unauthorized' })
      await personal.actions.run(project, 'retrieve_tasks_predictions')
    } finally {
      await switchLegacy(true)
    }
    const stored = await labelStudio().client.predictions.list({ project })
    expect(stored).toMatchObject([{ result: [QUARTER] }, { result: [QUARTER] }])
  })

  it('that cannot be read leave the other tasks their predictions', async () => {
    const project = await createProject('One is missing')
    await uploadPicture(project)
    await labelStudio().client.projects.importTasks(project, [
      { data: { image: '/data/upload/1/gone.png' } },
      { data: { image: 'http://169.254.169.254/latest/meta-data/' } },
    ])
    await uploadPicture(project)
    const { url } = await listen({ media: { labelStudio: { url: labelStudio().url, token: LEGACY_TOKEN } } })
    await labelStudio().client.mlBackends.connect({ project, url })
    expect(await retrieve(project)).toMatchObject([{ result: [QUARTER] }, { result: [QUARTER] }])
  })
})

describe('interactive pre-annotation', () => {
  it('answers with a box around the point that was set', async () => {
    const project = await createProject('Interactive')
    await uploadPicture(project)
    const { url } = await listen({ media: { labelStudio: { url: labelStudio().url, token: LEGACY_TOKEN } } })
    const { mlBackends, tasks } = labelStudio().client
    const { id } = await mlBackends.connect({ project, url, isInteractive: true })
    for await (const task of tasks.list(project)) {
      const point = {
        id: 'point',
        type: 'keypointlabels',
        from_name: 'point',
        to_name: 'image',
        is_positive: true,
        original_width: 30,
        original_height: 40,
        image_rotation: 0,
        value: { x: 50, y: 50, width: 1, keypointlabels: ['Thing'] },
      }
      const answer = await mlBackends.annotateInteractively(id, task.id, [point])
      expect(answer).toMatchObject({
        result: [{ type: 'rectanglelabels', value: { y: 25, height: 50, rectanglelabels: ['Thing'] } }],
      })
    }
  })
})

describe('a backend with a password', () => {
  it('is connected with it alone, and hears of annotations, which come without it', async () => {
    const project = await createProject('Password')
    await uploadPicture(project)
    const events = createInbox<WebhookEvent>()
    const { url } = await listen({
      media: { labelStudio: { url: labelStudio().url, token: LEGACY_TOKEN } },
      auth: { basic: { user: 'bob', password: 's3cret:x é' } },
      onWebhook: (event) => events.put(event),
    })
    const { annotations, mlBackends, tasks } = labelStudio().client
    const wrong = { user: 'bob', password: 'wrong' }
    await expect(mlBackends.connect({ project, url, basicAuth: wrong })).rejects.toMatchObject({
      code: 'label-studio-refused',
    })
    const basicAuth = { user: 'bob', password: 's3cret:x é' }
    expect(await mlBackends.connect({ project, url, basicAuth })).toMatchObject({ state: 'CO' })
    expect(await retrieve(project)).toMatchObject([{ result: [QUARTER] }])
    for await (const { id } of tasks.list(project)) await annotations.create(id, { result: [] })
    expect(await events.take(({ action }) => action === 'ANNOTATION_CREATED')).toMatchObject({
      project: { id: project },
    })
  })
})
