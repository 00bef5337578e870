import { expect, test } from 'vitest'
import { wordsOf } from '../../../src/adapters/gliner/words.js'

// The words are those of Python's re.findall(r'\w+(?:[-_]\w+)*|\S', text).
test.each([
  ['Smith-Jones met O_Neill.', ['Smith-Jones', 'met', 'O_Neill', '.']],
  ['a--b -c- _d', ['a', '-', '-', 'b', '-', 'c', '-', '_d']],
  ['日本の½ Ⅻ ²', ['日本の½', 'Ⅻ', '²']],
  ['cafe\u0301 हिन्दी', ['cafe', '\u0301', 'ह', 'ि', 'न', '्', 'द', 'ी']],
  ['😀👩‍👧', ['😀', '👩', '\u200d', '👧']],
  ['a\u0085b\u001cc\ufeffd\u3000e', ['a', 'b', 'c', '\ufeff', 'd', 'e']],
  [' \r\n\t', []],
])('%j is cut as Python cuts it', (text, words) => {
  const found = wordsOf(text)
  expect(found.map((word) => word.text)).toEqual(words)
  for (const word of found) expect(text.slice(word.start, word.end)).toBe(word.text)
})
