import { notifyManager, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import ConfigProvider from 'antd/es/config-provider';
import chinese from 'antd/es/locale/zh_CN';
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { isPassing } from './api/problem.ts';
import { theme } from './frame/theme.ts';
import { LanguageProvider, useLanguage } from './language/language.tsx';
import { router } from './router.tsx';
import './frame/base.css';

// Pages see a change of the cache in the same turn as whatever else that answer changed.
notifyManager.setScheduler(queueMicrotask);

/** What passes by itself is tried again; a refusal is shown at once. */
const client = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      staleTime: 5_000,
      retry: (failures, error) => failures < 3 && isPassing(error),
    },
    mutations: { networkMode: 'always' },
  },
});

function Themed({ children }: { children: ReactNode }) {
  const { language } = useLanguage();
  return (
    <ConfigProvider
      theme={theme}
      {...(language === 'zh' && { locale: chinese })}
      button={{ autoInsertSpace: false }}
    >
      {children}
    </ConfigProvider>
  );
}

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <LanguageProvider>
      <Themed>
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </Themed>
    </LanguageProvider>
  </StrictMode>,
);
