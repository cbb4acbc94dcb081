import { Eraser } from 'lucide-react';
import { t } from '../../lib/i18n/t.ts';
import { Notice } from '../../ui/notice.tsx';

/** Why nothing is here any more on this computer. */
export const WipedNotice = () => (
  <div className="mb-5 overflow-hidden rounded-(--radius-3)" role="status">
    <Notice tone="warning" icon={<Eraser size={16} aria-hidden="true" />} title={t('This computer was wiped')}>
      {t(
        'You or an administrator asked for it. Its key, its data and whatever had not been sent were deleted. What the server has is safe: sign in to fetch it again.',
      )}
    </Notice>
  </div>
);
