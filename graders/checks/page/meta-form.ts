/** How a meta element was written; from the form of the fact. */
export type MetaForm = 'valid' | 'tolerated' | 'invalid';

/**
 * `name="keyword"` and a meta in the body are read all the same and cost nothing (C1, C4);
 * `http-equiv="keywords"` and `<meta keywords="…">` show the intention but are read by nobody (C2).
 */
export function metaForm(form: string): MetaForm {
  if (form === 'name') return 'valid';
  return form === 'singular' || form === 'in-body' ? 'tolerated' : 'invalid';
}

/** What a meta in an invalid form is worth, of what it says. */
export const invalidFormShare = '1/2';
