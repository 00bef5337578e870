import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { expectSameTracks, follow, type Recorded } from './tracking.js'

const FOLDER = 'test/fixtures/tracking'

describe('the tracks of ByteTrack are those of the original', () => {
  it.each(readdirSync(FOLDER))('%s', (file) => {
    const { settings, frames, tracks }: Recorded = JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8'))
    const ours = follow(frames, settings)
    expect(ours.flat().length).toBe(tracks.flat().length)
    expectSameTracks(ours, tracks)
  })
})
