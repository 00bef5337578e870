import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../../src/config/index.js'
import { validatePrediction } from '../../../src/results/index.js'
import { config, surfaces, task } from '../arbitrary-saying.js'

const picture = { original_width: 37, original_height: 23, image_rotation: 0 }
const box = { x: 10, y: 10, width: 20, height: 20, rotation: 0 }

/** A right result of the control, with changes. */
const onPicture = (value: object, more: object = {}) => ({
  id: 'r1',
  from_name: 'rectanglelabels',
  to_name: 'img',
  type: 'rectanglelabels',
  value: { ...box, rectanglelabels: ['Car'], ...value },
  ...picture,
  ...more,
})
const onText = (from: string, type: string, value: object) => ({ from_name: from, to_name: 'text', type, value })
const span = (value: object) => onText('ner', 'labels', { labels: ['Car'], ...value })

function issuesOf(...result: unknown[]): string[] {
  return validatePrediction(config, { result }, { task, surfaces }).map(
    ({ severity, code, path }) => `${severity} ${code} ${path}`,
  )
}

describe('validatePrediction', () => {
  it('says the path, the cause and what to do', () => {
    expect(validatePrediction(config, { result: [onPicture({}), onPicture({ width: 104.2 }, { id: 'r2' })] })).toEqual([
      {
        code: 'out-of-range',
        severity: 'error',
        path: 'result[1].value.width',
        message: 'width is 104.2, must be at most 100',
        hint: 'Label Studio wants percent of the picture, not pixels.',
      },
    ])
  })

  it('holds what a <ReactCode> gives back against its fields', () => {
    const given = (reactcode: unknown) => ({
      from_name: 'react',
      to_name: 'react',
      type: 'reactcode',
      value: { reactcode },
    })
    expect(issuesOf(given({ note: {}, kind: 'x', many: ['y', 'x'], size: 5, stars: null }))).toEqual([])
    expect(issuesOf(given({ odd: 1, kind: 'z', many: 'x', size: 6, stars: 0.5 }))).toEqual([
      'warning unknown-output result[0].value.reactcode.odd',
      'warning invalid-output result[0].value.reactcode.kind',
      'warning invalid-output result[0].value.reactcode.many',
      'warning invalid-output result[0].value.reactcode.size',
      'warning invalid-output result[0].value.reactcode.stars',
    ])
    expect(issuesOf(given('x'))).toEqual(['error invalid-value result[0].value.reactcode'])
  })

  it.each<[string, unknown, string[]]>([
    ['a right rectangle', onPicture({}), []],
    ['a missing number', onPicture({ width: undefined }), ['error missing-value result[0].value.width']],
    ['a text for a number', onPicture({ x: '1' }), ['error invalid-value result[0].value.x']],
    ['a part outside', onPicture({ x: 90 }), ['warning outside-picture result[0].value.width']],
    ['all of it outside', onPicture({ x: -30 }), ['error outside-picture result[0].value.x']],
    ['a turned part outside', onPicture({ x: 90, rotation: 30 }), []],
    [
      'an unknown label',
      onPicture({ rectanglelabels: ['car'] }),
      ['error unknown-label result[0].value.rectanglelabels[0]'],
    ],
    [
      'a value beside its alias',
      onPicture({ rectanglelabels: ['Big bus'] }),
      ['warning unknown-label result[0].value.rectanglelabels[0]'],
    ],
    ['keys of another shape', onPicture({ points: [] }), ['error drawn-otherwise result[0].value']],
    [
      'no size of the picture',
      onPicture({}, { original_width: undefined }),
      ['warning missing-size result[0].original_width'],
    ],
    ['a type in tag case', onPicture({}, { type: 'RectangleLabels' }), ['error unknown-type result[0].type']],
    ['an odd origin', onPicture({}, { origin: 'model' }), ['error invalid-origin result[0].origin']],
    ['a score above 1', onPicture({}, { score: 1.2 }), ['warning score-out-of-range result[0].score']],
    ['a page below 0', onPicture({}, { item_index: -1 }), ['error invalid-value result[0].item_index']],
    ['an unknown parent', onPicture({}, { parentID: 'x' }), ['warning unknown-parent result[0].parentID']],
    [
      'a misspelt control',
      onPicture({}, { from_name: 'rectanglelabel' }),
      ['error unknown-control result[0].from_name'],
    ],
    ['an object of another control', onPicture({}, { to_name: 'html' }), ['warning wrong-object result[0].to_name']],
    ['a span past the text', span({ start: 0, end: 99 }), ['error invalid-span result[0].value.end']],
    [
      'another text than the span covers',
      span({ start: 0, end: 3, text: 'Bob' }),
      ['warning text-mismatch result[0].value.text'],
    ],
    ['offsets as text', span({ start: '0', end: 3 }), ['warning number-as-text result[0].value.start']],
    [
      'two picks of one',
      onText('one', 'choices', { choices: ['Day', 'n'] }),
      ['error too-many-choices result[0].value.choices'],
    ],
    [
      'a path that is not in the tree',
      onText('taxonomy', 'taxonomy', { taxonomy: [['Dog', 'Animal']] }),
      ['warning unknown-path result[0].value.taxonomy[0]'],
    ],
    [
      'a number beyond its bounds',
      onText('number', 'number', { number: 11 }),
      ['error out-of-range result[0].value.number'],
    ],
    [
      'no date',
      onText('datetime', 'datetime', { datetime: 'soon' }),
      ['error invalid-datetime result[0].value.datetime'],
    ],
    ['no list of texts', onText('textarea', 'textarea', { text: [1] }), ['error invalid-value result[0].value.text']],
    [
      'a transcription of no region',
      { ...onText('transcription', 'textarea', { text: ['a'] }), to_name: 'img' },
      ['error no-region result[0]'],
    ],
    [
      'a relation to nothing',
      { type: 'relation', from_id: 'a', to_id: 'b', direction: 'up', labels: ['x'] },
      [
        'error unknown-region result[0].from_id',
        'error unknown-region result[0].to_id',
        'error invalid-direction result[0].direction',
        'warning unknown-label result[0].labels[0]',
      ],
    ],
    ['a text', 'x', ['error invalid-result result[0]']],
  ])('%s', (_, result, expected) => {
    expect(issuesOf(JSON.parse(JSON.stringify(result)))).toEqual(expected)
  })

  it('sees what results are together', () => {
    const labelled = { ...onPicture({}, { from_name: 'split', type: 'labels' }), value: { ...box, labels: ['Car'] } }
    const plain = { ...onPicture({}, { from_name: 'rectangle', type: 'rectangle' }), value: box }
    const bare = { ...labelled, value: { labels: ['Car'] } }
    expect(issuesOf(plain, labelled)).toEqual([])
    expect(issuesOf(bare, plain)).toEqual(['error geometry-not-first result[0]'])
    expect(issuesOf(plain, { ...labelled, value: { ...labelled.value, x: 11 } })).toEqual([
      'warning geometry-differs result[1].value',
    ])
    expect(issuesOf(onPicture({}), onPicture({ x: 20 }))).toContain('error duplicate-id result[1].id')
    const choice = onText('one', 'choices', { choices: ['Day'] })
    expect(issuesOf(choice, choice)).toEqual(['warning overwritten result[0]'])
  })

  it('takes labels that the task brings', () => {
    const dynamic = parseConfig(
      '<View><Text name="t" value="$t"/><Choices name="c" toName="t" value="$options"/></View>',
    )
    const prediction = { result: [{ from_name: 'c', to_name: 't', type: 'choices', value: { choices: ['B'] } }] }
    const withOptions = (options: unknown) => ({ task: { data: { t: 'x', options } } })
    expect(validatePrediction(dynamic, prediction)).toEqual([])
    expect(validatePrediction(dynamic, prediction, withOptions([{ value: 'bee', alias: 'B' }]))).toEqual([])
    expect(validatePrediction(dynamic, prediction, withOptions([{ value: 'A' }]))).toMatchObject([
      { code: 'unknown-label' },
    ])
  })

  it.each([[undefined], [{ result: null }], [{ result: {} }], ['x']])('refuses %j', (prediction) => {
    expect(validatePrediction(config, prediction)).toMatchObject([{ code: 'invalid-prediction', severity: 'error' }])
  })
})
