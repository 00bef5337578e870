import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { probeVideo, readFrames, type Sampling, type VideoOptions } from '../../../src/inference/video/index.js'
import { childrenNamed } from './children-named.js'
import { GREY, greys, hasFfmpeg, videoFolder } from './make-video.js'

const { make, at } = videoFolder()

/** For each frame the number of the picture that is shown there. */
async function shown(path: string, sampling: Sampling, options: VideoOptions = {}): Promise<[number, number][]> {
  const pictures: [number, number][] = []
  for await (const { frame, pixels } of readFrames(path, await probeVideo(path, options), sampling, options)) {
    expect(pixels.data.length).toBe(pixels.width * pixels.height * 3)
    pictures.push([frame, Math.round((pixels.data[0] ?? 0) / GREY)])
  }
  return pictures
}

/** What a browser shows: at each frame, a little after its beginning, the last picture that has begun. */
function expected(begins: readonly number[], frames: number, rate: number, step = 1): [number, number][] {
  const numbers = Array.from({ length: Math.ceil(frames / step) }, (_, i) => 1 + i * step)
  return numbers.map((frame) => [frame, begins.filter((begin) => begin <= (frame - 1) / rate + 0.002).length - 1])
}

const times = (rate: number, count: number) => Array.from({ length: count }, (_, i) => i / rate)

describe.skipIf(!hasFfmpeg)('frames as the editor counts them', () => {
  it('at the rate of the file, from 1 on', async () => {
    const path = make('24.mkv', greys('24', 30))
    expect(await shown(path, { frameRate: 24 })).toEqual(times(24, 30).map((_, i) => [i + 1, i]))
  })

  it('of a file of 29.97 frames a second, counted at 24 and at 29.97', async () => {
    const path = make('ntsc.mov', greys('30000/1001', 60))
    const begins = times(30_000 / 1001, 60)
    expect(await shown(path, { frameRate: 24, last: 48 })).toEqual(expected(begins, 48, 24))
    expect(await shown(path, { frameRate: 29.97, last: 60 })).toEqual(begins.map((_, i) => [i + 1, i]))
  })

  it('of a slow file, counted faster: pictures come again', async () => {
    const path = make('10.mkv', greys('10', 10))
    expect(await shown(path, { frameRate: 24, last: 24 })).toEqual(expected(times(10, 10), 24, 24))
  })

  it('of a file whose frames are of different lengths', async () => {
    const kept = [0, 1, 2, 9, 10, 20, 21, 22, 40, 41, 47]
    const select = `select='${kept.map((n) => `eq(n,${n})`).join('+')}'`
    const path = make('variable.mkv', [...greys('24', 48), ...['-frames:v', '11', '-vf', select, '-fps_mode', 'vfr']])
    const begins = kept.map((n) => n / 24)
    const found = await shown(path, { frameRate: 24, last: 48 })
    expect(found).toEqual(expected(begins, 48, 24).map(([frame, i]) => [frame, kept[i] ?? -1]))
  })

  it('every fifth, at no more than the last', async () => {
    const path = make('steps.mkv', greys('24', 30))
    expect(await shown(path, { frameRate: 24, step: 5 })).toEqual(expected(times(24, 30), 30, 24, 5))
    expect(await shown(path, { frameRate: 24, step: 5, last: 11 })).toEqual([
      [1, 0],
      [6, 5],
      [11, 10],
    ])
  })

  it('of a whole minute', async () => {
    const path = make('minute.mkv', greys('24', 1440))
    expect(await probeVideo(path)).toMatchObject({ duration: 60, frameRate: 24 })
    const pictures = await shown(path, { frameRate: 24, last: 1440 })
    expect(pictures).toEqual(pictures.map((_, i) => [i + 1, i % (256 / GREY)]))
    expect(pictures.length).toBe(1440)
  })

  it('of a stream whose size changes: later pictures have the first size', async () => {
    const part = (name: string, size: string) =>
      readFileSync(
        make(name, [
          '-f',
          'lavfi',
          '-i',
          `testsrc=s=${size}:r=24`,
          '-frames:v',
          '12',
          '-c:v',
          'mpeg2video',
          '-q:v',
          '2',
        ]),
      )
    writeFileSync(at('sizes.ts'), Buffer.concat([part('small.ts', '64x48'), part('large.ts', '128x96')]))
    const facts = await probeVideo(at('sizes.ts'))
    expect(facts).toMatchObject({ width: 64, height: 48 })
    expect((await shown(at('sizes.ts'), { frameRate: 24 })).length).toBeGreaterThan(12)
  })

  it('of a single picture', async () => {
    const path = make('one.mkv', greys('24', 1))
    expect(await shown(path, { frameRate: 24, last: 1 })).toEqual([[1, 0]])
  })

  it('turned as the file says', async () => {
    const source = 'color=c=black:s=48x32:r=24,drawbox=x=0:y=0:w=8:h=8:color=white:t=fill'
    const lying = make('lying.mp4', ['-f', 'lavfi', '-i', source, '-frames:v', '3', '-c:v', 'mpeg4', '-q:v', '1'])
    const path = make('turned.mp4', ['-i', lying, '-c', 'copy', '-metadata:s:v', 'rotate=90'])
    const facts = await probeVideo(path)
    expect(facts).toMatchObject({ width: 32, height: 48, frameRate: 24 })
    for await (const { pixels } of readFrames(path, facts, { frameRate: 24 })) {
      const corners = [
        [2, 2],
        [29, 2],
        [2, 45],
        [29, 45],
      ].map(([x = 0, y = 0]) => (pixels.data[(y * pixels.width + x) * 3] ?? 0) > 128)
      expect(corners.filter(Boolean).length).toBe(1)
      expect(corners[0]).toBe(false)
    }
  })

  it('are the same pixels as of the picture that ffmpeg extracts', async () => {
    const path = make('photo.mkv', [
      ...['-loop', '1', '-i', 'examples/photos/cat.jpg', '-frames:v', '2', '-vf', 'scale=320:240,format=yuv420p'],
      ...['-c:v', 'ffv1'],
    ])
    make('photo.png', ['-i', path, '-frames:v', '1'])
    const png = await sharp(at('photo.png')).raw().toBuffer()
    for await (const { pixels } of readFrames(path, await probeVideo(path), { frameRate: 24, last: 1 }))
      expect(Buffer.compare(pixels.data, png)).toBe(0)
  })
})

