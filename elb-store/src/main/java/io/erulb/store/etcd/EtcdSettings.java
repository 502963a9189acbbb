package io.erulb.store.etcd;

import io.erulb.store.KeyLayout;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link EtcdConfigStore} is made from. Immutable.
 *
 * @param endpoints where etcd is
 * @param layout where the keys stand in it
 * @param login who to be, null for nobody
 * @param tls files for TLS
 * @param timing how long things may take
 * @param maxRequestBytes the largest request etcd takes
 */
record EtcdSettings(
        EtcdEndpoints endpoints, KeyLayout layout, @Nullable Login login, Tls tls, Timing timing, int maxRequestBytes) {

    /** Returns what and where the store is, for people. */
    String description() {
        return "etcd at " + endpoints + " under " + layout.prefix();
    }

    /** A user of etcd. */
    record Login(String user, String password) {

        @Override
        public String toString() {
            return user;
        }
    }

    /** PEM files, each null where not given: the authorities to trust, a certificate chain to show and its key. */
    record Tls(
            @Nullable Path authorities,
            @Nullable Path certificate,
            @Nullable Path key) {
        static final Tls NONE = new Tls(null, null, null);
    }

    /**
     * How long things may take.
     *
     * @param connect to connect to a member
     * @param request for the answer to one request
     * @param check between two looks at whether the watch still tells everything
     */
    record Timing(Duration connect, Duration request, Duration check) {
        static final Timing DEFAULT = new Timing(Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(5));

        /** Returns how long reading everything may take, over all its pages. */
        Duration load() {
            return request.multipliedBy(3);
        }

        /** Returns after how long without any sign a watch counts as dead. */
        Duration silence() {
            return check.plus(request);
        }
    }
}
