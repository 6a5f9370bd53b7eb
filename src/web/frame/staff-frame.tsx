import Button from 'antd/es/button';
import { Suspense } from 'react';
import { Link, Navigate, NavLink, Outlet, useLocation } from 'react-router';
import { useTexts } from '../language/language.tsx';
import seal from '../seal.svg';
import { ProblemAlert } from '../shared/problem-alert.tsx';
import { Waiting } from '../shared/waiting.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { homeOf, type Role, useSession, useSignOut } from './session.ts';
import { texts } from './texts.ts';

const places = [
  { to: '/exams', name: 'exams', roles: ['administrator'] },
  { to: '/review', name: 'review', roles: ['administrator', 'examiner'] },
  { to: '/rooms', name: 'rooms', roles: ['administrator', 'invigilator'] },
] as const satisfies readonly { to: string; name: string; roles: readonly Role[] }[];

const allowed = (roles: readonly Role[], wanted: readonly Role[]): boolean =>
  wanted.some((role) => roles.includes(role));

/** Head and navigation for whoever has an account; sends everybody else to sign in, and back afterwards. */
export function StaffFrame() {
  const text = useTexts(texts);
  const session = useSession();
  const signOut = useSignOut();
  const { pathname, search } = useLocation();
  if (session.isError) return <ProblemAlert error={session.error} retry={() => session.refetch()} />;
  if (session.data === undefined) return <Waiting />;
  if (session.data === null) return <Navigate to="/login" replace state={{ from: pathname + search }} />;
  const { name, roles } = session.data;
  const here = places.find(({ to }) => pathname.startsWith(to));
  return (
    <div className="frame">
      <header className="frame-head">
        <Link className="frame-mark" to={homeOf(roles)}>
          <img src={seal} alt="" />
          {text.name}
        </Link>
        <nav className="frame-links" aria-label={text.main}>
          {places
            .filter((place) => allowed(roles, place.roles))
            .map((place) => (
              <NavLink key={place.to} to={place.to}>
                {text[place.name]}
              </NavLink>
            ))}
        </nav>
        <div className="frame-end">
          <span className="quiet">{name}</span>
          <LanguageSwitch />
          <Button size="small" type="text" onClick={() => signOut.mutate()}>
            {text.signOut}
          </Button>
        </div>
      </header>
      <main className="frame-body">
        {here && !allowed(roles, here.roles) ? (
          <p className="waiting">{text.notYours}</p>
        ) : (
          <Suspense fallback={<Waiting />}>
            <Outlet />
          </Suspense>
        )}
      </main>
    </div>
  );
}
