import { describe, expect, test } from 'vitest'
import { GLINER_SPAN, GLINER_TOKEN, glinerReference, loadGliner } from './gliner-reference.js'

describe.each([
  ['spans', GLINER_SPAN],
  ['tokens', GLINER_TOKEN],
])('a model that scores %s', (_, folder) => {
  const { texts, settings, long } = glinerReference(folder)
  const usual = { labels: ['person', 'city', 'company', 'date'], nested: false, multiLabel: false }
  const halves = { ...usual, thresholds: usual.labels.map(() => 0.5) }

  test.each(settings)(
    'finds what the Python package finds: $labels above $threshold, flat $flat_ner, multi $multi_label',
    async (setting) => {
      const { labels, threshold, flat_ner: flat, multi_label: multiLabel, entities } = setting
      for (const batch of [1, 8]) {
        const model = await loadGliner(folder, batch)
        const thresholds = labels.map(() => threshold)
        const found = await model.extract({ texts, labels, thresholds, nested: !flat, multiLabel })
        expect(found).toEqual(
          entities.map((of) => of.map((entity) => ({ ...entity, score: expect.closeTo(entity.score, 4) }))),
        )
        await model.dispose()
      }
    },
  )

  test('reads the beginning of a long text as the package does', async () => {
    const model = await loadGliner(folder)
    const [found] = await model.extract({ ...halves, texts: [long.text.slice(0, long.first)] })
    expect(found).toEqual(long.entities.map((entity) => ({ ...entity, score: expect.closeTo(entity.score, 4) })))
    await model.dispose()
  })

  test('reads the rest of it too, most of it as it reads single lines, and nothing twice', async () => {
    const model = await loadGliner(folder)
    const [found = []] = await model.extract({ ...halves, texts: [long.text] })
    const places = new Set(found.map(({ start, end, label }) => `${label} ${start} ${end}`))
    let from = 0
    const byLine = long.text.split('\n').flatMap((line, index) => {
      const at = from
      from += line.length + 1
      return (long.lines[index] ?? []).map(({ start, end, label }) => `${label} ${start + at} ${end + at}`)
    })
    expect(byLine.filter((place) => places.has(place)).length / byLine.length).toBeGreaterThan(0.8)
    for (const [index, { start }] of found.entries()) expect(start).toBeGreaterThanOrEqual(found[index - 1]?.end ?? 0)
    await model.dispose()
  })
})
