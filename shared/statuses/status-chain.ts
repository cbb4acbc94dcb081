/** A STATUS_CHANGE automation: who gets `triggerStatus` gets `targetStatus` at once. */
export type ChainLink = { readonly id: string; readonly triggerStatus: string; readonly targetStatus: string };

/**
 * What an automation does to a contact that went through the statuses of `path`, the last of which it has now, in one go.
 * `back` means that it had the target before on this way: going on would go round and round, so it stays where it is.
 */
export const followLink = (link: ChainLink, path: readonly string[]): 'move' | 'back' | 'elsewhere' => {
  if (path.at(-1) !== link.triggerStatus) return 'elsewhere';
  return path.includes(link.targetStatus) ? 'back' : 'move';
};

export type ChainStep = { readonly link: ChainLink; readonly outcome: 'moved' | 'skipped' | 'stopped' };

/**
 * Every step that follows when a contact gets `status`. Of several automations on one status the first whose conditions
 * hold takes it along; `links` are in the order they count.
 */
export function followChain(
  links: readonly ChainLink[],
  status: string,
  meets: (link: ChainLink, status: string) => boolean,
): { steps: ChainStep[]; path: string[] } {
  const steps: ChainStep[] = [];
  const path = [status];
  for (let open = true; open;) {
    open = false;
    for (const link of links) {
      const way = followLink(link, path);
      if (way === 'elsewhere') continue;
      const outcome = !meets(link, link.triggerStatus) ? 'skipped' : way === 'move' ? 'moved' : 'stopped';
      steps.push({ link, outcome });
      if (outcome === 'skipped') continue;
      open = outcome === 'moved';
      if (open) path.push(link.targetStatus);
      break;
    }
  }
  return { steps, path };
}

/** The statuses of a circle that `added` closes, beginning and ending with its own trigger; null when there is none. */
export function findCircle(links: readonly ChainLink[], added: ChainLink): string[] | null {
  const others = links.filter(({ id }) => id !== added.id);
  const seen = new Set<string>();
  const search = (path: string[]): string[] | null => {
    const at = path.at(-1) ?? '';
    if (at === added.triggerStatus) return path;
    if (seen.has(at)) return null;
    seen.add(at);
    for (const { triggerStatus, targetStatus } of others) {
      const found = triggerStatus === at ? search([...path, targetStatus]) : null;
      if (found) return found;
    }
    return null;
  };
  const rest = search([added.targetStatus]);
  return rest && [added.triggerStatus, ...rest];
}
