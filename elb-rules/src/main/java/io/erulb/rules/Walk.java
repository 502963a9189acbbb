package io.erulb.rules;

import java.util.Arrays;

/**
 * The way one request took through a graph, edge by edge: as few bits as there were filters, since a graph and its edges tell
 * all the rest. For one request; not safe for use by many threads at a time.
 *
 * <p>{@code Walk walk = new Walk(); graph.decide(request, walk); graph.path(walk)}
 */
public final class Walk {
    private static final long[] NONE = {};

    private long first;
    private long[] more = NONE;
    private int edges;
    private boolean failed;

    /** A walk of no edges, for {@link RuleGraph#decide(RequestView, Walk)} to fill. */
    public Walk() {}

    /** How many edges were taken. */
    public int edges() {
        return edges;
    }

    /**
     * Whether an edge was {@code succ}, rather than {@code fail}.
     *
     * @param index of the edge, from 0 to below {@link #edges}
     */
    public boolean succ(int index) {
        if (index < 0 || index >= edges) {
            throw new IndexOutOfBoundsException("edge " + index + " of " + edges);
        }
        int word = index >> 6;
        return ((word == 0 ? first : more[word - 1]) >>> index & 1) != 0;
    }

    /** Whether the rule after the last edge failed, which ended the walk. */
    public boolean failed() {
        return failed;
    }

    void take(boolean succ) {
        int word = edges >> 6;
        if (word > more.length) {
            more = Arrays.copyOf(more, word);
        }
        long bit = succ ? 1L << edges : 0;
        if (word == 0) {
            first |= bit;
        } else {
            more[word - 1] |= bit;
        }
        edges++;
    }

    void fail() {
        failed = true;
    }

    void clear() {
        first = 0;
        more = NONE;
        edges = 0;
        failed = false;
    }
}
