/** OpenAI's Batch API: https://platform.openai.com/docs/api-reference/batch */

import { z } from 'zod'
import { LlmError } from '../llm-error.js'
import type { BatchOutcome, LlmBatchApi, LlmReply, LlmRequest } from '../provider.js'
import { type CallOptions, call } from './call.js'
import type { OpenAiClient } from './openai-client.js'
import { unreadable } from './reply-errors.js'

/** The endpoint of a job, how a request becomes its line and an answer a reply. */
export interface BatchWire {
  readonly endpoint: '/v1/responses' | '/v1/chat/completions'
  body(request: LlmRequest): object
  read(body: unknown): LlmReply
}

const uploaded = z.object({ id: z.string() })
const job = z.object({ status: z.string(), output_file_id: z.string().nullish(), error_file_id: z.string().nullish() })
const line = z.object({
  custom_id: z.string(),
  response: z.object({ status_code: z.number(), body: z.unknown() }).nullish(),
  error: z.object({ message: z.string() }).nullish(),
})
const dead = ['failed', 'expired', 'cancelled']

export function openAiBatch(client: () => Promise<OpenAiClient>, wire: BatchWire): LlmBatchApi {
  return {
    submit: (requests, context) =>
      call('OpenAI', context, async (options) => {
        const { files, batches } = await client()
        const lines = requests.map(({ id, request }) =>
          JSON.stringify({ custom_id: id, method: 'POST', url: wire.endpoint, body: wire.body(request) }),
        )
        const file = new File([lines.join('\n')], 'requests.jsonl', { type: 'application/jsonl' })
        const { id } = uploaded.parse(await files.create({ file, purpose: 'batch' }, options))
        const created = await batches.create(
          { input_file_id: id, endpoint: wire.endpoint, completion_window: '24h' },
          options,
        )
        return uploaded.parse(created).id
      }),
    results: (jobId, context) =>
      call('OpenAI', context, async (options) => {
        const { files, batches } = await client()
        const { status, output_file_id, error_file_id } = job.parse(await batches.retrieve(jobId, options))
        if (status !== 'completed' && !dead.includes(status)) return undefined
        const ids = [output_file_id, error_file_id].flatMap((id) => id ?? [])
        if (ids.length === 0) throw new LlmError(`the batch ${jobId} ended as ${status}`, { kind: 'provider' })
        const texts = await Promise.all(ids.map((id) => readFile(files, id, options)))
        return texts
          .join('\n')
          .split('\n')
          .filter((text) => text.trim() !== '')
          .map((text) => readLine(text, wire))
      }),
  }
}

async function readFile(files: OpenAiClient['files'], id: string, options: CallOptions): Promise<string> {
  return (await files.content(id, options)).text()
}

function readLine(text: string, wire: BatchWire): BatchOutcome {
  const { custom_id: id, response, error } = line.parse(JSON.parse(text))
  if (response?.status_code !== 200) {
    const reason = error?.message ?? `answered ${response?.status_code}`
    return { id, outcome: new LlmError(`a request of the batch failed: ${reason}`, { kind: 'provider' }) }
  }
  try {
    return { id, outcome: wire.read(response.body) }
  } catch (caught) {
    return { id, outcome: caught instanceof LlmError ? caught : unreadable('the batch', caught) }
  }
}
