/** The first thing that users do: the example of the README, served by the command line, connected to a project. */

import { expect, it } from 'vitest'
import { QUICKSTART_BACKEND, quickstartConfig, quickstartTasks } from './quickstart.js'
import { useBackend } from './use-backend.js'
import { useLabelStudio } from './use-label-studio.js'

const labelStudio = useLabelStudio()
const backend = useBackend(QUICKSTART_BACKEND, labelStudio)

it('predictions of the quickstart are retrieved and stored', async () => {
  const { client } = labelStudio()
  const project = await client.projects.create({ title: 'Support tickets', label_config: await quickstartConfig() })
  const imported = await client.projects.importTasks(project.id, await quickstartTasks())
  const connected = await client.mlBackends.connect({ project: project.id, url: backend(), title: 'quickstart' })
  expect(connected.state).toBe('CO')

  await client.actions.run(project.id, 'retrieve_tasks_predictions')

  const stored = await client.predictions.list({ project: project.id })
  expect(stored).toHaveLength(imported.task_count)
  const { model_version: version } = await client.mlBackends.get(connected.id)
  expect(version).toMatch(/\S/)
  for (const prediction of stored) {
    expect(prediction.model_version).toBe(version)
    expect(prediction.result).not.toEqual([])
  }

  await client.actions.run(project.id, 'retrieve_tasks_predictions')
  expect(await client.predictions.list({ project: project.id })).toHaveLength(imported.task_count)
})
