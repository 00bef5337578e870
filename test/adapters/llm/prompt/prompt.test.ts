import { describe, expect, it } from 'vitest'
import type { FitEvent } from '../../../../src/adapters/adapter.js'
import { llm, openai } from '../../../../src/adapters/llm/index.js'
import { parseTemplate } from '../../../../src/adapters/llm/prompt/template.js'
import { withModel } from '../ask-model.js'
import { makeItem, picture } from '../make-items.js'

describe('templates', () => {
  it('put text between text, once', () => {
    const template = parseTemplate('{a} and { b.c[0] } and {{a}} and {a}')
    expect(template.names).toEqual(['a', 'b.c[0]', 'a'])
    expect(template.render((name) => `{${name}}`)).toBe('{a} and {b.c[0]} and {a} and {a}')
  })

  it.each(['{', 'a } b', 'a {} b', '{ }', '{a'])('%j is refused, with its place', (text) => {
    expect(() => parseTemplate(text)).toThrow(expect.objectContaining({ code: 'invalid-llm-template' }))
  })
})

const xml = `<View><Text name="body" value="$mail.body"/><Choices name="kind" toName="body"><Choice value="A"/></Choices></View>`
const data = { mail: { body: 'Hello', from: { name: 'Ann' } }, n: 7, tags: ['x'] }

const firstText = (template: string, given: Readonly<Record<string, unknown>> = data) =>
  withModel({ kind: 'answer' }, { template, confidence: 'none' }, async ({ answer, server }) => {
    await answer(makeItem(xml, given))
    return server.requests[0]?.messages[0]?.text.replaceAll(/data-[0-9a-f]{12}/g, 'data')
  })

it('fills in objects by name and by field, and other fields as they stand', async () => {
  expect(await firstText('{body}')).toBe('<data name="body">\nHello\n</data>')
  expect(await firstText('{mail.body}')).toBe('<data name="mail.body">\nHello\n</data>')
  expect(await firstText('From {mail.from.name}')).toBe('From <data name="mail.from.name">\nAnn\n</data>')
  expect(await firstText('{n}')).toBe('<data name="n">\n7\n</data>')
  expect(await firstText('{tags}')).toBe('<data name="tags">\n[\n "x"\n]\n</data>')
})

it.each(['{nothing}', '{constructor}', '{mail.__proto__}', '{mail.body.length}'])(
  '%s is no field of the task',
  async (template) => {
    await expect(firstText(template)).rejects.toMatchObject({ code: 'llm-template-field' })
  },
)

it('shows dialogues by number, data as JSON, and pictures as pictures', async () => {
  const config = `<View><Paragraphs name="talk" value="$talk"/><List name="list" value="$list"/><Image name="photo" value="$photo"/>
    <Choices name="a" toName="talk"><Choice value="A"/></Choices><Choices name="b" toName="list"><Choice value="B"/></Choices>
    <TextArea name="c" toName="photo"/></View>`
  const item = makeItem(config, {
    talk: [{ author: 'A', text: 'Hi' }, { text: 'Ho' }],
    list: [{ id: 1 }],
    photo: '/data/upload/1/a.png',
  })
  await withModel({ kind: 'answer' }, { confidence: 'none' }, async ({ answer, server }) => {
    await answer(item)
    const [message] = server.requests[0]?.messages ?? []
    expect(message?.text.replaceAll(/data-[0-9a-f]{12}/g, 'data')).toBe(
      '<data name="talk">\n[0] A: Hi\n[1] Ho\n</data>\n\n<data name="list">\n[\n {\n  "id": 1\n }\n]\n</data>\nThe picture "photo":',
    )
    expect(message?.images).toEqual([`data:image/png;base64,${Buffer.from(picture.bytes).toString('base64')}`])
  })
})

