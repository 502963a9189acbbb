package io.erulb.proxy;

import io.erulb.rules.Walk;

/** Counts each request at the edges it came by. */
final class EdgeCounting implements RequestObserver {
    @Override
    public void over(RoutedRequest request, int status) {
        Walk walk = request.walk();
        if (walk != null) {
            request.domain().graph().count(walk, status);
        }
    }
}
