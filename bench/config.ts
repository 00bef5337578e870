/**
 * Time to read a labeling config, against the Python SDK's LabelInterface over the same configs in the same run.
 *
 *     npx jiti bench/config.ts
 *
 * Needs Label Studio's own configs in ../shared (or PRELABEL_SHARED), and for the comparison a Python with
 * label-studio-sdk (PRELABEL_PYTHON).
 */

import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { checkConfig } from '../src/config/index.js'

const ROUNDS = 30

const shared = process.env.PRELABEL_SHARED ?? fileURLToPath(new URL('../../shared', import.meta.url))
const folder = `${shared}/labelstudio/templates`

/** Reads each config ROUNDS times, after a warm-up, and prints the median of each in microseconds as JSON. */
const PYTHON = `
import json, logging, pathlib, statistics, sys, time
logging.disable(logging.CRITICAL)
from label_studio_sdk.label_interface import LabelInterface
out = {}
for path in sorted(pathlib.Path(sys.argv[1]).glob('*.xml')):
    xml, times = path.read_text(encoding='utf-8'), []
    try:
        for i in range(int(sys.argv[2]) + 3):
            start = time.perf_counter()
            LabelInterface(xml)
            if i >= 3: times.append(time.perf_counter() - start)
    except Exception:
        continue
    out[path.name] = statistics.median(times) * 1e6
print(json.dumps(out))
`

type Times = ReadonlyMap<string, number>

function main(): void {
  if (!existsSync(folder)) {
    console.info(`skipped: ${folder} is not there; set PRELABEL_SHARED`)
    return
  }
  const texts = new Map(
    readdirSync(folder)
      .filter((file) => file.endsWith('.xml'))
      .map((file) => [file, readFileSync(`${folder}/${file}`, 'utf8')]),
  )
  const ours = timeOurs(texts)
  report('prelabel', ours, texts)
  const python = process.env.PRELABEL_PYTHON
  if (python === undefined) {
    console.info('no comparison: set PRELABEL_PYTHON to a Python with label-studio-sdk')
    return
  }
  const theirs = timeTheirs(python)
  report('label-studio-sdk', theirs, texts)
  const ratios = [...ours].flatMap(([file, time]) => {
    const their = theirs.get(file)
    return their === undefined ? [] : [their / time]
  })
  console.info(
    `ratio SDK / prelabel over ${ratios.length} configs: median ${quantile(ratios, 0.5).toFixed(1)}, ` +
      `worst ${Math.min(...ratios).toFixed(1)}, best ${Math.max(...ratios).toFixed(1)}`,
  )
}

function timeOurs(texts: ReadonlyMap<string, string>): Times {
  for (const xml of texts.values()) checkConfig(xml)
  return new Map(
    [...texts].map(([file, xml]) => {
      const times = Array.from({ length: ROUNDS }, () => {
        const start = performance.now()
        checkConfig(xml)
        return (performance.now() - start) * 1000
      })
      return [file, quantile(times, 0.5)]
    }),
  )
}

function timeTheirs(python: string): Times {
  const output = execFileSync(python, ['-c', PYTHON, folder, String(ROUNDS)], { encoding: 'utf8' })
  const times: Record<string, number> = JSON.parse(output)
  return new Map(Object.entries(times))
}

function report(name: string, times: Times, texts: ReadonlyMap<string, string>): void {
  const all = [...times.values()]
  const total = all.reduce((sum, time) => sum + time, 0)
  const bytes = [...times.keys()].reduce((sum, file) => sum + Buffer.byteLength(texts.get(file) ?? ''), 0)
  console.info(
    `${name}: ${times.size} configs, median ${quantile(all, 0.5).toFixed(0)} µs, p90 ${quantile(all, 0.9).toFixed(0)} µs, ` +
      `${(bytes / total).toFixed(2)} MB/s`,
  )
}

function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) * q)] ?? Number.NaN
}

main()
