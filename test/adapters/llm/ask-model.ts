/** Runs an adapter against the stand-in. */

import type { Item, Logger, Outcome } from '../../../src/adapters/adapter.js'
import { type LlmAdapter, type LlmOptions, llm, openai } from '../../../src/adapters/llm/index.js'
import type { Finding } from '../../../src/results/findings.js'
import { type LlmScript, type LlmServer, startLlmServer } from '../../../src/testing/index.js'

export interface Logged {
  readonly level: string
  readonly fields: object
  readonly message: string | undefined
}

export interface Bench {
  readonly server: LlmServer
  readonly adapter: LlmAdapter
  readonly logged: readonly Logged[]
  predict(items: readonly Item[], signal?: AbortSignal): Promise<readonly Outcome[]>
  /** The findings of one item; throws its error. */
  answer(item: Item): Promise<readonly Finding[]>
}

/** Runs `use` with an adapter whose model answers by `script`. The provider is OpenAI's unless `options` name another. */
export async function withModel<T>(
  script: LlmScript,
  options: Partial<LlmOptions>,
  use: (bench: Bench) => Promise<T>,
): Promise<T> {
  const server = await startLlmServer({ script })
  const logged: Logged[] = []
  const provider = openai({ model: 'gpt-5-mini', api: 'chat', apiKey: 'none', baseURL: server.openaiUrl })
  const adapter = llm({ provider, ...options })
  const predict: Bench['predict'] = (items, signal) => predictWith(adapter, items, signal, logged)
  try {
    return await use({
      server,
      adapter,
      logged,
      predict,
      async answer(item) {
        const [outcome] = await predict([item])
        if (outcome === undefined || outcome instanceof Error) throw outcome
        return outcome
      },
    })
  } finally {
    await server.close()
  }
}

export async function predictWith(
  adapter: LlmAdapter,
  items: readonly Item[],
  signal = new AbortController().signal,
  logged: Logged[] = [],
): Promise<readonly Outcome[]> {
  const log = (level: string) => (fields: object, message?: string) => {
    logged.push({ level, fields, message })
  }
  const logger: Logger = { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') }
  return adapter.predict(items, { model: undefined, signal, logger })
}
