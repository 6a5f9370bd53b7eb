import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';

export type Language = 'zh' | 'en';

type Text = string | ((...values: never[]) => string);
type Same<T> = {
  readonly [K in keyof T]: T[K] extends (...values: infer V) => string ? (...values: V) => string : string;
};

/** The words of one page: Chinese as written first, English with exactly the same keys. */
export interface Texts<T extends Record<string, Text>> {
  readonly zh: T;
  readonly en: Same<T>;
}

/** Keeps a page's words beside the page; a key that lacks its translation does not compile. */
export const defineTexts = <T extends Record<string, Text>>(zh: T, en: Same<T>): Texts<T> => ({ zh, en });

interface LanguageChoice {
  readonly language: Language;
  choose(language: Language): void;
}

const storageKey = 'kaoping.language';
const LanguageContext = createContext<LanguageChoice>({ language: 'zh', choose: () => undefined });

/** Remembers the choice on this machine; Chinese until somebody chose otherwise. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(() =>
    localStorage.getItem(storageKey) === 'en' ? 'en' : 'zh',
  );
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  }, [language]);
  const choose = (next: Language): void => {
    localStorage.setItem(storageKey, next);
    setLanguage(next);
  };
  return <LanguageContext value={{ language, choose }}>{children}</LanguageContext>;
}

export const useLanguage = (): LanguageChoice => useContext(LanguageContext);

/** The words of a page in the chosen language. */
export function useTexts<T extends Record<string, Text>>(texts: Texts<T>): Same<T> {
  const { language } = useLanguage();
  return language === 'zh' ? (texts.zh as unknown as Same<T>) : texts.en;
}
