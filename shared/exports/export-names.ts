import type { ExportNames } from './contact-columns.ts';

/** An item of the workspace as both databases hold it. */
export type NamedItem = { id: string; kind: string; body: Readonly<Record<string, unknown>> };

/** Kinds of items whose names stand in files. */
export const NAMED_KINDS = ['lead_status', 'pipeline', 'stage', 'member', 'facebook_page', 'tag', 'group'] as const;

/** What ids mean to people, and the names of tags, groups and members. */
export type FileNames = ExportNames & {
  tags: ReadonlyMap<string, string>;
  groups: ReadonlyMap<string, string>;
  members: ReadonlyMap<string, string>;
};

export function namesOf(items: readonly NamedItem[], now: number): FileNames {
  const by = (kind: (typeof NAMED_KINDS)[number], field = 'name', key?: string) =>
    new Map(
      items
        .filter((item) => item.kind === kind)
        .map(({ id, body }) => [key ? text(body[key]) : id, text(body[field])] as const),
    );
  const pipelines = by('pipeline');
  const stages = items.filter(({ kind }) => kind === 'stage');
  return {
    status: by('lead_status', 'name', 'key'),
    stage: new Map(
      stages.map(({ id, body }) => [id, `${pipelines.get(text(body['pipelineId'])) ?? ''} / ${text(body['name'])}`]),
    ),
    owner: by('member', 'email'),
    page: by('facebook_page'),
    tags: by('tag'),
    groups: by('group'),
    members: by('member'),
    now,
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
