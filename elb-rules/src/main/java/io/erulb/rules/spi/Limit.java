package io.erulb.rules.spi;

import io.erulb.rules.RequestView;

/**
 * A filter that counts what it lets through, such as a limit of rate: to decide about a request takes something, to
 * explain takes nothing.
 *
 * <p>{@link #test} tells whether a request would pass now and changes nothing; an explanation asks it. {@link #take} is
 * asked by each decision that comes by. What was taken is not given back when a rule further down refuses the request.
 *
 * <p>A rule that keeps its name, type and arguments when its document is replaced (edges aside) keeps its limit, with
 * what it has counted. Its {@link #evidence} may hold captures of a request it refuses, where a plain filter's are of one
 * that matches. Used by many threads at once; never blocks.
 */
public interface Limit extends Filter {
    /**
     * Tests the request and takes what it needs if it passes. Asked at most once for each rule on a request's way.
     *
     * @param request whose {@link RequestView#whenDone} says when to give back what is taken for as long as it runs
     */
    Verdict take(RequestView request);

    @Override
    default Condition condition() {
        return new Condition.Chance();
    }
}
