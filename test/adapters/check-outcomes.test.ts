import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../src/adapters/adapter.js'
import { checkOutcomes } from '../../src/adapters/check-outcomes.js'

/** What adapters return that no types hold. */
const untyped = (json: string): Outcome => JSON.parse(json)

const box = '"kind": "detection", "label": "car", "box": {"x": 1, "y": 2, "width": 3, "height": 4}'

describe('an outcome', () => {
  it('with something that is no finding is an error that names the adapter and the place', () => {
    const wrong = [
      ['[null]', 'findings[0]', 'no object'],
      ['["car"]', 'findings[0]', 'no object'],
      [`[{${box}}, {"label": "car"}]`, 'findings[1]', 'without `kind`'],
      ['[[{"kind": "text", "text": "x"}]]', 'findings[0]', 'without `kind`'],
      ['[{"kind": "classification"}]', 'findings[0].classes', 'no list'],
      ['[{"kind": "classification", "classes": "car"}]', 'findings[0].classes', 'no list'],
      ['[{"kind": "classification", "classes": [{"label": "car"}, null]}]', 'findings[0].classes[1]', 'no object'],
      ['[{"kind": "detection", "label": "car"}]', 'findings[0].box', 'no object'],
      ['[{"kind": "mask", "label": "car"}]', 'findings[0].mask', 'no object'],
      ['[{"kind": "pose", "label": "car"}]', 'findings[0].points', 'no list'],
      ['[{"kind": "track", "label": "car"}]', 'findings[0].frames', 'no list'],
      ['[{"kind": "timeline", "label": "car", "ranges": [3]}]', 'findings[0].ranges[0]', 'no object'],
      [`[{${box}, "answers": {}}]`, 'findings[0].answers', 'no list'],
      [`[{${box}, "answers": [{"kind": "classification"}]}]`, 'findings[0].answers[0].classes', 'no list'],
    ] as const
    const outcomes = checkOutcomes(
      'toy',
      wrong.map(([json]) => untyped(json)),
      wrong.length,
    )
    expect(outcomes).toMatchObject(
      wrong.map(([, path, is]) => ({
        code: 'adapter-outcome-invalid',
        path,
        message: `the adapter toy gave a ${path} that is ${is}`,
      })),
    )
  })

  it('of findings, of none, and an Error are taken as they are', () => {
    const given = [untyped(`[{${box}}, {"kind": "text", "text": "x"}]`), [], new Error('none')]
    expect(checkOutcomes('toy', given, 3)).toEqual(given)
  })

  it('that is left out is an error, too', () => {
    const holes: Outcome[] = new Array(2)
    holes[0] = []
    expect(checkOutcomes('toy', holes, 2)).toMatchObject([[], { code: 'adapter-outcome-invalid' }])
  })
})
