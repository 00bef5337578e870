import { z } from 'zod'
import { PrelabelError } from '../../../errors.js'
import type { BatchState } from '../../adapter.js'

/** A job of a provider's batch API. */
export interface BatchJob {
  readonly id: string
  /** Its outcomes were taken and billed. */
  readonly done: boolean
}

/** The jobs of a bulk run, written down at each step. */
export interface JobLog {
  readonly jobs: readonly BatchJob[]
  /** Keys of the requests that failed in a job: they are not sent in bulk again. */
  readonly failed: ReadonlySet<string>
  begin(id: string): Promise<BatchJob>
  end(job: BatchJob, failed: readonly string[]): Promise<void>
}

const written = z.strictObject({
  jobs: z.array(z.strictObject({ id: z.string(), done: z.boolean() })),
  failed: z.array(z.string()),
})

/** @throws PrelabelError `llm-batch-state` when the state is not one that a run wrote */
export async function createJobLog(state: BatchState | undefined): Promise<JobLog> {
  const before = readState(await state?.read())
  const jobs = new Map(before.jobs.map((job) => [job.id, job]))
  const failed = new Set(before.failed)
  let writing = Promise.resolve()

  function save(): Promise<void> {
    const now = { jobs: [...jobs.values()], failed: [...failed] }
    writing = writing.then(() => state?.write(now))
    return writing
  }

  return {
    get jobs() {
      return [...jobs.values()]
    },
    failed,
    async begin(id) {
      const job = { id, done: false }
      jobs.set(id, job)
      await save()
      return job
    },
    async end({ id }, more) {
      jobs.set(id, { id, done: true })
      for (const key of more) failed.add(key)
      await save()
    },
  }
}

function readState(value: unknown): z.infer<typeof written> {
  if (value === undefined) return { jobs: [], failed: [] }
  const read = written.safeParse(value)
  if (read.success) return read.data
  throw new PrelabelError('the state of the bulk run is not one that a run wrote', {
    code: 'llm-batch-state',
    hint: 'Give the file of the run that is to go on, or a new one.',
    cause: read.error,
  })
}
