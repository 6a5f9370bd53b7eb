import type { Check } from '../../check.ts';

/** Checks of module 网站页面的编辑美化. */
export const pageChecks: readonly Check[] = [];
