/** Anthropic's Message Batches: https://platform.claude.com/docs/en/build-with-claude/batch-processing */

import { z } from 'zod'
import { LlmError } from '../llm-error.js'
import type { BatchOutcome, LlmBatchApi, LlmReply, LlmRequest } from '../provider.js'
import type { AnthropicClient } from './anthropic.js'
import { call } from './call.js'
import { unreadable } from './reply-errors.js'

interface Wire {
  body(request: LlmRequest): object
  read(body: unknown): LlmReply
}

const created = z.object({ id: z.string() })
const job = z.object({ processing_status: z.string() })
const entry = z.object({
  custom_id: z.string(),
  result: z.object({
    type: z.string(),
    message: z.unknown().optional(),
    error: z.object({ error: z.object({ message: z.string() }).nullish() }).nullish(),
  }),
})

export function anthropicBatch(client: () => Promise<AnthropicClient>, wire: Wire): LlmBatchApi {
  return {
    submit: (requests, context) =>
      call('Anthropic', context, async (options) => {
        const { batches } = (await client()).messages
        const body = { requests: requests.map(({ id, request }) => ({ custom_id: id, params: wire.body(request) })) }
        return created.parse(await batches.create(body, options)).id
      }),
    results: (jobId, context) =>
      call('Anthropic', context, async (options) => {
        const { batches } = (await client()).messages
        const { processing_status } = job.parse(await batches.retrieve(jobId, {}, options))
        if (processing_status !== 'ended') return undefined
        const outcomes: BatchOutcome[] = []
        for await (const line of await batches.results(jobId, {}, options)) outcomes.push(readEntry(line, wire))
        return outcomes
      }),
  }
}

function readEntry(line: unknown, wire: Wire): BatchOutcome {
  const { custom_id: id, result } = entry.parse(line)
  if (result.type !== 'succeeded') {
    const reason = result.error?.error?.message ?? result.type
    return { id, outcome: new LlmError(`a request of the batch failed: ${reason}`, { kind: 'provider' }) }
  }
  try {
    return { id, outcome: wire.read(result.message) }
  } catch (caught) {
    return { id, outcome: caught instanceof LlmError ? caught : unreadable('Anthropic', caught) }
  }
}
