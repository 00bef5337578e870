import { type Counter, createMetricsRegistry, type Histogram } from './registry.js'

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 100]
const SIZES = [1, 2, 4, 8, 16, 32, 64, 128]

/** What a backend counts and measures. */
export interface BackendMetrics {
  /** By `route` and `status`. */
  readonly requests: Counter
  /** By `route`. */
  readonly requestSeconds: Histogram
  /** By `outcome`: `predicted`, `cached`, `failed`, `late`. */
  readonly tasks: Counter
  /** By `adapter`. */
  readonly batchSize: Histogram
  /** By `adapter`. */
  readonly batchSeconds: Histogram
  /** Results that were not sent because the editor would not show them; by `reason`, the code of the issue. */
  readonly refused: Counter
  /** Watches numbers that are read when the metrics are asked for. */
  watch(read: () => { readonly interactive: number; readonly bulk: number }): void
  text(): string
}

export function createBackendMetrics(): BackendMetrics {
  const registry = createMetricsRegistry()
  return {
    requests: registry.counter('prelabel_requests_total', 'Requests answered.'),
    requestSeconds: registry.histogram('prelabel_request_seconds', 'Time to answer a request.', SECONDS),
    tasks: registry.counter('prelabel_tasks_total', 'Tasks by what became of them.'),
    batchSize: registry.histogram('prelabel_batch_size', 'Items in one call of an adapter.', SIZES),
    batchSeconds: registry.histogram('prelabel_batch_seconds', 'Time of one call of an adapter.', SECONDS),
    refused: registry.counter('prelabel_results_refused_total', 'Results that were not sent, by the issue found.'),
    watch: (read) => {
      registry.gauge('prelabel_queue_tasks', 'Tasks that were accepted and are not answered.', () =>
        Object.entries(read()).map(([priority, value]) => ({ labels: { priority }, value })),
      )
    },
    text: registry.text,
  }
}
