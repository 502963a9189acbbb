package io.erulb.proxy;

import java.util.Set;

/**
 * What every forwarded request of one proxy goes by.
 *
 * @param tries how many servers a request is sent to at most
 * @param maxBody the most bytes of a request's body
 * @param firstByteNanos see {@link ProxyTimeouts#firstByte}
 * @param idleNanos see {@link ProxyTimeouts#idle}
 * @param tunnelIdleNanos see {@link ProxyTimeouts#tunnelIdle}
 * @param upgrades protocols that a client may switch to, in lower case
 * @param passesHeadsOn see {@link ElbProxyBuilder#passHeadsOn}
 * @param forwardedFields what servers are told about where requests came from
 * @param listener hears of each request
 * @param failures logs failures of servers
 * @param draining says whether connections are to be closed after their answer
 */
record ForwardingSettings(
        int tries,
        long maxBody,
        long firstByteNanos,
        long idleNanos,
        long tunnelIdleNanos,
        Set<String> upgrades,
        boolean passesHeadsOn,
        ForwardedFields forwardedFields,
        TrafficListener listener,
        FailureLog failures,
        Draining draining) {

    String bodyTooLarge() {
        return "a request's body may have " + maxBody + " bytes";
    }

    /** Whether the proxy is being shut down. */
    @FunctionalInterface
    interface Draining {
        boolean isOn();
    }
}
