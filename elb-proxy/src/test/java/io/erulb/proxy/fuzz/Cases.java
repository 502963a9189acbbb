package io.erulb.proxy.fuzz;

import io.erulb.proxy.wire.WireRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Which case runs on which connection. Each connection has a client address of its own, which the proxy itself tells
 * servers, so a request's origin is known whatever became of its bytes. Safe for use by many threads.
 */
final class Cases {
    /** The addresses 127.1.0.0 to 127.255.255.254, which Linux takes for its own without being told. */
    private static final int ADDRESSES = (254 << 16) - 1;

    /** What a client sent may reach a server after it left, but not after so many others came. */
    private static final int REMEMBERED = 4096;

    private final AtomicInteger next = new AtomicInteger();
    private final Map<String, Case> running = new ConcurrentHashMap<>();
    private final Findings findings;
    private final LongAdder passedOn = new LongAdder();
    private final LongAdder refused = new LongAdder();

    Cases(Findings findings) {
        this.findings = findings;
    }

    /** An address that no other connection has, until they are used up. */
    InetAddress freshAddress() throws UnknownHostException {
        int n = next.getAndIncrement();
        running.remove(address(n - REMEMBERED).getHostAddress());
        return address(n);
    }

    private static InetAddress address(int number) throws UnknownHostException {
        int n = Math.floorMod(number, ADDRESSES);
        return InetAddress.getByAddress(new byte[] {127, (byte) ((n >> 16) + 1), (byte) (n >> 8), (byte) n});
    }

    /** From now on requests from this address are of that case. */
    void begin(InetAddress client, Case begun) {
        running.put(client.getHostAddress(), begun);
    }

    /** The case of a request that came to a server, or null. */
    Case of(WireRequest request) {
        return running.get(Requests.client(request));
    }

    /** Something went wrong with a case; null when nobody knows with which. */
    void found(Case culprit, String what) {
        if (culprit == null) {
            findings.add(what);
        } else {
            findings.add(culprit, what);
        }
    }

    /** A client got these answers, and nothing was wrong with them. */
    void count(List<ReadAnswer> answers) {
        answers.forEach(answer -> (answer.isPassedOn() ? passedOn : refused).increment());
    }

    /** How many answers of servers reached clients. */
    long passedOn() {
        return passedOn.sum();
    }

    /** How many answers the proxy gave in a server's place. */
    long refused() {
        return refused.sum();
    }

    /** How many connections clients made. */
    long connections() {
        return next.get();
    }
}
