package io.erulb.routing;

import io.erulb.routing.policy.StickyPolicy;
import io.erulb.rules.RequestView;
import io.erulb.upstream.Peer;
import io.erulb.upstream.Upstream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which server of an upstream a client is bound to by its cookie. Immutable. */
public final class Affinity {
    private final StickyPolicy policy;
    private final Map<String, Peer> peers = new HashMap<>();
    private final Map<Peer, String> tokens = new HashMap<>();

    private Affinity(StickyPolicy policy, Upstream upstream, StickySecret secret) {
        this.policy = policy;
        for (Peer peer : upstream.peers()) {
            String token = secret.token(upstream.name(), peer.address());
            peers.putIfAbsent(token, peer);
            tokens.put(peer, token);
        }
    }

    static @Nullable Affinity of(@Nullable StickyPolicy policy, Upstream upstream, StickySecret secret) {
        return policy == null ? null : new Affinity(policy, upstream, secret);
    }

    /** The server that a request's client is bound to; null when it is to none, or to one that is no more. */
    public @Nullable Peer peer(RequestView request) {
        String token = request.cookie(policy.cookie());
        return token == null ? null : peers.get(token);
    }

    /** The value of the Set-Cookie field that binds a client to a server of the upstream. */
    public String setCookie(Peer peer) {
        return policy.field(tokens.getOrDefault(peer, ""));
    }
}
