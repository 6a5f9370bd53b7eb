/** Documents that are zips inside are one file to a candidate, so they are never opened as an archive. */

const extensions =
  /\.(docx|docm|dotx|xlsx|xlsm|xltx|pptx|pptm|ppsx|potx|odt|ods|odp|vsdx|epub|wps|et|dps|xps|jar|apk|kra|ora)$/i;

/** `[Content_Types].xml` marks Office and XPS, a `mimetype` OpenDocument, `META-INF` Java. */
const marks = new Set(['[Content_Types].xml', 'mimetype', 'META-INF/MANIFEST.MF']);

/** By its list of names where there is one; by its extension where the list is lost. */
export function isDocumentPackage(path: string, names: readonly string[]): boolean {
  return names.some((name) => marks.has(name)) || extensions.test(path);
}
