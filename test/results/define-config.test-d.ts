import { describe, expectTypeOf, it } from 'vitest'
import { defineConfig } from '../../src/define-config.js'

const config = defineConfig(`<View>
  <Image name="photo" value="$image"/>
  <Text name="body" value="$text"/>
  <RectangleLabels name="vehicle" toName="photo"><Label value="Car"/><Label value="Bus" alias="bus"/></RectangleLabels>
  <Choices name="light" toName="photo"><Choice value="Day"/><Choice value="Night"/></Choices>
  <Choices name="tags" toName="photo" choice="multiple"><Choice value="Wet"/><Choice value="Dry"/></Choices>
  <Labels name="ner" toName="body"><Label value="PER"/></Labels>
</View>`)
const task = { data: { image: 'photo.jpg', text: 'Ada' } }

describe('defineConfig', () => {
  it('knows the task data, controls and labels', () => {
    expectTypeOf<(typeof config)['$infer']['data']>().toEqualTypeOf<{ image: string; text: string }>()
    expectTypeOf(config.control('vehicle').labels).toEqualTypeOf<readonly ('Car' | 'bus')[]>()
    const draft = config.prediction({ task })
    draft.control('vehicle').rectangle({ label: 'bus', x: 1, y: 2, width: 3, height: 4, unit: 'percent' })
    draft.control('light').choose('Day')
    draft.control('tags').choose(['Wet', 'Dry'])
    draft.control('ner').span({ label: 'PER', start: 0, end: 3 })
    draft.surface('photo', { width: 10, height: 10 })
  })

  it('refuses what the config does not say', () => {
    // @ts-expect-error the task lacks `text`
    config.prediction({ task: { data: { image: 'photo.jpg' } } })
    const draft = config.prediction({ task })
    // @ts-expect-error no such control
    draft.control('lihgt')
    // @ts-expect-error no such choice
    draft.control('light').choose('Dusk')
    // @ts-expect-error one choice only
    draft.control('light').choose(['Day', 'Night'])
    // @ts-expect-error several choices are a list
    draft.control('tags').choose('Wet')
    // @ts-expect-error the alias replaces the value
    draft.control('vehicle').rectangle({ label: 'Bus', x: 1, y: 2, width: 3, height: 4, unit: 'percent' })
    // @ts-expect-error the unit is said, never guessed
    draft.control('vehicle').rectangle({ label: 'Car', x: 1, y: 2, width: 3, height: 4 })
    // @ts-expect-error a rectangle control marks no text
    draft.control('vehicle').span({ start: 0, end: 3 })
    // @ts-expect-error no such object
    draft.surface('foto', { width: 10, height: 10 })
  })

  it('takes any name and label when the config is not a literal', () => {
    const loose = defineConfig(String(config.xml))
    const draft = loose.prediction({ task })
    draft.control('anything').choose('whatever')
    draft.control('anything').rectangle({ label: 'x', x: 1, y: 2, width: 3, height: 4, unit: 'fraction' })
  })
})
