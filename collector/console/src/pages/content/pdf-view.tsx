// Pages of a PDF as pictures. Its own chunk: the library is larger than the rest of the console. Nothing of the document runs:
// no scripts, no forms, no links, no attachments, no fonts of its own in this page; each page is drawn into a canvas.
import { ActionIcon, Alert, Group, Skeleton, Text } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { AnnotationMode, getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from 'pdfjs-dist'
// The bundler makes an address of it.
// oxlint-disable-next-line import/default
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '../../i18n/translation.ts'
import classes from './content.module.css'

GlobalWorkerOptions.workerSrc = workerUrl
/** Widest drawing, in pixels: an honest page is readable at it, a hostile one does not fill the memory. */
const WIDTH = 1200
const MOST_PIXELS = 8_000_000

export const PdfView = ({ bytes, name }: { readonly bytes: Uint8Array; readonly name: string }) => {
  const { t } = useTranslation()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [document, setDocument] = useState<PDFDocumentProxy>()
  const [page, setPage] = useState(1)
  const [problem, setProblem] = useState('')
  const [drawn, setDrawn] = useState(0)

  useEffect(() => {
    // A copy: the worker takes the buffer away.
    const task = getDocument({ data: bytes.slice(), disableFontFace: true, useSystemFonts: false, useWasm: false, isImageDecoderSupported: false, enableXfa: false, stopAtErrors: false, maxImageSize: MOST_PIXELS, verbosity: 0 })
    task.promise.then(setDocument, (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)))
    return () => void task.destroy()
  }, [bytes])

  useEffect(() => {
    const target = canvas.current
    if (document === undefined || target === null) return undefined
    let ended = false
    const draw = async (): Promise<void> => {
      const found = await document.getPage(page)
      const whole = found.getViewport({ scale: 1 })
      const viewport = found.getViewport({ scale: Math.min(WIDTH / whole.width, Math.sqrt(MOST_PIXELS / (whole.width * whole.height))) })
      if (ended) return
      target.width = Math.max(1, Math.floor(viewport.width))
      target.height = Math.max(1, Math.floor(viewport.height))
      await found.render({ canvas: target, viewport, annotationMode: AnnotationMode.DISABLE }).promise
      if (!ended) setDrawn(page)
    }
    draw().catch((error: unknown) => { if (!ended) setProblem(error instanceof Error ? error.message : String(error)) })
    return () => { ended = true }
  }, [document, page])

  if (problem !== '') return <Alert color="orange" variant="light">{t('content.pdfBroken', { problem })}</Alert>
  const pages = document?.numPages ?? 0
  return (
    <section aria-label={t('content.pdfFile', { name })} data-drawn={drawn}>
      <Group justify="center" gap="xs" mb="xs">
        <ActionIcon variant="default" aria-label={t('content.previous')} disabled={page <= 1} onClick={() => setPage(page - 1)}><IconChevronLeft size={16} aria-hidden="true" /></ActionIcon>
        <Text size="sm" aria-live="polite">{t('content.pdf', { page, pages })}</Text>
        <ActionIcon variant="default" aria-label={t('content.next')} disabled={page >= pages} onClick={() => setPage(page + 1)}><IconChevronRight size={16} aria-hidden="true" /></ActionIcon>
      </Group>
      {document === undefined && <Skeleton height={240} aria-busy="true" />}
      <canvas ref={canvas} className={classes['page']} role="img" aria-label={t('content.pdf', { page, pages })} hidden={document === undefined} />
    </section>
  )
}