it('says when a picture is of a kind that models do not take', async () => {
  const config = `<View><Image name="photo" value="$photo"/><TextArea name="it" toName="photo"/></View>`
  const item = makeItem(config, { photo: 'a.tiff' })
  const tiff = { object: item.object, input: { ...picture, format: 'tiff' } }
  await withModel({ kind: 'answer' }, {}, async ({ answer }) => {
    await expect(answer({ ...item, ...tiff, inputs: [tiff] })).rejects.toMatchObject({ code: 'llm-input' })
  })
})

it("puts the author's instructions first, and is another model with others", async () => {
  await withModel({ kind: 'answer' }, { instructions: '  Be strict.\n' }, async ({ answer, server, adapter }) => {
    await answer(makeItem(xml, data))
    expect(server.requests[0]?.system).toMatch(/^You label data\..*\n\nBe strict\.\n\n- "kind"/)
    expect(JSON.stringify(adapter.options)).toContain('Be strict.')
    expect(JSON.stringify(adapter.options)).not.toContain('none"')
  })
})

const prompted = `<View><Text name="body" value="$mail.body"/><TextArea name="prompt_1" toName="body"/><TextArea name="summary" toName="body"/></View>`
const typed = (text: string) => ({
  type: 'textarea',
  from_name: 'prompt_1',
  to_name: 'body',
  value: { text: [text] },
})

it('takes the prompt that an annotator types for what is asked then, and what is remembered otherwise', async () => {
  const item = makeItem(prompted, data)
  const remembered = { prompt: 'In Bernese.', from: 'annotation' }
  await withModel({ kind: 'answer' }, { promptPrefix: 'prompt', confidence: 'none' }, async ({ answer, server }) => {
    await answer(item)
    await answer({ ...item, context: { results: [typed('In one word, please {body}')], prompts: [] }, remembered })
    await answer({ ...item, remembered })
    const [before, now, later] = server.requests
    expect(before?.system).not.toMatch(/Bernese|In one word/)
    expect(now?.system).toContain('\n\nIn one word, please {body}\n\n')
    expect(later?.system).toContain('\n\nIn Bernese.\n\n')
    expect(now?.schema?.required).toEqual(['summary'])
  })
})

describe('what is learnt of a project', () => {
  const provider = openai({ model: 'm' })
  const ignore = () => undefined
  const logger = { debug: ignore, info: ignore, warn: ignore, error: ignore }
  const learn = (event: Partial<FitEvent>, remembered?: unknown, prefix: string | undefined = 'prompt') => {
    const adapter = llm({ provider, ...(prefix === '' ? {} : { promptPrefix: prefix }) })
    const whole = { action: 'ANNOTATION_CREATED', project: '1', controls: [], annotations: [], ...event }
    return adapter.fit?.(whole, { remembered, logger })
  }
  const annotation = (...texts: string[]) => ({ id: 1, cancelled: false, results: texts.map(typed) })

  it('is the prompt of the last annotation that was not skipped', () => {
    const skipped = { ...annotation('skipped'), cancelled: true }
    expect(learn({ annotations: [annotation('first'), annotation('a', 'b'), skipped] })).toEqual({
      prompt: 'a\nb',
      from: 'annotation',
    })
    expect(learn({ annotations: [annotation()] })).toBeUndefined()
    expect(learn({ annotations: [annotation(' ')] })).toBeUndefined()
    expect(learn({ action: 'START_TRAINING' })).toBeUndefined()
    expect(learn({ annotations: [annotation('first')] }, undefined, '')).toBeUndefined()
  })

  it('is the prompt of the extra params, until they have none', () => {
    const setup = { action: 'SETUP', extraParams: { prompt: 'Be kind.', k: 'v' } }
    const learnt = learn(setup)
    expect(learnt).toEqual({ prompt: 'Be kind.', from: 'extra-params' })
    expect(learn({ action: 'SETUP', extraParams: null }, learnt)).toBeNull()
    expect(learn({ action: 'SETUP', extraParams: null }, { prompt: 'x', from: 'annotation' })).toBeUndefined()
  })
})
