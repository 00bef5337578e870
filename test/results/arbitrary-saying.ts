/** Random things to say with every kind of control, what a reader must give back, and the config and task they are for. */

import fc from 'fast-check'
import { parseConfig } from '../../src/config/index.js'
import type { BuiltResult, PredictionDraft } from '../../src/results/index.js'

const label = '<Label value="Car"/><Label value="Big bus" alias="bus"/>'
const choice = '<Choice value="Day"/><Choice value="Night" alias="n"/><Choice value="Dusk"/>'

export const config = parseConfig(`<View>
  <Image name="img" value="$image" smoothing="false"/>
  <Text name="text" value="$text"/>
  <HyperText name="html" value="$html"/>
  <Paragraphs name="talk" value="$talk"/>
  <Audio name="sound" value="$sound"/>
  <TimeSeries name="series" value="$series" timeColumn="t"><Channel column="v"/></TimeSeries>
  <Video name="video" value="$video"/>
  <List name="list" value="$items"/>
  <Text name="a" value="$text"/>
  <Text name="b" value="$text"/>
  <Rectangle name="rectangle" toName="img"/><RectangleLabels name="rectanglelabels" toName="img">${label}</RectangleLabels>
  <Ellipse name="ellipse" toName="img"/><EllipseLabels name="ellipselabels" toName="img">${label}</EllipseLabels>
  <Polygon name="polygon" toName="img"/><PolygonLabels name="polygonlabels" toName="img">${label}</PolygonLabels>
  <KeyPoint name="keypoint" toName="img"/><KeyPointLabels name="keypointlabels" toName="img">${label}</KeyPointLabels>
  <Brush name="brush" toName="img"/><BrushLabels name="brushlabels" toName="img">${label}</BrushLabels>
  <MagicWand name="wand" toName="img"/>
  <Bitmask name="bitmask" toName="img"/><BitmaskLabels name="bitmasklabels" toName="img">${label}</BitmaskLabels>
  <Vector name="vector" toName="img"/><VectorLabels name="vectorlabels" toName="img">${label}</VectorLabels>
  <Labels name="split" toName="img">${label}</Labels>
  <TextArea name="transcription" toName="img" perRegion="true"/>
  <Labels name="ner" toName="text">${label}</Labels>
  <HyperTextLabels name="hypertextlabels" toName="html">${label}</HyperTextLabels>
  <ParagraphLabels name="paragraphlabels" toName="talk">${label}</ParagraphLabels>
  <Labels name="speech" toName="sound">${label}</Labels>
  <TimeSeriesLabels name="timeserieslabels" toName="series">${label}</TimeSeriesLabels>
  <VideoRectangle name="track" toName="video"/><Labels name="tracked" toName="video">${label}</Labels>
  <TimelineLabels name="timeline" toName="video">${label}</TimelineLabels>
  <Choices name="one" toName="text">${choice}</Choices>
  <Choices name="many" toName="text" choice="multiple">${choice}</Choices>
  <Taxonomy name="taxonomy" toName="text"><Choice value="Animal"><Choice value="Dog"/><Choice value="Cat" alias="feline"/></Choice><Choice value="Plant"/></Taxonomy>
  <Taxonomy name="marktaxonomy" toName="text" labeling="true"><Choice value="Animal"><Choice value="Dog"/><Choice value="Cat" alias="feline"/></Choice><Choice value="Plant"/></Taxonomy>
  <Taxonomy name="pagetaxonomy" toName="html" labeling="true"><Choice value="Animal"><Choice value="Dog"/><Choice value="Cat" alias="feline"/></Choice><Choice value="Plant"/></Taxonomy>
  <OcrLabels name="ocrlabels" toName="img">${label}</OcrLabels>
  <VideoVector name="vectortrack" toName="video"/>
  <Chat name="chat" value="$chat"/>
  <ReactCode name="react" value="$text" outputs="note, kind:choices(x,y), many:multichoices(x,y), size:number(0,5), stars:rating(4)"/>
  <TextArea name="textarea" toName="text"/>
  <Number name="number" toName="text" min="-10" max="10"/>
  <Rating name="rating" toName="text" maxRating="7"/>
  <DateTime name="datetime" toName="text" only="date"/>
  <Pairwise name="pairwise" toName="a,b"/>
  <Ranker name="ranker" toName="list"/>
  <Relations><Relation value="of"/></Relations>
</View>`)

