import { expect, test } from 'vitest'
import { rules } from '../../src/adapters/rules/index.js'
import { createBackend } from '../../src/backend/index.js'

const CONFIG = `<View><Text name="text" value="$text"/>
  <Labels name="animal" toName="text"><Label value="Cat"/></Labels>
  <Labels name="food" toName="text"><Label value="Fish"/></Labels></View>`
const logger = { debug() {}, info() {}, warn() {}, error() {} }
const words = (name: string, label: string, control: string) =>
  rules({ name, rules: [{ label, terms: [label.toLowerCase()] }], controls: [control] })

test('two adapters of a kind serve one project under names of their own', async () => {
  const adapters = [words('animals', 'Cat', 'animal'), words('foods', 'Fish', 'food')]
  const backend = createBackend({ config: CONFIG, adapters, logger })
  const [answer] = await backend.predict([{ data: { text: 'the cat ate the fish' } }])
  expect(answer?.prediction?.model_version).toMatch(/^animals\+foods-/)
  expect(answer?.prediction?.result).toMatchObject([
    { from_name: 'animal', value: { labels: ['Cat'] } },
    { from_name: 'food', value: { labels: ['Fish'] } },
  ])
})

test('a name that cannot stand in a model version is refused', () => {
  expect(() => words('My Animals', 'Cat', 'animal')).toThrow(
    expect.objectContaining({ code: 'invalid-options', message: expect.stringMatching(/name: must be kebab-case/) }),
  )
})
