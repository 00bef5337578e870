/** What Label Studio's documentation tells users to do with a backend, done over its API. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBackend, type Listening, type WebhookEvent } from '../../src/backend/index.js'
import { createInbox } from './inbox.js'
import { TONE_CONFIG, tone } from './trivial-models.js'
import { useLabelStudio } from './use-label-studio.js'

const TASKS = 250

describe('a project with a backend', () => {
  const events = createInbox<WebhookEvent>()
  const backend = createBackend({ adapters: [tone], onWebhook: (event) => events.put(event) })
  const labelStudio = useLabelStudio()
  let listening: Listening
  let project: number
  let model: number
  let tasks: readonly number[]

  const arrival = (action: WebhookEvent['action']) => events.take((event) => event.action === action)
  const countPredictions = async () => (await labelStudio().client.predictions.list({ project })).length
  const versionInUse = async () => (await labelStudio().client.mlBackends.get(model)).model_version

  beforeAll(async () => {
    listening = await backend.listen({ port: 0, host: '127.0.0.1', signals: false })
    const { projects } = labelStudio().client
    project = (await projects.create({ title: 'Tone', label_config: TONE_CONFIG })).id
    const texts = Array.from({ length: TASKS }, (_, index) => `${index % 2 === 0 ? 'happy' : 'sad'} ${index} 🙂`)
    tasks = (
      await projects.importTasks(
        project,
        texts.map((text) => ({ data: { text } })),
      )
    ).task_ids
  })

  afterAll(() => listening?.close())

  it('is connected', async () => {
    expect(await labelStudio().client.version()).toBe('1.23.2')
    const { mlBackends, webhooks } = labelStudio().client
    const connected = await mlBackends.connect({ project, url: listening.url, title: 'tone', isInteractive: true })
    model = connected.id
    expect(connected).toMatchObject({ state: 'CO', is_interactive: true })
    expect(connected.model_version).toMatch(/^tone/)
    expect(await mlBackends.list(project)).toMatchObject([{ id: model, state: 'CO' }])
    expect(await webhooks.list(project)).toMatchObject([{ url: `${listening.url}/webhook` }])
  })

  it('retrieves predictions for all tasks at once, and again only those that are missing', async () => {
    const { actions, predictions } = labelStudio().client
    await actions.run(project, 'retrieve_tasks_predictions')
    const stored = await predictions.list({ project })
    expect(stored).toHaveLength(TASKS)
    expect(new Set(stored.map(({ model_version }) => model_version))).toEqual(new Set([await versionInUse()]))
    expect(await predictions.list({ task: tasks[0] ?? 0 })).toMatchObject([
      {
        score: 0.9,
        result: [{ from_name: 'tone', to_name: 'message', type: 'choices', value: { choices: ['Positive'] } }],
      },
    ])
    await actions.run(project, 'retrieve_tasks_predictions')
    expect(await countPredictions()).toBe(TASKS)
  })

  it('predicts a task when it is opened', async () => {
    const { projects, tasks: tasksApi } = labelStudio().client
    const [id = 0] = (await projects.importTasks(project, [{ data: { text: 'happy to be opened' } }])).task_ids
    const opened = await tasksApi.get(id)
    expect(opened.predictions).toMatchObject([{ result: [{ value: { choices: ['Positive'] } }] }])
  })

  it('answers an interactive request', async () => {
    const drawn = [{ from_name: 'tone', to_name: 'message', type: 'choices', value: { choices: ['Negative'] } }]
    const answer = await labelStudio().client.mlBackends.annotateInteractively(model, tasks[1] ?? 0, drawn)
    expect(answer).toMatchObject({
      result: [{ value: { choices: ['Negative'] } }],
      model_version: await versionInUse(),
    })
  })

  it('hears of annotations that are made, changed and deleted', async () => {
    const { annotations } = labelStudio().client
    const result = [{ from_name: 'tone', to_name: 'message', type: 'choices', value: { choices: ['Negative'] } }]
    const { id } = await annotations.create(tasks[0] ?? 0, { result, lead_time: 1 })
    expect(await arrival('ANNOTATION_CREATED')).toMatchObject({ annotation: { id, result }, task: { id: tasks[0] } })
    await annotations.update(id, { lead_time: 2 })
    expect(await arrival('ANNOTATION_UPDATED')).toMatchObject({ annotation: { id, lead_time: 2 } })
    await annotations.delete(id)
    expect(await arrival('ANNOTATIONS_DELETED')).toMatchObject({ annotations: [{ id }] })
  })

  it('starts training by the button', async () => {
    await labelStudio().client.mlBackends.train(model)
    expect(await arrival('START_TRAINING')).toMatchObject({ project: { id: project } })
    expect(await labelStudio().client.mlBackends.get(model)).toMatchObject({ state: 'CO' })
  })

  it('offers its version, and shows the predictions of the one that is chosen', async () => {
    const { mlBackends, projects } = labelStudio().client
    const version = (await versionInUse()) ?? ''
    expect(await mlBackends.versions(model)).toContain(version)
    expect(await projects.update(project, { model_version: version })).toMatchObject({ model_version: version })
  })

  it('keeps one entry a task when predictions are deleted and retrieved for some', async () => {
    const { actions, predictions } = labelStudio().client
    await actions.run(project, 'delete_tasks_predictions')
    expect(await countPredictions()).toBe(0)
    await actions.run(project, 'retrieve_tasks_predictions', tasks.slice(0, 3))
    expect((await predictions.list({ project })).map(({ task }) => task).sort()).toEqual(tasks.slice(0, 3))
  })

  it('makes annotations of predictions', async () => {
    const { actions, annotations } = labelStudio().client
    await actions.run(project, 'predictions_to_annotations', tasks.slice(0, 2))
    const event = await arrival('ANNOTATIONS_CREATED')
    expect(event).toMatchObject({ task: [{ id: expect.any(Number) }, { id: expect.any(Number) }] })
    expect(await annotations.list(tasks[0] ?? 0)).toMatchObject([{ result: [{ value: { choices: ['Positive'] } }] }])
  })

  it('predicts anew after its config was changed', async () => {
    const { actions, predictions, projects } = labelStudio().client
    const before = await versionInUse()
    const changed = TONE_CONFIG.replace('name="tone"', 'name="mood"')
    await actions.run(project, 'delete_tasks_predictions')
    await labelStudio().client.actions.run(project, 'predictions_to_annotations', [])
    for await (const { annotations } of labelStudio().client.tasks.list(project)) {
      for (const { id } of annotations) await labelStudio().client.annotations.delete(id)
    }
    await projects.update(project, { label_config: changed })
    expect(await versionInUse()).not.toBe(before)
    await actions.run(project, 'retrieve_tasks_predictions', tasks.slice(0, 2))
    const stored = await predictions.list({ task: tasks[0] ?? 0 })
    expect(stored).toMatchObject([{ model_version: await versionInUse(), result: [{ from_name: 'mood' }] }])
  })
})
