package io.erulb.upstream.testing;

import io.erulb.upstream.Peer;
import io.erulb.upstream.spi.Balancer;
import io.erulb.upstream.spi.BalancerContext;
import io.erulb.upstream.spi.BalancerProvider;
import java.util.List;

public final class AnyProvider implements BalancerProvider {
    @Override
    public String type() {
        return "any";
    }

    @Override
    public Balancer create(BalancerContext context) {
        List<Peer> peers = context.candidates();
        return selection -> {
            int start = context.random().nextInt(peers.size());
            for (int i = 0; i < peers.size(); i++) {
                Peer peer = peers.get((start + i) % peers.size());
                if (selection.accepts(peer)) {
                    return peer;
                }
            }
            return null;
        };
    }
}
