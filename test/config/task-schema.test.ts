import { describe, expect, it } from 'vitest'
import { parseConfig, taskJsonSchema, taskSchema } from '../../src/config/index.js'

const config = parseConfig(`<View>
  <Image name="photo" value="$image"/>
  <Image name="pages" valueList="$pages"/>
  <Paragraphs name="talk" value="$talk"/>
  <Paragraphs name="linked" value="$linked" valueType="url"/>
  <Text name="deep" value="$doc.parts[1].text"/>
  <Text name="woven" value="Title: $title"/>
  <Repeater on="$items"><Text name="item_{{idx}}" value="$items[{{idx}}].text"/></Repeater>
</View>`)

const task = {
  image: 'a.jpg',
  pages: ['1.png', '2.png'],
  talk: [{ author: 'A', text: 'Hi' }],
  linked: 'https://example.com/talk.json',
  doc: { parts: [null, { text: 'B' }], more: true },
  items: [{ text: 'x' }, { text: 'y' }],
}

const problems = (data: object) => {
  const { error } = taskSchema(config).safeParse({ ...task, ...data })
  return error?.issues.map(({ path }) => path.join('.')) ?? []
}

describe('taskSchema', () => {
  it('takes what the config can show, and other fields besides', () => {
    expect(problems({ id: 7 })).toEqual([])
  })

  it.each([
    [{ image: 3 }, 'image'],
    [{ image: undefined }, 'image'],
    [{ pages: 'one.png' }, 'pages'],
    [{ talk: 'https://example.com' }, 'talk'],
    [{ linked: [] }, 'linked'],
    [{ doc: { parts: [{ text: 'A' }] } }, 'doc.parts.1'],
    [{ doc: { parts: [null, {}] } }, 'doc.parts.1.text'],
    [{ items: [{ text: 'x' }, {}] }, 'items.1.text'],
  ])('refuses %j', (data, path) => {
    expect(problems(data)).toContain(path)
  })

  it('asks for both when two tags read one field', () => {
    const both = parseConfig('<View><Text name="a" value="$x.name"/><Table name="b" value="$x"/></View>')
    expect(taskSchema(both).safeParse({ x: { name: 'n', more: 1 } }).success).toBe(true)
    expect(taskSchema(both).safeParse({ x: {} }).success).toBe(false)
  })
})

it('is JSON Schema too', () => {
  expect(taskJsonSchema(config)).toMatchObject({
    type: 'object',
    properties: {
      image: { type: 'string' },
      pages: { type: 'array', items: { type: 'string' } },
      doc: { properties: { parts: { prefixItems: [{}, { properties: { text: { type: 'string' } } }] } } },
      items: { type: 'array', items: { type: 'object', required: ['text'] } },
    },
    required: ['image', 'pages', 'talk', 'linked', 'doc', 'items'],
  })
})
