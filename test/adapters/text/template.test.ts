import { expect, test } from 'vitest'
import { fillTemplate } from '../../../src/adapters/text/template.js'

const task = {
  data: {
    title: 'Tea',
    body: null,
    tags: ['hot', 'green'],
    shop: { name: 'Ida', open: true },
    prices: [{ cup: 3 }],
    image: { url: {} },
  },
}

test.each([
  ['{title}', 'Tea'],
  ['{title}:\n{tags}', 'Tea:\nhot\ngreen'],
  ['{shop.name} {shop.open} {prices[0].cup}', 'Ida true 3'],
  ['<{body}>', '<>'],
  ['{ title }', 'Tea'],
  ['plain {} text', 'plain {} text'],
])('%j becomes %j', (template, text) => {
  expect(fillTemplate(template, task)).toBe(text)
})

test.each([
  ['{missing}', 'data.missing'],
  ['{shop.missing}', 'data.shop.missing'],
  ['{image.url}', 'data.image.url'],
  ['{constructor}', 'data.constructor'],
])('%j is refused', (template, path) => {
  expect(() => fillTemplate(template, task)).toThrow(expect.objectContaining({ code: 'template-field-missing', path }))
})
