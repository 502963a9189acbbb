package io.erulb.proxy;

import java.util.List;

/** Tells observers one after the other; what one throws costs neither the request its answer nor the others their turn. */
final class ObserverList {
    private static final System.Logger LOG = System.getLogger("io.erulb.proxy");

    private final RequestObserver[] observers;

    ObserverList(List<RequestObserver> observers) {
        this.observers = observers.toArray(RequestObserver[]::new);
    }

    void decided(RoutedRequest request) {
        for (RequestObserver observer : observers) {
            try {
                observer.decided(request);
            } catch (RuntimeException e) {
                failed(e);
            }
        }
    }

    void over(RoutedRequest request, int status) {
        for (RequestObserver observer : observers) {
            try {
                observer.over(request, status);
            } catch (RuntimeException e) {
                failed(e);
            }
        }
    }

    boolean isEmpty() {
        return observers.length == 0;
    }

    private static void failed(RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "an observer of requests failed", e);
    }
}
