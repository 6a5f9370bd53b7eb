import { createBrowserRouter, Navigate } from 'react-router';
import { Crashed, NotFound } from './frame/failed.tsx';
import { StaffFrame } from './frame/staff-frame.tsx';
import { Waiting } from './shared/waiting.tsx';

/** Every page is loaded when it is first opened: a terminal that hands in never fetches the marking room. */
export const router = createBrowserRouter([
  {
    errorElement: <Crashed />,
    hydrateFallbackElement: <Waiting />,
    children: [
      { index: true, element: <Navigate to="/hand-in" replace /> },
      { path: 'hand-in', lazy: () => import('./pages/hand-in/page.tsx') },
      { path: 'login', lazy: () => import('./pages/login/page.tsx') },
      {
        element: <StaffFrame />,
        children: [
          { path: 'rooms', lazy: () => import('./pages/rooms/page.tsx') },
          { path: 'review', lazy: () => import('./pages/review/list/page.tsx') },
          { path: 'review/:candidate', lazy: () => import('./pages/review/page.tsx') },
          { path: 'exams', lazy: () => import('./pages/exams/page.tsx') },
          { path: 'exams/:exam', lazy: () => import('./pages/exams/exam/page.tsx') },
        ],
      },
      { path: '*', element: <NotFound /> },
    ],
  },
]);
