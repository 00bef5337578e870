import { llm, openai } from '../../../src/adapters/llm/index.js'
import { createBackend } from '../../../src/backend/index.js'
import type { Prediction } from '../../../src/results/index.js'
import { startLlmServer } from '../../../src/testing/index.js'
import type { Case } from './control-cases.js'

const ignore = () => undefined
const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore }

/** The prediction that a whole backend makes of a case, with a confidence of 0.75 in everything. */
export async function predictCase({ xml, data, answer, findings }: Case): Promise<Prediction> {
  const sure = (plain: unknown) => ({ answer: plain, confidence: 0.75 })
  const isList = Array.isArray(answer) && findings[0]?.kind !== 'ranking'
  const json = { it: isList ? answer.map(sure) : sure(answer) }
  const server = await startLlmServer({ script: { kind: 'answer', json } })
  const provider = openai({ model: 'gpt-5-mini', apiKey: 'none', baseURL: server.openaiUrl })
  const backend = createBackend({ config: xml, adapters: [llm({ provider })], logger: silent })
  try {
    const [predicted] = await backend.predict([{ id: 1, data }])
    if (predicted?.prediction === undefined) throw predicted?.error ?? new Error('no prediction')
    if (predicted.issues.length > 0) throw new Error(JSON.stringify(predicted.issues))
    return predicted.prediction
  } finally {
    await backend.dispose()
    await server.close()
  }
}
