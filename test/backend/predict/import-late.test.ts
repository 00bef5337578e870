import { describe, expect, it } from 'vitest'
import { importLate } from '../../../src/backend/predict/import-late.js'
import type { NewPrediction } from '../../../src/label-studio/index.js'
import { post, predictBody, quietBackend, recordingLogger, toneAdapter, toneOf } from '../harness.js'

describe('late predictions', () => {
  it('go to the project of their task', async () => {
    const calls: [number, NewPrediction[]][] = []
    const predictions = {
      async importAll(project: number, some: Iterable<NewPrediction> | AsyncIterable<NewPrediction>) {
        const list: NewPrediction[] = []
        for await (const one of some) list.push(one)
        calls.push([project, list])
        return list.length
      },
    }
    const prediction = { result: [], model_version: 'tone-1', score: 0.5 }
    const task = (id: number, project: number) => ({ id, project, data: {} })
    await importLate(predictions)([
      { task: task(1, 7), prediction },
      { task: task(2, 8), prediction: { result: [] } },
      { task: task(3, 7), prediction },
    ])
    expect(calls).toEqual([
      [
        7,
        [
          { task: 1, ...prediction },
          { task: 3, ...prediction },
        ],
      ],
      [8, [{ task: 2, result: [] }]],
    ])
  })

  it('are imported where a Label Studio and a token are named; one that is down costs a log entry', async () => {
    const { logger, entries } = recordingLogger()
    const slow = toneAdapter({
      async predict(items) {
        await new Promise((resolve) => setTimeout(resolve, 30))
        return items.map(toneOf)
      },
    })
    const backend = quietBackend({
      adapters: [slow],
      logger,
      limits: { deadlineMs: 5 },
      // Port 9 is refused at once.
      labelStudio: { url: 'http://127.0.0.1:9', token: '0123456789abcdef0123456789abcdef01234567' },
    })
    const { tasks, ...rest } = predictBody(['happy'])
    const answer = await post(backend, '/predict', { ...rest, tasks: tasks.map((task) => ({ ...task, project: 4 })) })
    expect(answer.body).toMatchObject({ results: [[]], errors: [{ code: 'deadline-passed' }] })
    await backend.dispose(20_000)
    const failed = entries.find(({ message }) => message === 'late predictions not handed on')
    expect(failed?.fields).toMatchObject({ tasks: [1], err: { code: expect.stringMatching(/^label-studio-/) } })
    expect(JSON.stringify(entries)).not.toContain('0123456789abcdef')
  })
})
