import type { ProblemFact } from '../schema.ts';
import type { DocumentProblem } from './read.ts';

const messages: Readonly<Record<DocumentProblem, string>> = {
  'encrypted-document': '文档设有打开密码，无法读取，请取消密码后重新提交，或人工查看。',
  'truncated-document': '文档不完整或已损坏，未能全部读出，请用 Office 或 WPS 修复后人工查看。',
  'bomb-document': '文档展开后的内容大得异常，未读取，请人工查看。',
  'unsupported-document': '评卷程序不能读取这种格式的文档，请人工查看。',
  'unsupported-object': '文档中嵌入了表格、公式编辑器等对象，其中的内容未读取，请人工查看。',
  'unsupported-encoding': '文本的编码无法确定，部分文字可能读错，请人工查看。',
};

/** The problem as it is told to examiners. */
export const documentProblem = (path: string, code: DocumentProblem): ProblemFact => ({
  path,
  code,
  message: messages[code],
});
