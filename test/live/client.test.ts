/** The client against a genuine Label Studio, where its answers are not what one would guess. */

import { beforeAll, describe, expect, it } from 'vitest'
import { useLabelStudio } from './use-label-studio.js'

const CONFIG = '<View><Text name="t" value="$t"/><Choices name="c" toName="t"><Choice value="A"/></Choices></View>'
const COUNT = 12

const labelStudio = useLabelStudio()

describe('the tasks of a project', () => {
  let project = 0
  let imported: readonly number[] = []

  beforeAll(async () => {
    const { projects } = labelStudio().client
    project = (await projects.create({ title: 'pages', label_config: CONFIG })).id
    const tasks = Array.from({ length: COUNT }, (_, index) => ({ data: { t: `text ${index}` } }))
    imported = (await projects.importTasks(project, tasks)).task_ids
  })

  it('are listed by id, with what is added meanwhile', async () => {
    const { projects, tasks } = labelStudio().client
    const ids: number[] = []
    for await (const { id } of tasks.list(project, { pageSize: 5 })) {
      ids.push(id)
      if (ids.length === 1) await projects.importTasks(project, [{ data: { t: 'new' } }])
    }
    expect(ids).toHaveLength(COUNT + 1)
    expect(ids.slice(0, COUNT)).toEqual([...imported].sort((a, b) => a - b))
    expect(ids).toEqual([...ids].sort((a, b) => a - b))
  })

  it('are all listed while they are deleted', async () => {
    const { tasks } = labelStudio().client
    let seen = 0
    for await (const { id } of tasks.list(project, { pageSize: 5 })) {
      seen += 1
      await tasks.delete(id)
    }
    expect(seen).toBe(COUNT + 1)
    for await (const { id } of tasks.list(project)) expect(id).toBeUndefined()
  })
})

it('sets a webhook up for the actions that are given, and no others', async () => {
  const { projects, webhooks } = labelStudio().client
  const project = (await projects.create({ title: 'hooks', label_config: CONFIG })).id
  const some = await webhooks.create({ project, url: 'http://127.0.0.1:9/', actions: ['ANNOTATION_CREATED'] })
  expect(some).toMatchObject({ send_for_all_actions: false, actions: ['ANNOTATION_CREATED'] })
  const all = await webhooks.create({ project, url: 'http://127.0.0.1:9/all' })
  expect(all).toMatchObject({ send_for_all_actions: true })
})
