/** Counters, gauges and histograms, written in Prometheus' text format 0.0.4. */

export type Labels = Readonly<Record<string, string>>

export interface Counter {
  add(labels?: Labels, by?: number): void
}

export interface Histogram {
  observe(value: number, labels?: Labels): void
}

export interface Sample {
  readonly labels: Labels
  readonly value: number
}

export interface MetricsRegistry {
  counter(name: string, help: string): Counter
  /** Values that are read when the metrics are asked for. */
  watch(name: string, help: string, type: 'gauge' | 'counter', read: () => readonly Sample[]): void
  histogram(name: string, help: string, bounds: readonly number[]): Histogram
  /** All of them, in the text format. */
  text(): string
}

type Write = () => string[]

export function createMetricsRegistry(): MetricsRegistry {
  const families: Write[] = []
  const family = (name: string, help: string, type: string, lines: Write) => {
    families.push(() => [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines()])
  }

  return {
    counter(name, help) {
      const counts = new Map<string, Count>()
      family(name, help, 'counter', () =>
        [...counts.values()].map(({ labels, value }) => `${name}${format(labels)} ${value}`),
      )
      return {
        add(labels = {}, by = 1) {
          const key = keyOf(labels)
          const count = counts.get(key)
          if (count === undefined) counts.set(key, { labels, value: by })
          else count.value += by
        },
      }
    },

    watch(name, help, type, read) {
      family(name, help, type, () => read().map(({ labels, value }) => `${name}${format(labels)} ${value}`))
    },

    histogram(name, help, bounds) {
      const series = new Map<string, Series>()
      family(name, help, 'histogram', () => [...series.values()].flatMap((entry) => writeSeries(name, bounds, entry)))
      return {
        observe(value, labels = {}) {
          const key = keyOf(labels)
          let entry = series.get(key)
          if (entry === undefined) {
            entry = { labels, counts: new Array<number>(bounds.length).fill(0), count: 0, sum: 0 }
            series.set(key, entry)
          }
          const index = bounds.findIndex((bound) => value <= bound)
          if (index >= 0) entry.counts[index] = (entry.counts[index] ?? 0) + 1
          entry.count += 1
          entry.sum += value
        },
      }
    },

    text: () => `${families.flatMap((write) => write()).join('\n')}\n`,
  }
}

interface Count {
  readonly labels: Labels
  value: number
}

interface Series {
  readonly labels: Labels
  /** By bound, not cumulated. */
  readonly counts: number[]
  count: number
  sum: number
}

function writeSeries(name: string, bounds: readonly number[], { labels, counts, count, sum }: Series): string[] {
  let below = 0
  const buckets = bounds.map((bound, index) => {
    below += counts[index] ?? 0
    return `${name}_bucket${format({ ...labels, le: String(bound) })} ${below}`
  })
  return [
    ...buckets,
    `${name}_bucket${format({ ...labels, le: '+Inf' })} ${count}`,
    `${name}_sum${format(labels)} ${sum}`,
    `${name}_count${format(labels)} ${count}`,
  ]
}

/** Tells labels apart; written at each event, so it is cheaper than the text format. */
function keyOf(labels: Labels): string {
  let key = ''
  for (const name in labels) key += `${name}\0${labels[name]}\0`
  return key
}

function format(labels: Labels): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${escapeValue(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function escapeValue(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
