package io.erulb.upstream;

import io.erulb.upstream.EjectionRule.SuccessRate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * How one peer has answered lately, and whether that has it ejected; see {@link EjectionRule}. With a limit of 3 errors in a
 * row and a first ejection of 30 s:
 *
 * <pre>
 *   0s  200 500 500 200   2 errors in a row, forgotten by the success
 *   1s  500 500 500       ejected until 31s
 *  31s  500 500 500       back, and ejected again: for 60 s
 *  91s  200 ...           back; each interval without an ejection takes a step back, so after two the next one lasts 30 s
 * </pre>
 *
 * <p>Safe for use by many threads; lock-free.
 */
final class Conduct {
    private static final int SERVER_ERROR = 500;
    private static final int BAD_GATEWAY = 502;
    private static final int GATEWAY_TIMEOUT = 504;

    private final UpstreamState upstream;
    private final AtomicInteger errors = new AtomicInteger();
    private final AtomicInteger gatewayErrors = new AtomicInteger();
    private final LongAdder answers = new LongAdder();
    private final LongAdder successes = new LongAdder();
    private final AtomicInteger times = new AtomicInteger();
    private final AtomicLong total = new AtomicLong();
    private final AtomicReference<Ejection> ejection = new AtomicReference<>(Ejection.NONE);

    Conduct(UpstreamState upstream) {
        this.upstream = upstream;
    }

    /** An ejection and why, or none. */
    record Ejection(boolean made, long at, long until, String reason) {
        static final Ejection NONE = new Ejection(false, 0, 0, "");

        boolean lasts(long now) {
            return made && now - until < 0;
        }
    }

    Ejection ejection() {
        return ejection.get();
    }

    /** How often it was ejected, all in all. */
    long total() {
        return total.get();
    }

    /** The peer answered with a status. */
    void answered(EjectionRule rule, Peer peer, int status) {
        if (isEjected()) {
            return;
        }
        boolean error = status >= SERVER_ERROR;
        answers.increment();
        if (!error) {
            successes.increment();
            forget(errors);
            forget(gatewayErrors);
        } else {
            boolean gateway = status >= BAD_GATEWAY && status <= GATEWAY_TIMEOUT;
            if (!gateway) {
                forget(gatewayErrors);
            }
            countErrors(rule, peer, gateway);
        }
        endRound(rule);
    }

    /** The peer did not answer. */
    void failed(EjectionRule rule, Peer peer) {
        if (isEjected()) {
            return;
        }
        answers.increment();
        countErrors(rule, peer, true);
        endRound(rule);
    }

    /** What was under way when it was ejected says nothing of how it is once it is back. */
    private boolean isEjected() {
        Ejection last = ejection.get();
        return last.made() && last.lasts(upstream.now());
    }

    /** Nothing is written while nothing goes wrong. */
    private static void forget(AtomicInteger count) {
        if (count.get() != 0) {
            count.set(0);
        }
    }

    private void countErrors(EjectionRule rule, Peer peer, boolean gateway) {
        int inARow = errors.incrementAndGet();
        int gatewayInARow = gateway ? gatewayErrors.incrementAndGet() : 0;
        if (rule.consecutiveErrors() > 0 && inARow >= rule.consecutiveErrors()) {
            eject(rule, peer, inARow + " errors in a row");
        } else if (rule.consecutiveGatewayErrors() > 0 && gatewayInARow >= rule.consecutiveGatewayErrors()) {
            eject(rule, peer, gatewayInARow + " gateway errors in a row");
        }
    }

    private void eject(EjectionRule rule, Peer peer, String reason) {
        if (!upstream.takeEjectionTurn()) {
            // Another one is being ejected; the next error decides anew.
            return;
        }
        try {
            ejectInTurn(rule, peer, reason);
        } finally {
            upstream.giveEjectionTurnBack();
        }
    }

    private void ejectInTurn(EjectionRule rule, Peer peer, String reason) {
        long now = upstream.now();
        Ejection before = ejection.get();
        if (before.lasts(now) || !roomForOneMore(rule, now)) {
            return;
        }
        long nanos = nanos(rule, times.get() + 1);
        if (ejection.compareAndSet(before, new Ejection(true, now, now + nanos, reason))) {
            times.incrementAndGet();
            errors.set(0);
            gatewayErrors.set(0);
            total.incrementAndGet();
            upstream.changes().incrementAndGet();
            HealthLog.ejected(upstream.name(), peer, reason, nanos);
        }
    }

    /** How long an ejection lasts that is the so manieth. */
    private static long nanos(EjectionRule rule, int time) {
        long most = rule.most().toNanos();
        long first = Math.min(rule.time().toNanos(), most);
        return time > most / Math.max(1, first) ? most : first * time;
    }

    private boolean roomForOneMore(EjectionRule rule, long now) {
        List<Peer> peers = upstream.peers();
        long used = peers.stream().filter(peer -> !peer.spec().down()).count();
        long ejected = peers.stream()
                .filter(peer -> peer.state().conduct().ejection().lasts(now))
                .count();
        return used > 1 && ejected + 1 <= Math.max(1, used * rule.maxPercent() / 100);
    }

    private void endRound(EjectionRule rule) {
        if (upstream.beginsRound(upstream.now(), rule.interval().toNanos())) {
            List<Peer> peers = upstream.peers();
            ejectByRate(rule, peers);
            peers.forEach(peer -> peer.state().conduct().stepBack(rule));
        }
    }

    private void stepBack(EjectionRule rule) {
        answers.reset();
        successes.reset();
        if (upstream.now() - ejection().until() >= rule.interval().toNanos()) {
            times.getAndUpdate(count -> Math.max(0, count - 1));
        }
    }

    private double rate() {
        return (double) successes.sum() / answers.sum();
    }

    private static void ejectByRate(EjectionRule rule, List<Peer> peers) {
        SuccessRate by = rule.successRate();
        List<Peer> known = peers.stream()
                .filter(peer -> peer.state().conduct().answers.sum() >= by.minRequests())
                .toList();
        if (by.deviations() == 0 || known.size() < by.minServers()) {
            return;
        }
        double mean = known.stream().mapToDouble(Conduct::rateOf).average().orElse(1);
        double variance = known.stream()
                .mapToDouble(peer -> (rateOf(peer) - mean) * (rateOf(peer) - mean))
                .average()
                .orElse(0);
        double least = mean - by.deviations() * Math.sqrt(variance);
        for (Peer peer : known) {
            double rate = rateOf(peer);
            if (rate < least) {
                peer.state()
                        .conduct()
                        .eject(rule, peer, percent(rate) + " success while the usual is " + percent(mean));
            }
        }
    }

    private static double rateOf(Peer peer) {
        return peer.state().conduct().rate();
    }

    private static String percent(double rate) {
        return Math.round(rate * 1000) / 10.0 + " %";
    }
}
