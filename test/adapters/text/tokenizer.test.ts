import { readdirSync, readFileSync } from 'node:fs'
import * as transformers from '@huggingface/transformers'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { type AlignedTokenizer, createAlignedTokenizer, type Token } from '../../../src/adapters/text/tokenizer.js'
import { readReference } from '../ner/ner-reference.js'
import { BERT_NER, BIOES_NER, RAMPART, ROBERTA_NER } from './model-folders.js'

const json = (file: string) => z.looseObject({}).parse(JSON.parse(readFileSync(file, 'utf8')))
const open = (folder: string) =>
  createAlignedTokenizer(transformers, json(`${folder}/tokenizer.json`), json(`${folder}/tokenizer_config.json`))

test.each([
  ['bert-ner', BERT_NER],
  ['bert-ner-bioes-uncased', BIOES_NER],
  ['roberta-ner', ROBERTA_NER],
  ['rampart-pii', RAMPART],
])('%s: ids and offsets of every text are those of huggingface/tokenizers', (name, folder) => {
  const tokenizer = open(folder)
  const cases = readReference(name).filter(({ offsets }) => offsets !== undefined)
  expect(cases.length).toBeGreaterThan(40)
  for (const { text, ids, offsets } of cases) {
    const tokens = tokenizer.tokenize(text)
    const { before, after } = tokenizer.special
    expect([...before, ...tokens.map(({ id }) => id), ...after], text).toEqual(ids)
    expect([0, 0, ...tokens.flatMap(({ start, end }) => [start, end]), 0, 0], text).toEqual(offsets)
  }
})

const reference = z.object({
  tokenizer: z.looseObject({ normalizer: z.looseObject({}) }),
  cases: z.array(z.object({ text: z.string(), ids: z.array(z.number()), offsets: z.array(z.number()) })),
})

const KINDS = readdirSync('test/fixtures/tokenizers').map((file) => file.replace('.json', ''))

/** Where the offsets differ from huggingface/tokenizers, they do so on purpose: see `expectPlace`. */
test.each(KINDS)('%s: ids are those of huggingface/tokenizers, offsets too', (kind) => {
  const { tokenizer: file, cases } = reference.parse(json(`test/fixtures/tokenizers/${kind}.json`))
  const tokenizer = createAlignedTokenizer(transformers, file, { unk_token: '<unk>' })
  for (const { text, ids, offsets } of cases) {
    const tokens = tokenizer.tokenize(text)
    expect(
      tokens.map(({ id }) => id),
      text,
    ).toEqual(ids)
    for (const [index, token] of tokens.entries()) expectPlace(token, offsets.slice(2 * index, 2 * index + 2), text)
  }
})

const MARK = /^[\p{M}\u1160-\u11FF\uFF9E\uFF9F]$/u

/**
 * Ours is theirs without spaces at the edges, and empty, or all of the white space, for a space mark. Inside a
 * letter with marks that the normalizer composes or reorders, ours and theirs may share the letter in other ways.
 */
function expectPlace({ token, start, end }: Token, [theirStart = 0, theirEnd = 0]: number[], text: string) {
  if (/^[▁Ġ_]+$/.test(token) && /^\s*$/.test(text.slice(start, end))) return
  let [from, to] = [theirStart, theirEnd]
  while (from < to && text[from] === ' ') from++
  while (to > from && text[to - 1] === ' ') to--
  if (start !== from) expect(letterAt(start, text), `${token} in ${text}`).toEqual(letterAt(from, text))
  if (end !== to) expect(letterAt(end - 1, text), `${token} in ${text}`).toEqual(letterAt(to - 1, text))
}

/** Where the letter with its marks begins and ends; only one with marks can be shared. */
function letterAt(index: number, text: string): [number, number] {
  let [first, last] = [index, index + 1]
  while (first > 0 && MARK.test(text.charAt(first))) first--
  while (MARK.test(text.charAt(last))) last++
  return [first, last]
}

test('a tokenizer of another kind is refused by name', () => {
  const file = json(`${BERT_NER}/tokenizer.json`)
  expect(() => createAlignedTokenizer(transformers, { ...file, normalizer: { type: 'Nmt' } }, {})).toThrow(
    expect.objectContaining({ code: 'tokenizer-not-supported' }),
  )
})

test('pairs: what stands around and between two texts', () => {
  const bert: AlignedTokenizer = open(BERT_NER)
  expect(bert.special).toEqual({ before: [2], after: [3], between: [3], afterPair: [3], secondSegment: 1 })
  expect(open(ROBERTA_NER).special).toMatchObject({ before: [0], after: [2], between: [2, 2], afterPair: [2] })
})
