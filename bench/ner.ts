/**
 * Measures entity recognition: sentences a second at batch 1, 8 and 32 and a document of about 50 pages, beside bare
 * `session.run` with the very same tensors, in one run on one machine. What is above 1 is the library's own share:
 * tokenizing, windows, softmax, aggregation, merging.
 *
 * Run: `npx jiti bench/ner.ts [model folder] [rounds]`
 */

import { readFileSync } from 'node:fs'
import { createRecognizer } from '../src/adapters/ner/recognizer.js'
import { readModelFolder, TRANSFORMERS_CONFIG } from '../src/adapters/text/model-folder.js'
import { loadTextModel, type TextModel } from '../src/adapters/text/text-model.js'
import type { Session } from '../src/inference/session.js'

const [folder = 'examples/models/rampart-pii', rounds = '12'] = process.argv.slice(2)
const PAGES = 50
const SENTENCES_A_PAGE = 20

type Run = Parameters<Session['run']>

const reference: { cases: { text: string }[] } = JSON.parse(
  readFileSync('test/fixtures/rampart-pii/reference.json', 'utf8'),
)
const sentences = reference.cases.slice(0, 16).map(({ text }) => text)
const take = (count: number) => Array.from({ length: count }, (_, index) => sentences[index % sentences.length] ?? '')

const model = await loadTextModel(await readModelFolder(folder, TRANSFORMERS_CONFIG), {
  owner: 'bench',
  classifies: 'tokens',
  threads: 1,
  microBatch: 32,
  microBatchTokens: 512,
})
const recognizer = createRecognizer(model)

console.log(`${folder}, 1 thread, node ${process.version}, best and median of ${rounds} rounds\n`)
console.log('| what | ours ms | bare session.run ms | ratio of bests | median of ratios | sentences/s |')
console.log('| --- | --- | --- | --- | --- | --- |')
for (const size of [1, 8, 32]) await measure(`batch ${size}`, take(size), size, Number(rounds))
const pages = take(PAGES * SENTENCES_A_PAGE).join(' ')
await measure(`${PAGES} pages, ${pages.length} characters`, [pages], PAGES * SENTENCES_A_PAGE, 3)
await model.dispose()

async function measure(what: string, texts: readonly string[], count: number, times: number): Promise<void> {
  const runs = await recordRuns(model, () => recognizer.recognize(texts))
  const replay = async () => {
    for (const run of runs) await model.session.run(...run)
  }
  await replay()
  const pairs: { ours: number; bare: number }[] = []
  for (let round = 0; round < times; round++)
    pairs.push({ ours: await time(() => recognizer.recognize(texts)), bare: await time(replay) })
  const [ours, bare] = [Math.min(...pairs.map((pair) => pair.ours)), Math.min(...pairs.map((pair) => pair.bare))]
  const ratios = pairs.map((pair) => pair.ours / pair.bare).sort((a, b) => a - b)
  const cells = [ours.toFixed(2), bare.toFixed(2), (ours / bare).toFixed(3), ratios[times >> 1]?.toFixed(3)]
  console.log(`| ${what} | ${cells.join(' | ')} | ${((count / ours) * 1000).toFixed(0)} |`)
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
