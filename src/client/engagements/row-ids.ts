/** Ids of elements that name each other. An engagement's id may hold anything; an element's may not hold white space. */
export function detailId(engagementId: string | undefined): string {
  return `detail-${encodeURIComponent(engagementId ?? '')}`
}
