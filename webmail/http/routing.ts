import type { FastifyRequest } from 'fastify';
import findMyWay from 'find-my-way';

/** What a request asks for, as it is written in a table of pages. */
const routes = new WeakMap<FastifyRequest, string>();
const routers = new WeakMap<object, findMyWay.Instance<findMyWay.HTTPVersion.V1>>();

/**
 * Finds in a table by their paths what a request asks for, and reads what its path names; null
 * where there is nothing.
 *
 * Fastify's own router does it in the same way, but anew for each server that is opened, with what
 * a route of its own may have besides: four hundred of them took two thirds of an opening.
 */
export function finderIn<Page>(
  table: Readonly<Record<string, Page>>,
): (request: FastifyRequest) => Page | null {
  const router = routerOf(table, Object.keys(table));
  return (request) => {
    const found = router.find('GET', request.raw.url ?? '');
    if (found === null) return null;
    const route = String(found.store);
    routes.set(request, route);
    request.params = found.params;
    return table[route] ?? null;
  };
}

/** Says of an address of ours whether a page lies there, and no act that a form is sent to. */
export function pagesIn(pages: {
  readonly loads: object;
  readonly posts: object;
}): (address: string) => boolean {
  const router = routerOf(pages, Object.keys({ ...pages.loads, ...pages.posts }));
  return (address) => {
    const found = router.find('GET', address);
    return found !== null && Object.hasOwn(pages.loads, String(found.store));
  };
}

function routerOf(
  of: object,
  paths: readonly string[],
): findMyWay.Instance<findMyWay.HTTPVersion.V1> {
  const known = routers.get(of);
  if (known !== undefined) return known;
  const router = findMyWay();
  for (const path of paths) router.on('GET', path, () => {}, path);
  routers.set(of, router);
  return router;
}

/** The route as it is written here, not what was asked. */
export const routeOf = (request: FastifyRequest): string =>
  routes.get(request) ?? request.routeOptions.url ?? '';