describe.skipIf(!hasFfmpeg)('what cannot be read', () => {
  const code = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error)
  const refusal = (path: string, options: VideoOptions = {}) =>
    shown(path, { frameRate: 24 }, options).then(
      () => 'read',
      (error: unknown) => {
        expect(String(error)).not.toContain(at(''))
        return code(error)
      },
    )

  it('a file that is empty, no video, cut short, or only sound', async () => {
    writeFileSync(at('empty.mp4'), '')
    expect(await refusal(at('empty.mp4'))).toBe('video-undecodable')
    writeFileSync(at('text.mp4'), 'nothing to see here'.repeat(1000))
    expect(await refusal(at('text.mp4'))).toBe('video-undecodable')
    expect(await refusal(at('not-there.mp4'))).toBe('video-undecodable')
    const whole = make('whole.mp4', ['-f', 'lavfi', '-i', 'testsrc=s=64x48:r=24', '-frames:v', '24', '-c:v', 'mpeg4'])
    writeFileSync(at('cut.mp4'), readFileSync(whole).subarray(0, 4000))
    expect(await refusal(at('cut.mp4'))).toBe('video-undecodable')
    const sound = make('sound.mp4', ['-f', 'lavfi', '-i', 'sine=d=1', '-c:a', 'aac'])
    expect(await refusal(sound)).toBe('video-without-pictures')
  })

  it('a file without frames', async () => {
    const path = make('none.mkv', ['-f', 'lavfi', '-i', 'color=s=32x24:r=24', '-t', '0', '-c:v', 'ffv1'])
    expect(['video-empty', 'video-without-pictures', 'video-undecodable']).toContain(await refusal(path))
  })

  it('a cover picture of a song is no video', async () => {
    const song = make('song.mp3', [
      ...['-f', 'lavfi', '-i', 'sine=d=1', '-i', 'examples/photos/cat.jpg', '-map', '0', '-map', '1'],
      ...['-c:v', 'mjpeg', '-disposition:v', 'attached_pic', '-id3v2_version', '3'],
    ])
    expect(await refusal(song)).toBe('video-without-pictures')
  })

  it('a playlist that names other files', async () => {
    const other = make('other.ts', ['-f', 'lavfi', '-i', 'testsrc=s=64x48', '-frames:v', '10'])
    writeFileSync(at('list.mp4'), `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:1,\nfile://${other}\n#EXT-X-ENDLIST\n`)
    expect(await refusal(at('list.mp4'))).toBe('video-undecodable')
    writeFileSync(at('list.txt'), `ffconcat version 1.0\nfile '${other}'\n`)
    expect(await refusal(at('list.txt'))).toBe('video-undecodable')
    await expect(probeVideo(at('list.mp4'))).rejects.toThrow(
      /^The video cannot be read: it is in none of the containers/,
    )
  })

  it('a picture that is called a video, in words that name what is read', async () => {
    copyFileSync('examples/photos/cat.jpg', at('cat.mp4'))
    await expect(probeVideo(at('cat.mp4'))).rejects.toMatchObject({
      code: 'video-undecodable',
      message: expect.stringMatching(
        /^The video cannot be read: it is in none of the containers that are read \(MP4, /,
      ),
    })
  })

  it('too many pixels, too long', async () => {
    const path = make('limits.mkv', greys('24', 48))
    expect(await refusal(path, { maxPixels: 100 })).toBe('video-too-large')
    expect(await refusal(path, { maxDuration: 1 })).toBe('video-too-long')
    expect(await refusal(path, { maxPixels: 32 * 24, maxDuration: 3 })).toBe('read')
    // As browsers record: the file does not say how long it is.
    const live = make('live.webm', [...greys('24', 48), '-c:v', 'libvpx', '-pix_fmt', 'yuv420p', '-live', '1'])
    expect(await probeVideo(live)).not.toHaveProperty('duration')
    expect(await refusal(live, { maxDuration: 1 })).toBe('video-too-long')
    expect(await refusal(live, { maxDuration: 2 })).toBe('read')
    const small = make('small.mkv', ['-f', 'lavfi', '-i', 'color=s=300x300', '-frames:v', '1', '-c:v', 'ffv1'])
    // PixelWidth and PixelHeight of Matroska, two bytes each.
    const header = readFileSync(small).toString('latin1').replaceAll('\x82\x01\x2c', '\x82\x30\x00')
    const huge = at('huge.mkv')
    writeFileSync(huge, Buffer.from(header, 'latin1'))
    const options = { ffmpeg: 'not-asked' }
    expect(await refusal(huge, options)).toBe('video-too-large')
  })

  it('names that look like options or addresses are names', async () => {
    for (const name of ['-y.mkv', 'http:x.mkv', 'concat:a|b.mkv', 'a%03d.mkv', "it's, [a] b:c.mkv"]) {
      const plain = make('plain.mkv', greys('24', 2))
      copyFileSync(plain, at(name))
      expect(await refusal(at(name))).toBe('read')
    }
  })
})

