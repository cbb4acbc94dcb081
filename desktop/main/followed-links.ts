import type { DeepLink } from '../../shared/bridge/host-contract.ts';
import { parseDeepLink } from '../host/deep-link.ts';

/** Links that somebody followed to the app: from the command line, another start, or the system. They wait for a page to show them. */
export class FollowedLinks {
  private readonly waiting: DeepLink[] = [];
  private show: ((link: DeepLink) => void) | null = null;

  /** Whatever stands on a command line; what is no link of ours is left alone. */
  take(texts: readonly string[]): void {
    for (const text of texts) {
      const link = parseDeepLink(text);
      if (link && this.show) this.show(link);
      else if (link) this.waiting.push(link);
    }
  }

  /** A page is there. Null: it is gone. */
  showOn(show: ((link: DeepLink) => void) | null): void {
    this.show = show;
    if (show) for (const link of this.waiting.splice(0)) show(link);
  }
}
