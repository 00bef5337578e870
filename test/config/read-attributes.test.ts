import { describe, expect, it } from 'vitest'
import { findControl, findObject, parseConfig, readAttributes } from '../../src/config/index.js'

const config = parseConfig(`<View><Video name="v" value="$v" framerate="29.97"/>
  <Rating name="r" toName="v" maxRating="7" required="true" model_x="y"/>
  <Rating name="odd" toName="v" maxRating="seven"/></View>`)

const rating = (name: string) => {
  const control = findControl(config, name)
  if (control === undefined) throw new Error('no control')
  return readAttributes(control, 'Rating')
}

describe('readAttributes', () => {
  it('gives values and defaults', () => {
    expect(rating('r')).toMatchObject({ maxRating: 7, required: true, perRegion: false, icon: 'star', model_x: 'y' })
  })

  it('counts a wrong value as absent', () => {
    expect(rating('odd').maxRating).toBe(5)
  })

  it('reads names in any case, as the editor does', () => {
    const video = findObject(config, 'v')
    expect(video && readAttributes(video, 'Video').frameRate).toBe(29.97)
  })
})
