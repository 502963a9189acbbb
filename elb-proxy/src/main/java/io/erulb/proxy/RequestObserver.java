package io.erulb.proxy;

/** Sees every request that a domain took. Called on I/O threads: must not block; what it throws is logged and no more. */
public interface RequestObserver {

    /** The rules have decided; nothing is answered yet, and answer headers may be added. */
    default void decided(RoutedRequest request) {}

    /**
     * It is clear what the client is answered, or that it left. Once per request, on its thread.
     *
     * @param status as {@link TrafficListener#completed} has it; of redirects and other answers of the rules too
     */
    default void over(RoutedRequest request, int status) {}
}
