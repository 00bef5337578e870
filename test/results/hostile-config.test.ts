import { expect, it } from 'vitest'
import { findControl, parseConfig } from '../../src/config/index.js'
import { validatePrediction } from '../../src/results/index.js'

/** In ms of the processor, which other processes do not add to. */
function timeOf(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

const inView = (tag: string) => `<View><Text name="t" value="$t"/>${tag}</View>`
const saying = {
  result: [{ from_name: 'r', to_name: 't', type: 'reactcode', value: { reactcode: { note: 'x' } } }],
}

const withOutputs = (text: string) => parseConfig(inView(`<ReactCode name="r" toName="t" outputs="a${text}(("/>`))
const CASES: readonly (readonly [name: string, run: string, read: (text: string) => unknown])[] = [
  ['names', '{', (text) => findControl(parseConfig(inView(`<TextArea name="${text}" toName="t"/>`)), 'c')],
  ['numbers', '1', (text) => parseConfig(inView(`<Number name="r" toName="t" max="${text}x"/>`))],
  ...['a', ' ', 'a:b(', 'a ', 'a:'].map(
    (run) => [`outputs of ${run}`, run, (text: string) => validatePrediction(withOutputs(text), saying)] as const,
  ),
]

// Eight times the length takes some eight times as long; with a pattern of quadratic time it would be 64 times.
it.each(CASES)('a config takes time that grows with its length alone: %s', (_, run, read) => {
  const isSlow = () => {
    const [short = 0, long = 0] = [4000, 32_000].map((length) => {
      const text = run.repeat(length / run.length)
      return timeOf(() => read(text))
    })
    return long / Math.max(short, 0.5) > 32
  }
  expect([1, 2, 3, 4].every(isSlow)).toBe(false)
})
