import { useMemo } from 'react';
import { useContactSetup, useCurrency } from '../../../lib/rules/use-rule-names.ts';
import { useCountry } from '../../../lib/use-identity.ts';
import { useNow } from '../../../lib/use-now.ts';
import { useQuery } from '../../../lib/use-query.ts';
import type { CellContext } from './columns/list-columns.tsx';

/** The names that cells show for ids, and how the workspace writes numbers. The same object until one of them changes. */
export function useCellContext(search: string): CellContext {
  const country = useCountry();
  const currency = useCurrency();
  const now = useNow();
  const setup = useContactSetup();
  const { data: members } = useQuery('members.list', {});
  return useMemo(() => {
    const memberById = new Map((members ?? []).map(({ id, name }) => [id, name]));
    const statusByKey = new Map(setup.statuses.map((status) => [status.key, status]));
    const pageById = new Map(setup.pages.map(({ id, name }) => [id, name]));
    const sharesOf = setup.pipelines.flatMap((pipeline) => {
      const stages = setup.stages.filter(({ pipelineId }) => pipelineId === pipeline.id);
      return stages.map(({ id, name }, place) => [id, { name, share: (place + 1) / stages.length }] as const);
    });
    const stageById = new Map(sharesOf);
    return {
      search,
      country,
      currency,
      now,
      nameOfMember: (id) => memberById.get(id) ?? null,
      nameOfStatus: (key) => statusByKey.get(key)?.name ?? null,
      colorOfStatus: (key) => statusByKey.get(key)?.color ?? null,
      stageOf: (id) => stageById.get(id) ?? null,
      nameOfPage: (id) => pageById.get(id) ?? null,
    };
  }, [search, country, currency, now, setup, members]);
}
