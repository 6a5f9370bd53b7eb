import { defineTexts } from '../language/language.tsx';

export const texts = defineTexts(
  {
    name: '考评',
    review: '阅卷',
    rooms: '监考',
    exams: '考务',
    signOut: '退出',
    language: 'English',
    waiting: '正在加载…',
    notFound: '没有这个页面',
    back: '返回首页',
    notYours: '您的账号不能使用此页面。',
    crashed: '页面出错了。已保存的内容不受影响，请刷新页面。',
    reload: '刷新',
    main: '主导航',
  },
  {
    name: 'Kaoping',
    review: 'Marking',
    rooms: 'Rooms',
    exams: 'Exams',
    signOut: 'Sign out',
    language: '中文',
    waiting: 'Loading…',
    notFound: 'No such page',
    back: 'Back to the start',
    notYours: 'Your account may not use this page.',
    crashed: 'Something broke on this page. What was saved is safe; please reload.',
    reload: 'Reload',
    main: 'Main',
  },
);
