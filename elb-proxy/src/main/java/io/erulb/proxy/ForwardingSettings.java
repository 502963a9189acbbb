package io.erulb.proxy;

/**
 * What every forwarded request of one proxy goes by.
 *
 * @param tries how many servers a request is sent to at most
 * @param maxBody the most bytes of a request's body
 * @param connectNanos see {@link ProxyTimeouts#connect}
 * @param firstByteNanos see {@link ProxyTimeouts#firstByte}
 * @param idleNanos see {@link ProxyTimeouts#idle}
 * @param bodyNanos see {@link ClientTimeouts#body}
 * @param sendNanos see {@link ClientTimeouts#send}
 * @param tunnelIdleNanos see {@link ProxyTimeouts#tunnelIdle}
 * @param upgrades protocols that a client may switch to
 * @param passesHeadsOn see {@link ElbProxyBuilder#passHeadsOn}
 * @param forwardedFields what servers are told about where requests came from
 * @param listener hears of each request
 * @param observers see each request
 * @param failures logs failures of servers
 * @param totals counts what is to be told of all requests together
 * @param draining says whether connections are to be closed after their answer
 */
record ForwardingSettings(
        int tries,
        long maxBody,
        long connectNanos,
        long firstByteNanos,
        long idleNanos,
        long bodyNanos,
        long sendNanos,
        long tunnelIdleNanos,
        Upgrades upgrades,
        boolean passesHeadsOn,
        ForwardedFields forwardedFields,
        TrafficListener listener,
        ObserverList observers,
        FailureLog failures,
        Totals totals,
        Draining draining) {

    String bodyTooLarge() {
        return "a request's body may have " + maxBody + " bytes";
    }

    String bodyTooLate() {
        return "no more of the request's body came within " + bodyNanos / 1_000_000 + " ms";
    }

    /** Whether the proxy is being shut down. */
    @FunctionalInterface
    interface Draining {
        boolean isOn();
    }
}
