package io.erulb.server;

import io.erulb.routing.TableChange;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.Logger;

/** Says once, when a policy binds clients by cookies, that without a secret those hold here and until the end only. */
final class StickyWarning implements Consumer<TableChange> {
    private static final Logger LOG = Logger.getLogger(StickyWarning.class.getName());

    private final AtomicBoolean said = new AtomicBoolean();

    @Override
    public void accept(TableChange change) {
        boolean sticky = change.policies().stream()
                .map(change.after().policies()::get)
                .anyMatch(policy -> policy != null && policy.sticky() != null);
        if (sticky && said.compareAndSet(false, true)) {
            LOG.warning(
                    "sticky cookies hold on this instance alone and until it ends: STICKY_SECRET is not set, which all"
                            + " instances should have the same of");
        }
    }
}
