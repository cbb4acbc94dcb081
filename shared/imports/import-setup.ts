import { statusKeyOf } from '../contacts/contact.ts';
import { toSearchText } from '../kernel/search-text.ts';

/** What a workspace has that rows of a file may name. */
export type ImportSetup = {
  statuses: readonly { key: string; name: string; isActive: boolean }[];
  stages: readonly { id: string; name: string; pipelineName: string }[];
  members: readonly { id: string; email: string; name: string; active: boolean }[];
  pages: readonly { id: string; name: string; metaPageId: string }[];
  attributes: readonly { key: string; label: string; type: string; choices: readonly string[] | null }[];
};

/** What to do with a status of the file that the workspace does not have: make it, use another, or keep the word as an attribute. */
export type StatusChoice = { as: 'create'; name: string } | { as: 'use'; key: string } | { as: 'attribute' };

/** The same, to be asked once for each cell. A name that means two things means none. */
export type NameIndex = {
  status: ReadonlyMap<string, string>;
  stage: ReadonlyMap<string, string>;
  owner: ReadonlyMap<string, string>;
  page: ReadonlyMap<string, string>;
  attribute: ReadonlyMap<string, ImportSetup['attributes'][number]>;
};

export function indexSetup(
  { statuses, stages, members, pages, attributes }: ImportSetup,
  choices: Readonly<Record<string, StatusChoice>> = {},
): NameIndex {
  const active = statuses.filter(({ isActive }) => isActive);
  const keys = new Set(active.map(({ key }) => key));
  const chosen = Object.entries(choices).flatMap(([word, choice]): [string, string][] => {
    if (choice.as === 'use' && keys.has(choice.key)) return [[word, choice.key]];
    return choice.as === 'create' && statusKeyOf(word) ? [[word, statusKeyOf(word)]] : [];
  });
  return {
    status: new Map([
      ...chosen,
      ...uniqueNames(active.map(({ key, name }) => [toSearchText(name), key])),
      ...active.map(({ key }): [string, string] => [key, key]),
    ]),
    stage: uniqueNames([
      ...stages.map(({ id, name, pipelineName }): [string, string] => [toSearchText(`${pipelineName} / ${name}`), id]),
      ...stages.map(({ id, name }): [string, string] => [toSearchText(name), id]),
    ]),
    owner: uniqueNames(
      members
        .filter((member) => member.active)
        .flatMap(({ id, email, name }): [string, string][] => [
          [toSearchText(email), id],
          [toSearchText(name), id],
        ]),
    ),
    page: uniqueNames(
      pages.flatMap(({ id, name, metaPageId }): [string, string][] => [
        [toSearchText(name), id],
        [metaPageId, id],
      ]),
    ),
    attribute: new Map(
      attributes.flatMap((one) => [[toSearchText(one.label), one] as const, [toSearchText(one.key), one] as const]),
    ),
  };
}

function uniqueNames(pairs: readonly [name: string, id: string][]): Map<string, string> {
  const known = new Map<string, string>();
  const doubtful = new Set<string>();
  for (const [name, id] of pairs) {
    if (known.has(name) && known.get(name) !== id) doubtful.add(name);
    known.set(name, id);
  }
  for (const name of doubtful) known.delete(name);
  return known;
}

/** Kinds of items that rows may name. */
export const SETUP_KINDS = ['lead_status', 'pipeline', 'stage', 'member', 'facebook_page', 'attribute'] as const;

/** The same from the items of the workspace, as both databases hold them. */
export function setupOf(
  items: readonly { id: string; kind: string; body: Readonly<Record<string, unknown>> }[],
): ImportSetup {
  const listOf = <T>(kind: (typeof SETUP_KINDS)[number]): (T & { id: string })[] =>
    items.filter((item) => item.kind === kind).map(({ id, body }) => ({ ...(body as T), id }));
  const pipelines = new Map(listOf<{ name: string }>('pipeline').map(({ id, name }) => [id, name]));
  return {
    statuses: listOf<ImportSetup['statuses'][number]>('lead_status'),
    stages: listOf<{ name: string; pipelineId: string }>('stage').map(({ id, name, pipelineId }) => ({
      id,
      name,
      pipelineName: pipelines.get(pipelineId) ?? '',
    })),
    members: listOf<Omit<ImportSetup['members'][number], 'id'>>('member'),
    pages: listOf<Omit<ImportSetup['pages'][number], 'id'>>('facebook_page'),
    attributes: listOf<ImportSetup['attributes'][number]>('attribute'),
  };
}
