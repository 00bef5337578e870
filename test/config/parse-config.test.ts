import { describe, expect, it } from 'vitest'
import { findControl, objectsOf, parseConfig } from '../../src/config/index.js'

const XML = `<View>
  <Image name="photo" value="$image"/>
  <RectangleLabels name="vehicle" toName="photo">
    <Label value="Car"/><Label value="Bus" alias="bus" predicted_values="coach, minibus"/>
  </RectangleLabels>
  <Choices name="light" toName="photo" choice="multiple"><Choice value="Day"/></Choices>
</View>`

describe('parseConfig', () => {
  it('reads controls, objects and labels, with their places', () => {
    const config = parseConfig(XML)
    expect([...config.objects.keys()]).toEqual(['photo'])
    const vehicle = config.controls.get('vehicle')
    expect(vehicle).toMatchObject({
      tag: 'RectangleLabels',
      toName: ['photo'],
      labels: ['Car', 'bus'],
      resultType: 'rectanglelabels',
      valueKey: 'rectanglelabels',
      multiple: false,
      path: 'View/RectangleLabels[vehicle]',
      position: { line: 3, column: 3 },
    })
    expect(config.controls.get('light')?.multiple).toBe(true)
    const control = findControl(config, 'light')
    expect(control && objectsOf(config, control).map(({ field }) => field)).toEqual(['image'])
  })
})
