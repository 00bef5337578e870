import { describe, expect, it } from 'vitest'
import { parsePythonLiteral } from '../../src/inference/python-literal.js'

describe('parsePythonLiteral', () => {
  it.each([
    [
      "{0: 'person', 10: 'Title', 2: \"it's\"}",
      new Map([
        [0, 'person'],
        [10, 'Title'],
        [2, "it's"],
      ]),
    ],
    ['[640, 640]', [640, 640]],
    ['(17, 3,)', [17, 3]],
    [
      "{'nms': True, 'data': None, 'x': -1.5e-3}",
      new Map<string, unknown>([
        ['nms', true],
        ['data', null],
        ['x', -0.0015],
      ]),
    ],
    ["{0: ['nose', 'eye']}", new Map([[0, ['nose', 'eye']]])],
    ['["a", "b"]', ['a', 'b']],
    ["'a\\'b\\n\\x41\\u00e9\\U0001f600\\\\'", "a'b\nAé😀\\"],
    ['32', 32],
    ['{}', new Map()],
    [' [ ] ', []],
  ])('%s', (source, value) => {
    expect(parsePythonLiteral(source)).toEqual(value)
  })

  it.each(['', '[1', '{1: 2', "{'a' 1}", "'open", 'name', '[1] 2', '{[1]: 2}', '[1,,2]'])('refuses %j', (source) => {
    expect(() => parsePythonLiteral(source)).toThrow(/^Cannot read /)
  })
})