describe.skipIf(!hasFfmpeg)('the programs', () => {
  it('are said to be missing', async () => {
    const path = make('missing.mkv', greys('24', 2))
    await expect(probeVideo(path, { ffprobe: 'no-such-ffprobe' })).rejects.toMatchObject({
      code: 'ffmpeg-missing',
      message: 'Videos are read with no-such-ffprobe, which was not found',
    })
    await expect(shown(path, { frameRate: 24 }, { ffmpeg: '/no/such/ffmpeg' })).rejects.toMatchObject({
      code: 'ffmpeg-missing',
    })
  })

  it('end when nobody reads on, when the reader goes away, and when they are silent', async () => {
    const path = make('long.mkv', ['-f', 'lavfi', '-i', 'testsrc=s=640x480:r=24', '-frames:v', '240', '-c:v', 'mpeg4'])
    const facts = await probeVideo(path)
    const frames = readFrames(path, facts, { frameRate: 24 })
    await frames.next()
    await frames.return(undefined)

    const controller = new AbortController()
    const aborted = readFrames(path, facts, { frameRate: 24 }, { signal: controller.signal })
    await aborted.next()
    controller.abort(new Error('gone'))
    await expect(
      (async () => {
        for await (const _ of aborted) {
          /* on to the end */
        }
      })(),
    ).rejects.toThrow('gone')
    await expect(probeVideo(path, { signal: controller.signal })).rejects.toThrow('gone')

    const silent = at('silent.sh')
    writeFileSync(silent, '#!/bin/sh\nexec tail -f /dev/null\n', { mode: 0o755 })
    await expect(probeVideo(path, { ffprobe: silent, timeout: 50 })).rejects.toMatchObject({ code: 'video-timeout' })
    const killed = at('killed.sh')
    writeFileSync(killed, '#!/bin/sh\nkill -KILL $$\n', { mode: 0o755 })
    await expect(probeVideo(path, { ffprobe: killed })).rejects.toMatchObject({
      code: 'ffmpeg-killed',
      message: expect.stringContaining('killed.sh was ended by SIGKILL'),
    })
    expect(childrenNamed(['ffmpeg', 'ffprobe', 'tail'])).toEqual([])
  })
})
