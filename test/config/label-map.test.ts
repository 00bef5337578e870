import { describe, expect, it } from 'vitest'
import { type ControlTag, createLabelMap, parseConfig } from '../../src/config/index.js'

function control(options: string, attributes = ''): ControlTag {
  const xml = `<View><Image name="i" value="$i"/><RectangleLabels name="b" toName="i" ${attributes}>${options}</RectangleLabels></View>`
  const found = parseConfig(xml).controls.get('b')
  if (found === undefined) throw new Error('no control')
  return found
}

const vehicles = control(`<Label value="Car" predicted_values="car,truck"/><Label value="Airplane" alias="plane"/>
  <Label value="Bus"/><Label value="Unseen"/>`)

describe('createLabelMap', () => {
  it('goes from the author’s map to folded case, and says by which rule', () => {
    const { report } = createLabelMap(vehicles, ['truck', 'Bus', 'plane', 'Airplane', 'bus', 'CAR', 'dog', 'cat'], {
      map: { cat: 'Bus' },
    })
    expect(report.mapped).toEqual([
      { model: 'truck', label: 'Car', by: 'predicted_values' },
      { model: 'Bus', label: 'Bus', by: 'label' },
      { model: 'plane', label: 'plane', by: 'label' },
      { model: 'Airplane', label: 'plane', by: 'value' },
      { model: 'bus', label: 'Bus', by: 'case-folded' },
      { model: 'CAR', label: 'Car', by: 'case-folded' },
      { model: 'cat', label: 'Bus', by: 'map' },
    ])
    expect(report.unmapped).toEqual(['dog'])
    expect(report.unused).toEqual(['Unseen'])
  })

  it('finds labels under the very names that the model says', () => {
    const map = createLabelMap(control('<Label value="person"/>'), ['Person'])
    expect(map.labelFor('Person')).toBe('person')
    expect(map.report.mapped[0]?.model).toBe('Person')
  })

  it('lets the author drop a class that would be mapped', () => {
    const map = createLabelMap(vehicles, ['car', 'truck'], { map: { truck: null } })
    expect(map.labelFor('truck')).toBeUndefined()
    expect(map.report.unmapped).toEqual(['truck'])
  })

  it('drops, keeps or refuses what means no label', () => {
    expect(createLabelMap(vehicles, ['dog']).labelFor('dog')).toBeUndefined()
    expect(createLabelMap(vehicles, ['dog'], { unmapped: 'keep' }).labelFor('dog')).toBe('dog')
    expect(() => createLabelMap(vehicles, ['dog', 'car'], { unmapped: 'fail' })).toThrow('no label for "dog"')
    expect(() => createLabelMap(vehicles, ['dog'], { unmapped: 'fail', map: { dog: null } })).not.toThrow()
  })

  it('takes any class where labels come with the task, unless told otherwise', () => {
    const open = control('', 'value="$labels"')
    expect(createLabelMap(open, undefined).labelFor('anything')).toBe('anything')
    expect(createLabelMap(open, undefined, { unmapped: 'drop' }).labelFor('anything')).toBeUndefined()
  })

  it('refuses a map to a label that is not there', () => {
    expect(() => createLabelMap(vehicles, ['dog'], { map: { dog: 'Dog' } })).toThrow(
      expect.objectContaining({ code: 'unknown-label' }),
    )
  })

  it('is not fooled by names of Object', () => {
    const map = createLabelMap(vehicles, ['constructor', '__proto__'], { map: { toString: 'Car' } })
    expect(map.report.unmapped).toEqual(['constructor', '__proto__'])
  })
})
