import { expect, test } from 'vitest'
import { labelWatch } from '../../../src/adapters/text/unknown-labels.js'
import { findControl, parseConfig } from '../../../src/config/index.js'
import { textItem } from './text-item.js'

const config = parseConfig(`<View><Text name="text" value="$text"/>
  <Labels name="tags" toName="text"><Label value="ORG"/><Label value="PER"/></Labels></View>`)
const tags = findControl(config, 'tags')
const item = textItem({ kind: 'text', text: 'x' }, { controls: tags === undefined ? [] : [tags] })

function recorder() {
  const warned: (object | undefined)[] = []
  const none = () => undefined
  return { warned, logger: { debug: none, info: none, error: none, warn: (fields: object) => warned.push(fields) } }
}

test('labels that options name and no control has are told once, with the one that was meant', () => {
  const { warned, logger } = recorder()
  const warn = labelWatch({ prompts: ['ORGX', 'PER'], labelThresholds: ['city'] })
  warn([item], logger)
  warn([item], logger)
  expect(warned).toEqual([
    { option: 'prompts', label: 'ORGX', hint: 'Did you mean `ORG`?' },
    { option: 'labelThresholds', label: 'city', hint: 'The labels are ORG, PER.' },
  ])
})

test('a task that brings no labels says nothing of them', () => {
  const { warned, logger } = recorder()
  labelWatch({ prompts: ['ORG'] })([textItem({ kind: 'text', text: 'x' }, { controls: [] })], logger)
  expect(warned).toEqual([])
})
