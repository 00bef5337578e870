import type { AdapterUsage } from '../../adapters/adapter.js'
import { type Counter, createMetricsRegistry, type Histogram, type Sample } from './registry.js'

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 100]
const SIZES = [1, 2, 4, 8, 16, 32, 64, 128]

/**
 * What became of a task: `abandoned` when the asker went, `superseded` when something newer was drawn, `left` when only
 * what is drawn is answered, `late` when it was not done before the deadline.
 */
export type TaskOutcome = 'predicted' | 'cached' | 'failed' | 'abandoned' | 'superseded' | 'left' | 'late'

/** What a backend counts and measures. */
export interface BackendMetrics {
  /** By `route` and `status`. */
  readonly requests: Counter
  /** By `route`. */
  readonly requestSeconds: Histogram
  /** By `outcome`: each task of a request once. */
  readonly tasks: Counter
  /** By `outcome`: what became of those that were `late`. */
  readonly lateTasks: Counter
  /** By `adapter`. */
  readonly batchSize: Histogram
  /** By `adapter`. */
  readonly batchSeconds: Histogram
  /** Results that were not sent because the editor would not show them, not those sent with less; by `reason`, the code of the issue. */
  readonly refused: Counter
  /** Reads the rest when the metrics are asked for. */
  watch(sources: MetricSources): void
  text(): string
}

export interface MetricSources {
  pending(): { readonly interactive: number; readonly bulk: number }
  /** By adapter, of those that tell. */
  usage(): Readonly<Record<string, AdapterUsage>>
}

const USAGE: readonly (readonly [string, string, (usage: AdapterUsage) => Sample[]])[] = [
  ['prelabel_adapter_calls_total', 'Calls of a paid model.', ({ requests }) => sample(requests)],
  ['prelabel_adapter_cost_dollars_total', 'Price of the calls of a paid model.', ({ cost }) => sample(cost)],
  [
    'prelabel_adapter_tokens_total',
    'Tokens of the calls of a paid model.',
    ({ inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens }) => [
      ...sample(inputTokens, { type: 'input' }),
      ...sample(outputTokens, { type: 'output' }),
      ...sample(cacheReadTokens, { type: 'cache_read' }),
      ...sample(cacheWriteTokens, { type: 'cache_write' }),
    ],
  ],
]

function sample(value: number | undefined, labels: Sample['labels'] = {}): Sample[] {
  return value === undefined ? [] : [{ labels, value }]
}

function withAdapter({ labels, value }: Sample, adapter: string): Sample {
  return { labels: { adapter, ...labels }, value }
}

export function createBackendMetrics(): BackendMetrics {
  const registry = createMetricsRegistry()
  return {
    requests: registry.counter('prelabel_requests_total', 'Requests answered.'),
    requestSeconds: registry.histogram('prelabel_request_seconds', 'Time to answer a request.', SECONDS),
    tasks: registry.counter('prelabel_tasks_total', 'Tasks by what became of them.'),
    lateTasks: registry.counter('prelabel_late_tasks_total', 'Late tasks by what became of them.'),
    batchSize: registry.histogram('prelabel_batch_size', 'Items in one call of an adapter.', SIZES),
    batchSeconds: registry.histogram('prelabel_batch_seconds', 'Time of one call of an adapter.', SECONDS),
    refused: registry.counter('prelabel_results_refused_total', 'Results that were not sent, by the issue found.'),
    watch: ({ pending, usage }) => {
      registry.watch('prelabel_queue_tasks', 'Tasks that were accepted and are not answered.', 'gauge', () =>
        Object.entries(pending()).map(([priority, value]) => ({ labels: { priority }, value })),
      )
      for (const [name, help, read] of USAGE) {
        registry.watch(name, help, 'counter', () =>
          Object.entries(usage()).flatMap(([adapter, one]) => read(one).map((sample) => withAdapter(sample, adapter))),
        )
      }
    },
    text: registry.text,
  }
}