export const size = { width: 37, height: 23 }
export const task = {
  id: 7,
  data: {
    image: '/data/upload/1/a.png',
    text: 'Ada 👩‍💻 wrote\r\nthe first programme, naïvely 👍.',
    html: '<div><p>Ada 👍 <b>wrote</b> it</p><p>down</p></div>',
    talk: [
      { author: 'A', text: 'Hello there 👋' },
      { author: 'B', text: 'General Kenobi' },
    ],
    sound: '/data/upload/1/a.wav',
    series: '/data/upload/1/a.csv',
    video: '/data/upload/1/a.mp4',
    items: [
      { id: 'i1', title: 'one' },
      { id: 'i2', title: 'two' },
      { id: 'i3', title: 'three' },
    ],
    chat: [{ role: 'user', content: 'hello' }],
  },
}
export const surfaces = { img: size, video: size, sound: { duration: 60 } }

/** One thing to say, and what a reader must make of it. */
export interface Saying {
  build(draft: PredictionDraft): BuiltResult
  readonly expected: Readonly<Record<string, unknown>>
}

const labels = fc.constantFrom('Car', 'bus')
const score = fc.float({ min: 0, max: 1, noNaN: true })
const real = (min: number, max: number) => fc.double({ min, max, noNaN: true, noDefaultInfinity: true })
const ordered = (max: number) =>
  fc
    .tuple(fc.nat({ max }), fc.nat({ max }))
    .filter(([a, b]) => a !== b)
    .map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }))
const point = fc.record({ x: real(0, size.width), y: real(0, size.height) })
const box = fc.record({ x: real(0, 20), y: real(0, 12), width: real(0.1, 16), height: real(0.1, 11) })
const turned = fc.record({ box, rotation: fc.nat({ max: 359 }) }).map(({ box, rotation }) => ({ ...box, rotation }))
const mask = fc
  .uint8Array({ minLength: size.width * size.height, maxLength: size.width * size.height, max: 1 })
  .map((bits) => ({ ...size, data: bits.map((bit) => bit * 255) }))
const vertices = fc
  .array(fc.record({ point, control: fc.option(fc.tuple(point, point), { nil: undefined }) }), {
    minLength: 2,
    maxLength: 5,
  })
  .map((list) =>
    list.map(({ point, control }, index) => ({
      id: `v${index}`,
      ...point,
      prevPointId: index === 0 ? null : `v${index - 1}`,
      ...(control === undefined ? {} : { controlPoint1: control[0], controlPoint2: control[1] }),
    })),
  )
const unit = 'pixel' as const

/** A region with a shape, with and without a label. */
function drawn<I extends object>(
  inputs: fc.Arbitrary<I>,
  tag: string,
  shape: (input: I) => object,
  build: (draft: PredictionDraft, name: string, input: I & { label?: string; score: number }) => BuiltResult,
) {
  return fc.record({ input: inputs, label: labels, score, plain: fc.boolean() }).map(
    ({ input, label, score, plain }): Saying => ({
      build: (draft) =>
        build(draft, plain ? tag : `${tag}labels`, plain ? { ...input, score } : { ...input, score, label }),
      expected: { shape: shape(input), labels: plain ? [] : [label], score },
    }),
  )
}

/** A region of a control that always has labels. */
function marked<I extends object>(
  inputs: fc.Arbitrary<I>,
  shape: (input: I) => object,
  build: (draft: PredictionDraft, input: I & { label: string }) => BuiltResult,
) {
  return fc.record({ input: inputs, label: labels }).map(
    ({ input, label }): Saying => ({
      build: (draft) => build(draft, { ...input, label }),
      expected: { shape: shape(input), labels: [label] },
    }),
  )
}

/** An answer about the whole object. */
function answered<C>(
  contents: fc.Arbitrary<C>,
  control: string,
  kind: string,
  build: (draft: PredictionDraft, content: C) => BuiltResult,
  read: (content: C) => unknown = (content) => content,
) {
  return contents.map(
    (content): Saying => ({
      build: (draft) => build(draft, content),
      expected: { shape: undefined, labels: [], answers: [{ kind, control, content: read(content) }] },
    }),
  )
}

const htmlText = 'Ada 👍 wrote itdown'

