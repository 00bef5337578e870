/**
 * Smart tools that answer with masks: a click, a box or a stroke, and the thing is outlined. Serve it with
 * `npx prelabel start examples/sam/backend.ts`, connect it under Settings > Model with "interactive preannotations" on,
 * and switch Auto-Annotation on in the editor.
 */

import { fileURLToPath } from 'node:url'
import { createBackend, defineConfig } from 'prelabel'
import { sam } from 'prelabel/sam'

const examples = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))

export const config = defineConfig(`
  <View>
    <Image name="photo" value="$photo"/>
    <BrushLabels name="mask" toName="photo">
      <Label value="Disc" background="#d4380d"/>
      <Label value="Square" background="#389e0d"/>
      <Label value="Triangle" background="#096dd9"/>
    </BrushLabels>
    <KeyPointLabels name="point" toName="photo" smart="true">
      <Label value="Disc" background="#d4380d"/>
      <Label value="Square" background="#389e0d"/>
      <Label value="Triangle" background="#096dd9"/>
    </KeyPointLabels>
    <RectangleLabels name="box" toName="photo" smart="true">
      <Label value="Disc" background="#d4380d"/>
      <Label value="Square" background="#389e0d"/>
      <Label value="Triangle" background="#096dd9"/>
    </RectangleLabels>
  </View>`)

export default createBackend({
  config,
  media: { roots: [examples('sam/pictures')] },
  adapters: [sam({ model: examples('models/sam-tiny') })],
})
