import { ContentExplorer } from '../../content/content-explorer.tsx'

/** Files of the case, and the copies that were kept of them. */
export const ContentTab = ({ caseId }: { readonly caseId: string; readonly userId: string }) => <ContentExplorer scope={{ caseId }} />
