/** The batch APIs of both providers: a job is done at once, and says so after it was looked at `polls` times. */

import { z } from 'zod'
import { readRequest } from './read-request.js'
import type { LlmApi, RecordedRequest } from './scripted-reply.js'
import type { WireReply } from './wire-reply.js'

/** Answers one request of a job. */
export type Answerer = (request: RecordedRequest) => Promise<WireReply>

interface Job {
  readonly id: string
  /** How often somebody asked for its state. */
  looks: number
}

const endpoints = new Map<string, LlmApi>([
  ['/v1/chat/completions', 'openai-chat'],
  ['/v1/responses', 'openai-responses'],
])
const openaiLine = z.object({ custom_id: z.string(), url: z.string(), body: z.unknown() })
const openaiJob = z.object({ input_file_id: z.string(), endpoint: z.string() })
const anthropicJob = z.object({ requests: z.array(z.object({ custom_id: z.string(), params: z.unknown() })).min(1) })

export interface BatchJobs {
  /** Keeps an uploaded file and answers as `POST /v1/files`. */
  upload(name: string, text: string): object
  fileContent(id: string): string | undefined
  createOpenAi(body: unknown): Promise<object>
  openAi(id: string): object | undefined
  createAnthropic(body: unknown): Promise<object>
  anthropic(id: string, url: string): object | undefined
}

export function createBatchJobs(answer: Answerer, polls: number): BatchJobs {
  const files = new Map<string, string>()
  const jobs = new Map<string, Job>()
  const addJob = (prefix: string, results: readonly object[]): Job => {
    const job = { id: `${prefix}_${jobs.size + 1}`, looks: 0 }
    jobs.set(job.id, job)
    files.set(outputOf(job.id), results.map((result) => JSON.stringify(result)).join('\n'))
    return job
  }
  const hasEnded = (job: Job) => job.looks++ >= polls

  return {
    upload(name, text) {
      const id = `file-${files.size + 1}`
      files.set(id, text)
      return {
        id,
        object: 'file',
        bytes: text.length,
        created_at: 0,
        filename: name,
        purpose: 'batch',
        status: 'processed',
      }
    },
    fileContent: (id) => files.get(id),
    async createOpenAi(body) {
      const { input_file_id, endpoint } = openaiJob.parse(body)
      const lines = (files.get(input_file_id) ?? '').split('\n').filter((line) => line !== '')
      const results = await Promise.all(lines.map((line) => answerOpenAi(openaiLine.parse(JSON.parse(line)), answer)))
      return openaiBatch(addJob('batch', results).id, endpoint, false)
    },
    openAi(id) {
      const job = jobs.get(id)
      return job === undefined ? undefined : openaiBatch(id, '/v1/responses', hasEnded(job))
    },
    async createAnthropic(body) {
      const results = await Promise.all(
        anthropicJob.parse(body).requests.map((entry) => answerAnthropic(entry, answer)),
      )
      return anthropicBatch(addJob('msgbatch', results).id, undefined)
    },
    anthropic(id, url) {
      const job = jobs.get(id)
      if (job === undefined) return undefined
      return anthropicBatch(id, hasEnded(job) ? `${url}/v1/messages/batches/${id}/results` : undefined)
    },
  }
}

/** The file that holds a job's results, one JSON document a line. */
export function outputOf(jobId: string): string {
  return `${jobId}-output`
}

async function answerOpenAi({ custom_id, url, body }: z.infer<typeof openaiLine>, answer: Answerer): Promise<object> {
  const api = endpoints.get(url)
  if (api === undefined) throw new Error(`the stand-in has no batch endpoint ${url}`)
  const reply = await answer(readRequest(api, body))
  return {
    id: `batch_req_${custom_id}`,
    custom_id,
    response: { status_code: reply.status, request_id: custom_id, body: reply.body },
    error: null,
  }
}

async function answerAnthropic(
  { custom_id, params }: { custom_id: string; params?: unknown },
  answer: Answerer,
): Promise<object> {
  const reply = await answer(readRequest('anthropic-messages', params))
  const result =
    reply.status === 200 ? { type: 'succeeded', message: reply.body } : { type: 'errored', error: reply.body }
  return { custom_id, result }
}

function openaiBatch(id: string, endpoint: string, ended: boolean): object {
  return {
    id,
    object: 'batch',
    endpoint,
    input_file_id: 'file-1',
    completion_window: '24h',
    created_at: 0,
    status: ended ? 'completed' : 'in_progress',
    ...(ended ? { output_file_id: outputOf(id) } : {}),
  }
}

function anthropicBatch(id: string, resultsUrl: string | undefined): object {
  return {
    id,
    type: 'message_batch',
    processing_status: resultsUrl === undefined ? 'in_progress' : 'ended',
    results_url: resultsUrl ?? null,
    request_counts: { processing: 0, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
    created_at: '2026-01-01T00:00:00Z',
    expires_at: '2026-01-02T00:00:00Z',
    archived_at: null,
    cancel_initiated_at: null,
    ended_at: null,
  }
}
