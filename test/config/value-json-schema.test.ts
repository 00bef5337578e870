import { describe, expect, it } from 'vitest'
import { parseConfig, valueJsonSchema } from '../../src/config/index.js'

function schemaOf(tag: string) {
  const config = parseConfig(`<View><Text name="t" value="$t"/><Image name="i" value="$i"/>${tag}</View>`)
  const control = [...config.controls.values()][0]
  if (control === undefined) throw new Error('no control')
  return valueJsonSchema(control)
}

const options = '<Choice value="A"/><Choice value="B" alias="b"/>'

describe('valueJsonSchema', () => {
  it.each([
    [`<Choices name="c" toName="t">${options}</Choices>`, { type: 'string', enum: ['A', 'b'] }],
    [
      `<Choices name="c" toName="t" choice="multiple">${options}</Choices>`,
      { type: 'array', items: { type: 'string', enum: ['A', 'b'] } },
    ],
    ['<Choices name="c" toName="t" value="$o"/>', { type: 'string' }],
    [
      `<Taxonomy name="c" toName="t">${options}</Taxonomy>`,
      { type: 'array', items: { type: 'array', items: { type: 'string', enum: ['A', 'b'] } } },
    ],
    ['<TextArea name="c" toName="t"/>', { type: 'array', items: { type: 'string' } }],
    ['<TextArea name="c" toName="t" maxSubmissions="1"/>', { type: 'string' }],
    ['<Number name="c" toName="t" min="-1" max="2.5"/>', { type: 'number', minimum: -1, maximum: 2.5 }],
    ['<Number name="c" toName="t"/>', { type: 'number' }],
    ['<Rating name="c" toName="t"/>', { type: 'integer', minimum: 0, maximum: 5 }],
    ['<Rating name="c" toName="t" maxRating="10"/>', { type: 'integer', minimum: 0, maximum: 10 }],
    ['<Pairwise name="c" toName="t,i"/>', { type: 'string', enum: ['left', 'right'] }],
    ['<Brush name="c" toName="i"/>', undefined],
    ['<Magnify name="c" toName="i"/>', undefined],
  ])('%s', (tag, schema) => {
    expect(schemaOf(tag)).toEqual(schema)
  })

  it('asks for regions with every member required', () => {
    expect(schemaOf('<Labels name="c" toName="t"><Label value="PER"/></Labels>')).toEqual({
      type: 'array',
      items: {
        type: 'object',
        properties: {
          label: { type: 'string', enum: ['PER'] },
          start: { type: 'integer', minimum: 0 },
          end: { type: 'integer', minimum: 0 },
          text: { type: 'string' },
        },
        required: ['label', 'start', 'end', 'text'],
        additionalProperties: false,
      },
    })
  })

  it('asks a ranker with buckets for each bucket', () => {
    const schema = schemaOf(
      '<List name="l" value="$l"/><Ranker name="c" toName="l"><Bucket name="best"/><Bucket name="rest"/></Ranker>',
    )
    expect(schema).toMatchObject({ required: ['best', 'rest'] })
  })

  it('says in which form a date is wanted', () => {
    expect(schemaOf('<DateTime name="c" toName="t" format="%d.%m.%Y"/>')?.description).toContain('%d.%m.%Y')
    expect(schemaOf('<DateTime name="c" toName="t" only="date"/>')?.description).toContain('2026-11-21')
  })
})
