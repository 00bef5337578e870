/**
 * Measures entity recognition: sentences a second at batch 1, 8 and 32 and a document of about 50 pages, in one run on one
 * machine and one thread
 * - beside bare `session.run` with the very same tensors: what is above 1 is the library's own share (tokenizing,
 *   windows, softmax, aggregation, merging);
 * - beside the Python `pipeline` of transformers on torch and on onnxruntime, when `PRELABEL_TRANSFORMERS_PYTHON` names a
 *   python that has them.
 *
 * Words come again in every round, and their tokens are remembered, as in the texts of one project.
 *
 * Run: `npx jiti bench/ner.ts [model folder] [rounds]`
 */

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRecognizer } from '../src/adapters/ner/recognizer.js'
import { readModelFolder, TRANSFORMERS_CONFIG } from '../src/adapters/text/model-folder.js'
import { loadTextModel, type TextModel } from '../src/adapters/text/text-model.js'
import type { Session } from '../src/inference/session.js'

const [folder = 'examples/models/rampart-pii', roundsText = '12'] = process.argv.slice(2)
const rounds = Number(roundsText)
const THREADS = 1
const PAGES = 50
const SENTENCES_A_PAGE = 20

type Run = Parameters<Session['run']>

const reference: { cases: { text: string }[] } = JSON.parse(
  readFileSync('test/fixtures/rampart-pii/reference.json', 'utf8'),
)
const sentences = reference.cases.slice(0, 16).map(({ text }) => text)
const take = (count: number) => Array.from({ length: count }, (_, index) => sentences[index % sentences.length] ?? '')
const groups: Readonly<Record<string, readonly string[]>> = {
  'batch 1': take(1),
  'batch 8': take(8),
  'batch 32': take(32),
  [`${PAGES} pages`]: [take(PAGES * SENTENCES_A_PAGE).join(' ')],
}

const files = await readModelFolder(folder, TRANSFORMERS_CONFIG)
const model = await loadTextModel(files, {
  owner: 'bench',
  classifies: 'tokens',
  threads: THREADS,
  microBatch: 32,
  microBatchTokens: 512,
})
const recognizer = createRecognizer(model)
const pipelines = { torch: askPipeline('torch'), onnxruntime: askPipeline('onnxruntime') }

console.log(`${folder}, ${THREADS} thread, node ${process.version}, best of ${rounds} rounds, ms\n`)
console.log(
  '| what | sentences/s | ours | bare session.run | ratio | median of ratios | pipeline, onnxruntime | pipeline, torch |',
)
console.log('| --- | --- | --- | --- | --- | --- | --- | --- |')
for (const [what, texts] of Object.entries(groups)) await measure(what, texts)
await model.dispose()

async function measure(what: string, texts: readonly string[]): Promise<void> {
  const runs = await recordRuns(model, () => recognizer.recognize(texts))
  const replay = async () => {
    for (const run of runs) await model.session.run(...run)
  }
  await replay()
  const document = texts.length === 1 && what !== 'batch 1'
  const count = document ? PAGES * SENTENCES_A_PAGE : texts.length
  const pairs: { ours: number; bare: number }[] = []
  for (let round = 0; round < (document ? 3 : rounds); round++)
    pairs.push({ ours: await time(() => recognizer.recognize(texts)), bare: await time(replay) })
  const [ours, bare] = [Math.min(...pairs.map((pair) => pair.ours)), Math.min(...pairs.map((pair) => pair.bare))]
  const ratios = pairs.map((pair) => pair.ours / pair.bare).sort((a, b) => a - b)
  const cells = [
    ((count / ours) * 1000).toFixed(0),
    ours.toFixed(2),
    bare.toFixed(2),
    (ours / bare).toFixed(3),
    ratios[ratios.length >> 1]?.toFixed(3),
    pipelines.onnxruntime?.[what]?.toFixed(2) ?? '–',
    pipelines.torch?.[what]?.toFixed(2) ?? '–',
  ]
  console.log(`| ${what} | ${cells.join(' | ')} |`)
}

/** The best time of each group by the Python pipeline, in milliseconds. */
function askPipeline(runtime: 'torch' | 'onnxruntime'): Record<string, number> | undefined {
  const python = process.env.PRELABEL_TRANSFORMERS_PYTHON
  if (python === undefined) {
    console.log(`skipped: the pipeline on ${runtime}; PRELABEL_TRANSFORMERS_PYTHON names no python`)
    return undefined
  }
  const input = JSON.stringify({ folder, weights: files.modelFile, runtime, threads: THREADS, rounds, groups })
  const { status, stdout, stderr } = spawnSync(python, ['bench/ner-pipeline.py'], {
    input,
    encoding: 'utf8',
    env: { ...process.env, OMP_NUM_THREADS: `${THREADS}`, TOKENIZERS_PARALLELISM: 'false' },
  })
  if (status === 0) return JSON.parse(stdout)
  console.log(`skipped: the pipeline on ${runtime}: ${stderr.trim().split('\n').at(-1)}`)
  return undefined
}

/** The inputs that a call gives to the model. */
async function recordRuns({ session }: TextModel, call: () => Promise<unknown>): Promise<Run[]> {
  const runs: Run[] = []
  const run = session.run
  session.run = (...input) => {
    runs.push(input)
    return run.apply(session, input)
  }
  await call()
  session.run = run
  return runs
}

async function time(call: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await call()
  return performance.now() - started
}
