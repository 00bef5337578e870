/** Configs, tasks and predictions that show the editor every kind of result. */

import type { PredictionDraft, Surface } from '../../../src/results/index.js'
import { pictureUri, soundUri } from './media.js'

export interface Scene {
  readonly xml: string
  readonly data: Readonly<Record<string, unknown>>
  readonly surfaces: Readonly<Record<string, Surface>>
  /** Kinds of the regions that the editor must list. */
  readonly regions: readonly string[]
  say(draft: PredictionDraft): void
}

const label = '<Label value="Car"/><Label value="Big bus" alias="bus"/>'
const size = { width: 64, height: 48 }

function disc(radius: number) {
  const data = new Uint8Array(size.width * size.height)
  for (let index = 0; index < data.length; index++) {
    const x = (index % size.width) - 32
    const y = Math.floor(index / size.width) - 24
    if (x * x + y * y < radius * radius) data[index] = 255
  }
  return { ...size, data }
}

const picture: Scene = {
  xml: `<View><Image name="img" value="$image" smoothing="false"/>
    <RectangleLabels name="rectangles" toName="img" canRotate="true">${label}</RectangleLabels>
    <EllipseLabels name="ellipses" toName="img">${label}</EllipseLabels>
    <PolygonLabels name="polygons" toName="img">${label}</PolygonLabels>
    <KeyPointLabels name="points" toName="img">${label}</KeyPointLabels>
    <VectorLabels name="lines" toName="img" closable="true" curves="true">${label}</VectorLabels>
    <Relations><Relation value="of"/></Relations></View>`,
  data: { image: pictureUri(size.width, size.height) },
  surfaces: { img: size },
  regions: ['rectangle', 'rectangle', 'ellipse', 'polygon', 'keypoint', 'vector'],
  say(draft) {
    const box = { x: 12, y: 6, width: 16, height: 12, unit: 'pixel' } as const
    const car = draft.control('rectangles').rectangle({ ...box, label: 'Car', score: 0.75 })
    const bus = draft.control('rectangles').rectangle({ ...box, x: 40, rotation: 30, label: 'bus', score: 0.5 })
    draft.relate(car, bus, { labels: ['of'] })
    draft
      .control('ellipses')
      .ellipse({ x: 32, y: 24, radiusX: 8, radiusY: 6, rotation: 15, unit: 'pixel', label: 'bus' })
    draft.control('polygons').polygon({
      points: [
        [4, 4],
        [20, 6],
        [8, 24],
      ],
      unit: 'pixel',
      label: 'Car',
    })
    draft.control('points').keyPoint({ x: 16, y: 12, unit: 'pixel', label: 'Car' })
    const vertices = [
      { x: 4, y: 40 },
      { x: 20, y: 44 },
      { x: 40, y: 40, controlPoint1: { x: 26, y: 30 }, controlPoint2: { x: 34, y: 46 } },
    ]
    draft.control('lines').vector({ vertices, unit: 'pixel', label: 'Car' })
  },
}

const masks: Scene = {
  xml: `<View><Image name="img" value="$image" smoothing="false"/>
    <BrushLabels name="strokes" toName="img">${label}</BrushLabels>
    <BitmaskLabels name="bitmasks" toName="img">${label}</BitmaskLabels></View>`,
  data: picture.data,
  surfaces: { img: size },
  regions: ['brush', 'bitmask'],
  say(draft) {
    draft.control('strokes').brush({ mask: disc(14), label: 'Car' })
    draft.control('bitmasks').bitmask({ mask: disc(9), label: 'bus' })
  },
}

const transcribed: Scene = {
  xml: `<View><Image name="img" value="$image"/><Rectangle name="box" toName="img"/>
    <Labels name="kind" toName="img">${label}</Labels>
    <TextArea name="transcription" toName="img" perRegion="true" editable="true"/></View>`,
  data: picture.data,
  surfaces: { img: size },
  regions: ['rectangle'],
  say(draft) {
    const region = draft.control('box').rectangle({ x: 8, y: 8, width: 24, height: 8, unit: 'pixel', score: 0.5 })
    draft.attach(region, 'kind').label('Car')
    draft.attach(region, 'transcription').text(['B 612'])
  },
}

