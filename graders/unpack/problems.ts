/** What is wrong with a package, told to the candidate while there is still time to hand in again. */
export interface PackageProblem {
  /** The file or archive it is about, as the candidate named it; '' for the whole hand-in. */
  path: string;
  /** Starts with one of: encrypted truncated bomb traversal link unsupported empty shortcut. */
  code: ProblemCode;
  /** Chinese: what is wrong and what to do. */
  message: string;
}

const repack = '请重新压缩，确认能正常打开后再上传';

const messages = {
  'encrypted-archive': '压缩包有密码，无法打开：请取消密码后重新压缩上传。',
  'encrypted-file': '压缩包内的这个文件有密码，无法读取：请取消密码后重新压缩上传。',
  'truncated-archive': `压缩包不完整或已损坏，内容无法保证全部读出：${repack}。`,
  'truncated-file': `压缩包内的这个文件已损坏，内容不完整：${repack}。`,
  'bomb-count': '文件数量过多，其余文件未读取：请只提交试题要求的文件。',
  'bomb-total': '解压后的总大小超过上限，已停止解压：请删除无关的大文件后重新提交。',
  'bomb-file': '这个文件超过单个文件的大小上限，未读取：请缩小或删除后重新提交。',
  'bomb-ratio': '压缩包的压缩比异常，已停止解压：请用系统自带的压缩功能重新压缩上传。',
  'bomb-depth': '压缩包内套了太多层压缩包，最里层未打开：请直接压缩作品文件夹，不要重复压缩。',
  'bomb-time': '解压时间过长，已停止：请只提交试题要求的文件，重新压缩上传。',
  'traversal-name':
    '压缩包内的文件路径不安全（含“..”、盘符或绝对路径），该文件未读取：请在作品文件夹上右键重新压缩上传。',
  'link-file': '这是指向别处的链接，不是文件本身，未读取：请提交真正的文件。',
  'unsupported-memory': '解压这个压缩包需要的内存过大，无法打开：请用系统自带的 zip 压缩功能重新压缩上传。',
  'unsupported-volume': '这是分卷压缩包的一部分，无法单独打开：请不要分卷，压缩成一个 zip 文件后上传。',
  'unsupported-method': '这个文件采用了不受支持的压缩方式，无法读取：请改用系统自带的 zip 压缩后上传。',
  'unsupported-name': '文件名过长或无法使用，该文件未读取：请缩短文件名后重新提交。',
  'unsupported-duplicate': '同一位置有两个同名但内容不同的文件，后一个已另名保存：请只保留正确的一个。',
  'unsupported-case': '同一文件夹内有仅大小写不同的文件名，在 Windows 上会互相覆盖：请改名后重新提交。',
  'unsupported-special': '这不是普通文件，未读取：请提交真正的文件。',
  'empty-file': '文件是空的（0 字节）：请保存并关闭文件后重新提交。',
  'empty-package': '没有找到任何作品文件：请确认提交的内容不是空的。',
  'shortcut-file': '这是快捷方式，不是文件本身：请找到原文件后重新提交。',
  'shortcut-lock': '这是 Office 打开文件时的临时文件，不是作品本身：请关闭文档后提交真正的文件。',
} as const;

export type ProblemCode = keyof typeof messages;

/** The problem with its message, the path quoted in front. */
export function problem(code: ProblemCode, path: string): PackageProblem {
  const subject = path === '' ? '' : `“${path}”：`;
  return { path, code, message: `${subject}${messages[code]}` };
}
