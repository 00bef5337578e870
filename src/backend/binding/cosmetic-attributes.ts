/** Attributes of the labeling config that do not count in the model version. Names in lower case: the editor reads them in any. */

/** Change how a tag looks or is used in the editor, and nothing that a model says. */
const COSMETIC = wordsOf(`
  background color selectedcolor fillcolor fillopacity highlightcolor opacity strokecolor strokestyle strokewidth
  aliasstyle classname cursor cursorcolor cursorwidth displaymode dropdownwidth height icon layout leftclass maxheight maxwidth
  minwidth overviewwidth pointsize pointsizedisabled pointsizeenabled pointstyle resize rightclass rows selectionstyle size style
  timelineheight title waveheight width horizontalalignment verticalalignment
  collapsible groupdepth legacy pathseparator showalias showfullpath showinline showlabels showlineannotations
  showplayer showscores showsubmitbutton splitchannels spectrogram transcription legend
  durationdisplayformat timedisplayformat fixedscale multiaxis overviewchannels
  allowsubmit clickablelinks contextscroll editable granularity hotkey hotkeys readonly required requiredmessage selected
  selectionenabled skipduplicates smart smartonly snap whenrole
  autocenter brightnesscontrol contrastcontrol crosshair defaultscale defaultzoom gammacontrol grid gridcolor gridsize
  negativezoom rotatecontrol scrollparent selectioncontrol smoothing zoom zoomby zoomcontrol
  crossorigin decoder lazyoff muted player sync
  defaultplaybackspeed defaultspeed defaultvolume minplaybackspeed speed volume
`)

/** Say when a control is shown. */
const CONDITIONS = wordsOf('visiblewhen whentagname whenlabelvalue whenchoicevalue')

export function isCosmetic(attribute: string): boolean {
  return COSMETIC.has(attribute.toLowerCase())
}

export function isCondition(attribute: string): boolean {
  return CONDITIONS.has(attribute.toLowerCase())
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/))
}
