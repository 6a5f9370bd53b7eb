import Button from 'antd/es/button';
import { useLanguage, useTexts } from '../language/language.tsx';
import { texts } from './texts.ts';

export function LanguageSwitch() {
  const { language, choose } = useLanguage();
  const text = useTexts(texts);
  return (
    <Button
      size="small"
      type="text"
      lang={language === 'zh' ? 'en' : 'zh-CN'}
      onClick={() => choose(language === 'zh' ? 'en' : 'zh')}
    >
      {text.language}
    </Button>
  );
}
