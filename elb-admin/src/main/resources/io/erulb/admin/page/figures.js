import { get, segment } from './api.js';

/** The graph of a domain with its figures; null where there is none. */
export async function graphOf(name, signal) {
  return orNull(get(`graph/${segment(name)}`, signal));
}

/** How many requests each domain had, by name; null where the server does not tell. */
export async function totals(signal) {
  return orNull(get('graph', signal));
}

async function orNull(asked) {
  try {
    return await asked;
  } catch (error) {
    if (error.status === 404) {
      return null;
    }
    throw error;
  }
}

/** How many requests a domain had; null where nothing is counted. */
export function requestsOf(graph) {
  if (!graph.counting) {
    return null;
  }
  const away = graph.edges.filter((edge) => edge.from === graph.init);
  return {
    count: graph.rules.find((rule) => rule.rule === graph.init).count,
    // Of a first rule that has no edges nothing is told.
    rate: away.length === 0 ? null : away.reduce((sum, edge) => sum + edge.rate, 0),
  };
}

/** What an edge is known by. */
export function edgeKey(from, edge) {
  return `${edge}:${from}`;
}

/** What tells whether a graph has to be drawn anew. */
export function shapeOf(graph) {
  return JSON.stringify([
    graph.init,
    graph.rules.map((rule) => [rule.rule, rule.type, rule.args]),
    graph.edges.map((edge) => [edge.from, edge.edge, edge.to]),
  ]);
}
