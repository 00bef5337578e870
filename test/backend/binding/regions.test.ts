import { describe, expect, it } from 'vitest'
import type { ModelInfo } from '../../../src/adapters/adapter.js'
import { defineAdapter } from '../../../src/adapters/define-adapter.js'
import type { Finding, RegionAnswer } from '../../../src/results/index.js'
import { quietBackend } from '../harness.js'

const config = (condition = '') => `
<View>
  <Text name="note" value="$note"/>
  <Labels name="entity" toName="note"><Label value="Person"/></Labels>
  <Choices name="mood" toName="note" perRegion="true" ${condition}><Choice value="Good"/><Choice value="Bad"/></Choices>
</View>`

/** Calls the first word a person, in a mood. */
function moody(
  parts: { info?: ModelInfo; controls?: string[]; answersRegions?: boolean; answers?: readonly RegionAnswer[] } = {},
) {
  const { info = {}, controls, answersRegions = true, answers = [mood('glad', 0.7)] } = parts
  return defineAdapter({
    name: 'moody',
    version: '1.0.0',
    fills: { Labels: ['Text'], Choices: ['Text'] },
    answersRegions,
    labelMap: { glad: 'Good' },
    ...(controls === undefined ? {} : { controls }),
    inspect: () => info,
    predict: (items) =>
      items.map(({ input }): Finding[] => {
        const end = input.text.indexOf(' ')
        return [{ kind: 'span', label: 'Person', start: 0, end, score: 0.9, answers }]
      }),
  })
}

const mood = (label: string, score: number): RegionAnswer => ({
  kind: 'classification',
  control: 'mood',
  classes: [{ label, score }],
})

const report = async (adapter: ReturnType<typeof moody>, xml = config()) =>
  (await quietBackend({ adapters: [adapter] }).report(xml)).controls.find(({ control }) => control === 'mood')

describe('a per-region control', () => {
  it('is filled, through the label map, by an adapter that answers regions', async () => {
    expect(
      await report(moody({ info: { kinds: ['span', 'classification'], classes: ['Person', 'glad'] } })),
    ).toMatchObject({
      filledBy: [{ adapter: 'moody', objects: ['note'], labels: { mapped: [{ model: 'glad', label: 'Good' }] } }],
    })
  })

  it.each([
    ['answers no regions', moody({ answersRegions: false }), 'asked about whole objects'],
    ['draws none there', moody({ controls: ['mood'] }), 'this adapter draws none here'],
    ['makes no such answers', moody({ info: { kinds: ['span', 'text'] } }), 'its model makes span, text'],
  ])('is not filled by one that %s', async (_, adapter, reason) => {
    const { filledBy, refused } = (await report(adapter)) ?? {}
    expect(filledBy).toEqual([])
    expect(refused).toMatchObject([{ adapter: 'moody', reason: expect.stringContaining(reason) }])
  })

  it('changes the model version with the regions that it is asked of', async () => {
    const versions = await Promise.all(
      [config(), config('whenLabelValue="Person"'), config('hotkey="x"')].map(
        async (xml) => (await quietBackend({ adapters: [moody()] }).report(xml)).modelVersion,
      ),
    )
    expect(versions[1]).not.toBe(versions[0])
    expect(versions[2]).toBe(versions[0])
  })
})

describe('answers of regions in a prediction', () => {
  const predict = async (adapter: ReturnType<typeof moody>) => {
    const tasks = [{ id: 1, data: { note: 'Anna smiles' } }]
    const [answer] = await quietBackend({ adapters: [adapter] }).predict(tasks, { config: config() })
    return { result: answer?.prediction?.result, issues: answer?.issues }
  }
  const region = { from_name: 'entity', value: { start: 0, end: 4, text: 'Anna', labels: ['Person'] }, score: 0.9 }
  const answered = { from_name: 'mood', value: { start: 0, end: 4, text: 'Anna', choices: ['Good'] } }

  it('stand beside their region', async () => {
    expect(await predict(moody())).toMatchObject({ result: [region, { ...answered, score: 0.7 }], issues: [] })
  })

  it('lose scores that are none, and are reported where their classes mean nothing', async () => {
    const { result, issues } = await predict(moody({ answers: [mood('glad', 7)] }))
    expect(result).toMatchObject([region, answered])
    expect(result?.[1]).not.toHaveProperty('score')
    expect(issues).toMatchObject([{ code: 'score-out-of-range', path: 'findings[0].answers[0].classes[0].score' }])
    expect(await predict(moody({ answers: [mood('blue', 0.7)] }))).toMatchObject({
      result: [region],
      issues: [{ code: 'class-unmapped', message: expect.stringContaining('"blue"') }],
    })
  })
})
