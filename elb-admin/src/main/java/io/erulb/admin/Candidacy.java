package io.erulb.admin;

import io.erulb.upstream.Peer;
import io.erulb.upstream.PeerHealth;
import io.erulb.upstream.Standing;
import io.erulb.upstream.Upstream;
import java.util.Locale;

/**
 * Whether a request may go to a server.
 *
 * @param why in a few words; empty where there is nothing to say
 */
record Candidacy(boolean is, String why) {

    static Candidacy of(Upstream upstream, Peer peer) {
        Standing standing = upstream.standing(peer);
        return new Candidacy(standing == Standing.CANDIDATE, why(standing, peer));
    }

    private static String why(Standing standing, Peer peer) {
        return switch (standing) {
            case CANDIDATE -> peer.leftOut() ? "out, but too few are in: " + health(peer) : "";
            case NOT_IN_USE -> peer.spec().down() ? "marked down" : "marked drain: no new clients";
            case FULL -> "at its limit, " + peer.active() + " requests are under way";
            case SPARE -> "a backup, and another server may be tried";
            case LEFT_OUT -> health(peer);
        };
    }

    private static String health(Peer peer) {
        PeerHealth health = peer.health();
        String state = health.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return health.reason().isEmpty() ? state : state + ": " + health.reason();
    }
}
