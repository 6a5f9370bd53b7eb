import Modal from 'antd/es/modal';
import { defineTexts, useTexts } from '../../language/language.tsx';
import { type Command, commands } from './keys.ts';

const zh: { title: string } & Record<Command, string> & { fields: string } = {
  title: '快捷键',
  down: '下一个评分点',
  up: '上一个评分点',
  nextOpen: '下一个待评的评分点',
  give: '采纳建议，或保存已输入的得分，并到下一个待评项',
  acceptAll: '采纳本评分要点的全部建议',
  type: '直接输入得分',
  full: '给满分（再按 Enter 保存）',
  comment: '写评语',
  doubt: '标记或取消疑问（再按 Enter 保存）',
  takeBack: '撤回此项评分',
  fileBefore: '上一个文件',
  fileAfter: '下一个文件',
  side: '网页效果 / 源代码',
  task: '试题',
  next: '领取下一份',
  list: '回到待评列表',
  help: '显示本说明',
  fields: '在得分框中：↑ ↓ 增减一档，Enter 保存，Esc 离开。在评语框中：Ctrl+Enter 保存，Esc 离开。',
};
const texts = defineTexts(zh, {
  title: 'Keys',
  down: 'Next item',
  up: 'Item before',
  nextOpen: 'Next item to mark',
  give: 'Accept what is suggested, or save what is typed, and go to the next item to mark',
  acceptAll: 'Accept all that is suggested in this criterion',
  type: 'Type points',
  full: 'All points (Enter saves)',
  comment: 'Write a comment',
  doubt: 'Doubt on or off (Enter saves)',
  takeBack: 'Take the mark back',
  fileBefore: 'File before',
  fileAfter: 'Next file',
  side: 'Page / source',
  task: 'Task',
  next: 'Take the next submission',
  list: 'Back to the list',
  help: 'This help',
  fields: 'In the points: ↑ ↓ a step, Enter saves, Esc leaves. In the comment: Ctrl+Enter saves, Esc leaves.',
});

export function Help({ open, onClose }: { open: boolean; onClose: () => void }) {
  const text = useTexts(texts);
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={text.title} width={620} centered>
      <dl className="help">
        {commands.map(({ name, shown }) => (
          <div key={name}>
            <dt>
              {shown.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{text[name]}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet">{text.fields}</p>
    </Modal>
  );
}
