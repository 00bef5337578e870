import { describe, expect, it } from 'vitest'
import { createDraft, readAnnotations, readPrediction, readResults } from '../../../src/results/index.js'
import { config, surfaces, task } from '../arbitrary-saying.js'

const annotations = [
  { id: 1, completed_by: 5, was_cancelled: false, ground_truth: false, created_at: '2026-01-01T00:00:00Z', result: [] },
  {
    id: 2,
    completed_by: { id: 5, email: 'a@b.c' },
    updated_at: '2026-01-03T00:00:00Z',
    ground_truth: true,
    result: [],
  },
  { id: 3, completed_by: 6, was_cancelled: true, created_at: '2026-01-04T00:00:00Z', result: [] },
  { id: 4, completed_by: 6, created_at: '2026-01-02T00:00:00Z', lead_time: 2.5, result: [] },
]
const idsOf = (filter: Parameters<typeof readAnnotations>[2]) =>
  readAnnotations(config, annotations, filter).map(({ id }) => id)

describe('readAnnotations', () => {
  it('filters', () => {
    expect(idsOf({})).toEqual([1, 2, 4])
    expect(idsOf({ filter: { cancelled: true } })).toEqual([1, 2, 3, 4])
    expect(idsOf({ filter: { groundTruth: true } })).toEqual([2])
    expect(idsOf({ filter: { annotators: [6] } })).toEqual([4])
    expect(idsOf({ filter: { latest: true } })).toEqual([2])
    expect(idsOf({ filter: { latest: 'each-annotator' } })).toEqual([2, 4])
  })

  it('reads drafts, and takes nothing for granted', () => {
    const [draft] = readAnnotations(config, [{ user: 'ada', result: 'x' }, null])
    expect(draft).toMatchObject({ annotator: 'ada', cancelled: false, regions: [], createdAt: undefined })
  })
})

describe('readResults', () => {
  it('joins what is said of one region', () => {
    const draft = createDraft(config, { task, surfaces })
    const box = { x: 1, y: 2, width: 3, height: 4, unit: 'pixel' } as const
    const region = draft.control('rectangle').rectangle({ ...box, score: 0.5, meta: { text: ['note'] } })
    draft.attach(region, 'split').label(['Car', 'bus'])
    draft.attach(region, 'transcription').text('abc')
    const child = draft.control('rectanglelabels').rectangle({ ...box, label: 'Car', parent: region, hidden: true })
    draft.relate(child, region, { direction: 'bi', labels: ['of'] })
    const read = readPrediction(config, draft.finish())
    expect(read).toMatchObject({
      score: 0.5,
      regions: [
        {
          id: region.id,
          control: 'rectangle',
          object: 'img',
          shape: { kind: 'rectangle', unit: 'pixel' },
          labels: ['Car', 'bus'],
          answers: [{ kind: 'text', control: 'transcription', content: ['abc'] }],
          score: 0.5,
          meta: { text: ['note'] },
        },
        { id: child.id, parentId: region.id, labels: ['Car'] },
      ],
      relations: [{ from_id: child.id, to_id: region.id, direction: 'bi', labels: ['of'] }],
      unread: [],
    })
    expect(read.regions[0]?.results).toHaveLength(3)
  })

  it('keeps what it cannot read as it stands', () => {
    const strange = { from_name: 'nobody', to_name: 'img', type: 'magnify', value: { by: 2 } }
    const broken = { from_name: 'rectangle', to_name: 'img', type: 'rectangle', value: { x: 1 } }
    expect(readResults(config, [strange, broken, 7])).toEqual({
      regions: [],
      relations: [],
      unread: [strange, broken, 7],
    })
  })
})