const nodePaths = fc.subarray([['Animal'], ['Animal', 'Dog'], ['Animal', 'feline'], ['Plant']], { minLength: 1 })

/** A stretch of text marked with nodes of a taxonomy. */
function classified(text: string, name: string) {
  const spans = ordered([...text].length).map(({ start, end }) => ({
    start: [...text].slice(0, start).join('').length,
    end: [...text].slice(0, end).join('').length,
  }))
  return fc.record({ span: spans, paths: nodePaths }).map(
    ({ span, paths }): Saying => ({
      build: (draft) => draft.control(name).span({ ...span, paths }),
      expected: {
        shape: { kind: 'span', ...span, unit: 'utf16' },
        labels: [],
        answers: [{ kind: 'taxonomy', control: name, content: paths }],
      },
    }),
  )
}

/** By the kind of result. */
export const sayings: Readonly<Record<string, fc.Arbitrary<Saying>>> = {
  rectangle: drawn(
    turned,
    'rectangle',
    (input) => ({ kind: 'rectangle', ...input, unit }),
    (draft, name, input) => draft.control(name).rectangle({ ...input, unit }),
  ),
  ellipse: drawn(
    fc.record({ point, radiusX: real(0.1, 18), radiusY: real(0.1, 11), rotation: fc.nat({ max: 359 }) }),
    'ellipse',
    ({ point, ...rest }) => ({ kind: 'ellipse', ...point, ...rest, unit }),
    (draft, name, { point, ...input }) => draft.control(name).ellipse({ ...point, ...input, unit }),
  ),
  polygon: drawn(
    fc.record({
      points: fc.array(
        point.map(({ x, y }) => [x, y] as const),
        { minLength: 3, maxLength: 8 },
      ),
    }),
    'polygon',
    (input) => ({ kind: 'polygon', ...input, closed: true, unit }),
    (draft, name, input) => draft.control(name).polygon({ ...input, unit }),
  ),
  keyPoint: drawn(
    fc.record({ point, width: real(0.1, 3) }),
    'keypoint',
    ({ point, width }) => ({ kind: 'keypoint', ...point, width, unit }),
    (draft, name, { point, ...input }) => draft.control(name).keyPoint({ ...point, ...input, unit }),
  ),
  brush: drawn(
    fc.record({ mask }),
    'brush',
    (input) => ({ kind: 'brush', ...input }),
    (draft, name, input) => draft.control(name).brush(input),
  ),
  bitmask: drawn(
    fc.record({ mask }),
    'bitmask',
    (input) => ({ kind: 'bitmask', ...input }),
    (draft, name, input) => draft.control(name).bitmask(input),
  ),
  vector: drawn(
    fc.record({ vertices, closed: fc.boolean() }),
    'vector',
    (input) => ({ kind: 'vector', ...input, unit }),
    (draft, name, input) => draft.control(name).vector({ ...input, unit }),
  ),
  span: marked(
    ordered([...task.data.text].length).map(({ start, end }) => ({
      start: [...task.data.text].slice(0, start).join('').length,
      end: [...task.data.text].slice(0, end).join('').length,
    })),
    (input) => ({ kind: 'span', ...input, unit: 'utf16' }),
    (draft, input) => draft.control('ner').span(input),
  ),
  hypertextSpan: marked(
    ordered([...htmlText].length).map(({ start, end }) => ({
      start: [...htmlText].slice(0, start).join('').length,
      end: [...htmlText].slice(0, end).join('').length,
    })),
    (input) => ({ kind: 'span', ...input, unit: 'utf16' }),
    (draft, input) => draft.control('hypertextlabels').span(input),
  ),
  paragraphSpan: marked(
    fc.record({ utterance: fc.nat({ max: 1 }), span: ordered(14) }),
    ({ utterance, span }) => ({ kind: 'paragraph-span', utterance, endUtterance: utterance, ...span }),
    (draft, { utterance, span, label }) =>
      draft.control('paragraphlabels').paragraphSpan({ utterance, ...span, label }),
  ),
  segment: marked(
    fc.record({ start: real(0, 20), end: real(21, 60), channel: fc.nat({ max: 1 }) }),
    (input) => ({ kind: 'segment', ...input }),
    (draft, input) => draft.control('speech').segment(input),
  ),
  seriesSegment: marked(
    fc.record({ start: real(0, 20), end: real(21, 60), instant: fc.boolean() }),
    (input) => ({ kind: 'series-segment', ...input }),
    (draft, input) => draft.control('timeserieslabels').seriesSegment(input),
  ),
  timeline: marked(
    fc.array(ordered(99), { minLength: 1, maxLength: 3 }).map((list) => ({
      ranges: list.map(({ start, end }) => ({ start: start + 1, end: end + 1 })),
    })),
    (input) => ({ kind: 'timeline', ...input }),
    (draft, input) => draft.control('timeline').timeline(input),
  ),
  track: marked(
    fc.array(turned, { minLength: 1, maxLength: 4 }).map((boxes) => ({
      framesCount: 100,
      duration: 4,
      frames: boxes.map((box, index) => ({ frame: index * 9 + 1, ...box, enabled: true, time: (index * 9 + 1) / 25 })),
    })),
    (input) => ({ kind: 'track', ...input, unit }),
    (draft, input) => draft.control('track').track({ ...input, unit }),
  ),
  choice: answered(
    fc.constantFrom('Day', 'n', 'Dusk'),
    'one',
    'choices',
    (draft, content) => draft.control('one').choose(content),
    (content) => [content],
  ),
  choices: answered(fc.subarray(['Day', 'n', 'Dusk'], { minLength: 1 }), 'many', 'choices', (draft, content) =>
    draft.control('many').choose(content),
  ),
  taxonomy: answered(nodePaths, 'taxonomy', 'taxonomy', (draft, content) =>
    draft.control('taxonomy').classify(content),
  ),
  taxonomySpan: classified(task.data.text, 'marktaxonomy'),
  taxonomyHypertextSpan: classified(htmlText, 'pagetaxonomy'),
  ocr: marked(
    fc.record({ box: turned, text: fc.string({ unit: 'grapheme' }), page: fc.nat({ max: 3 }) }),
    ({ box, ...rest }) => ({ kind: 'ocr', ...box, ...rest, unit }),
    (draft, { box, ...input }) => draft.control('ocrlabels').ocr({ ...box, ...input, unit }),
  ),
  vectorTrack: marked(
    fc
      .array(fc.record({ vertices, closed: fc.boolean(), enabled: fc.boolean() }), { minLength: 1, maxLength: 4 })
      .map((list) => ({ frames: list.map((frame, index) => ({ frame: index * 9 + 1, ...frame })) })),
    (input) => ({ kind: 'vector-track', ...input, unit }),
    (draft, input) => draft.control('vectortrack').vectorTrack({ ...input, unit }),
  ),
  chat: answered(
    fc.record({
      role: fc.constantFrom('user', 'assistant'),
      content: fc.string({ unit: 'grapheme' }),
      createdAt: fc.nat(),
    }),
    'chat',
    'message',
    (draft, content) => draft.control('chat').message(content),
  ),
  outputs: answered(
    fc.record(
      {
        note: fc.string({ unit: 'grapheme' }),
        kind: fc.constantFrom('x', 'y'),
        many: fc.subarray(['x', 'y']),
        size: real(0, 5),
        stars: fc.nat({ max: 4 }),
      },
      { requiredKeys: [] },
    ),
    'react',
    'outputs',
    (draft, content) => draft.control('react').give(content),
  ),
  text: answered(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), 'textarea', 'text', (draft, content) =>
    draft.control('textarea').text(content),
  ),
  number: answered(real(-10, 10), 'number', 'number', (draft, content) => draft.control('number').number(content)),
  rating: answered(fc.integer({ min: 1, max: 7 }), 'rating', 'rating', (draft, content) =>
    draft.control('rating').rate(content),
  ),
  dateTime: answered(
    fc
      .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10)),
    'datetime',
    'datetime',
    (draft, content) => draft.control('datetime').dateTime(content),
  ),
  preference: answered(fc.constantFrom('left' as const, 'right' as const), 'pairwise', 'preference', (draft, content) =>
    draft.control('pairwise').prefer(content),
  ),
  ranking: answered(
    fc.shuffledSubarray(['i1', 'i2', 'i3'], { minLength: 3 }),
    'ranker',
    'ranking',
    (draft, content) => draft.control('ranker').rank(content),
    (content) => ({ ranker: content }),
  ),
}
