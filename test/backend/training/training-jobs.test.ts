import { expect, it } from 'vitest'
import type { WebhookEvent } from '../../../src/backend/index.js'
import { createTrainingJobs } from '../../../src/backend/training/training-jobs.js'
import { recordingLogger } from '../harness.js'
import { gate } from './learning.js'

it('knows a job that runs, however many came after it, and of those that ended the last thousand', async () => {
  const { open, passed } = gate()
  const jobs = createTrainingJobs([({ action }) => (action === 'START_TRAINING' ? passed : undefined)])
  const work: Promise<void>[] = []
  const { logger } = recordingLogger()
  const begin = (action: 'PROJECT_UPDATED' | 'START_TRAINING'): string => {
    const event: WebhookEvent = { action, project: { id: 6 } }
    return jobs.start(event, (begun) => void work.push(begun), logger)
  }
  const first = begin('PROJECT_UPDATED')
  const training = begin('START_TRAINING')
  const later = Array.from({ length: 1000 }, () => begin('PROJECT_UPDATED'))
  await Promise.all(work.filter((_, place) => place !== 1))
  expect(jobs.find(training)).toMatchObject({ status: 'started' })
  expect(jobs.find(first)).toBeUndefined()
  expect(later.map((job) => jobs.find(job)?.status)).toEqual(later.map(() => 'finished'))
  open()
  await Promise.all(work)
  expect(jobs.find(training)).toMatchObject({ status: 'finished' })
})