const writing: Scene = {
  xml: `<View><Text name="text" value="$text"/><HyperText name="page" value="$page"/>
    <Paragraphs name="talk" value="$talk" layout="dialogue"/>
    <Labels name="ner" toName="text">${label}</Labels>
    <HyperTextLabels name="marks" toName="page">${label}</HyperTextLabels>
    <ParagraphLabels name="turns" toName="talk">${label}</ParagraphLabels></View>`,
  data: {
    text: 'Ada 👩‍💻 wrote\r\nthe first programme 👍 ever.',
    page: '<div><p>Ada 👍 <b>wrote</b> it</p><p>down</p></div>',
    talk: [
      { author: 'A', text: 'Hello there 👋 you' },
      { author: 'B', text: 'General Kenobi' },
    ],
  },
  surfaces: {},
  regions: ['richtext', 'richtext', 'richtext', 'textrange'],
  say(draft) {
    const span = (from: string, quote: string, text: string) => {
      const start = text.indexOf(quote)
      return { start, end: start + quote.length, label: from === 'ner' ? 'Car' : 'bus' }
    }
    const text = String(writing.data.text)
    draft.control('ner').span(span('ner', 'programme 👍', text))
    draft.control('ner').span({ ...span('ner', 'wrote\r\nthe', text), label: 'bus' })
    draft.control('marks').span(span('marks', '👍 wrote', 'Ada 👍 wrote itdown'))
    draft.control('turns').paragraphSpan({ utterance: 0, ...span('turns', '👋 you', 'Hello there 👋 you') })
  },
}

const answers: Scene = {
  xml: `<View><Text name="text" value="$text"/><Text name="a" value="$text"/><Text name="b" value="$text"/>
    <List name="list" value="$items"/>
    <Choices name="one" toName="text"><Choice value="Day"/><Choice value="Night" alias="n"/></Choices>
    <Choices name="many" toName="text" choice="multiple"><Choice value="X"/><Choice value="Y"/><Choice value="Z"/></Choices>
    <Taxonomy name="tree" toName="text"><Choice value="Animal"><Choice value="Dog"/></Choice><Choice value="Plant"/></Taxonomy>
    <TextArea name="note" toName="text"/><Number name="count" toName="text"/><Rating name="stars" toName="text"/>
    <DateTime name="day" toName="text" only="date"/><Pairwise name="better" toName="a,b"/>
    <Ranker name="rank" toName="list"/></View>`,
  data: {
    text: 'Ada wrote the first programme.',
    items: ['x', 'y', 'z'].map((id) => ({ id, title: id, body: id })),
  },
  surfaces: {},
  regions: [],
  say(draft) {
    draft.control('one').choose('n')
    draft.control('many').choose(['X', 'Z'])
    draft.control('tree').classify([['Animal', 'Dog'], ['Plant']])
    draft.control('note').text(['first line', 'second 👍'])
    draft.control('count').number(7)
    draft.control('stars').rate(4)
    draft.control('day').dateTime('2026-11-21')
    draft.control('better').prefer('right')
    draft.control('rank').rank(['z', 'x', 'y'])
  },
}

const sound: Scene = {
  xml: `<View><Audio name="sound" value="$sound"/><Labels name="speech" toName="sound">${label}</Labels>
    <TextArea name="words" toName="sound" perRegion="true"/></View>`,
  data: { sound: soundUri(4) },
  surfaces: { sound: { duration: 4 } },
  regions: ['audio'],
  say(draft) {
    const speech = draft.control('speech').segment({ start: 0.5, end: 2.25, label: 'Car' })
    draft.attach(speech, 'words').text('hum')
  },
}

const series: Scene = {
  xml: `<View><TimeSeries name="series" value="$series" valueType="json" timeColumn="t"><Channel column="v"/></TimeSeries>
    <TimeSeriesLabels name="events" toName="series">${label}</TimeSeriesLabels></View>`,
  data: {
    series: {
      t: Array.from({ length: 50 }, (_, index) => index),
      v: Array.from({ length: 50 }, (_, index) => index % 7),
    },
  },
  surfaces: {},
  regions: ['timeseries'],
  say(draft) {
    draft.control('events').seriesSegment({ start: 10, end: 20, label: 'bus' })
  },
}

const video: Scene = {
  xml: `<View><Video name="clip" value="$clip"/><VideoRectangle name="tracks" toName="clip"/>
    <Labels name="kinds" toName="clip">${label}</Labels>
    <TimelineLabels name="events" toName="clip">${label}</TimelineLabels></View>`,
  data: { clip: 'data:video/webm;base64,' },
  surfaces: { clip: { width: 64, height: 48 } },
  regions: ['videorectangle', 'timeline'],
  say(draft) {
    const box = { y: 6, width: 16, height: 12 }
    const frames = [
      { frame: 1, x: 4, ...box },
      { frame: 25, x: 24, ...box },
      { frame: 50, x: 40, ...box, enabled: false },
    ]
    draft.control('tracks').track({ framesCount: 96, duration: 4, frames, unit: 'pixel', label: 'Car' })
    draft.control('events').timeline({ ranges: [{ start: 5, end: 20 }], label: 'bus' })
  },
}

export const scenes = { picture, masks, transcribed, writing, answers, sound, series, video }
