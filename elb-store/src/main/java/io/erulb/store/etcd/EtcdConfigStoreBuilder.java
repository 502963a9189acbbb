package io.erulb.store.etcd;

import io.erulb.store.KeyLayout;
import io.erulb.store.etcd.EtcdSettings.Login;
import io.erulb.store.etcd.EtcdSettings.Timing;
import io.erulb.store.etcd.EtcdSettings.Tls;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of an {@link EtcdConfigStore}; all have defaults. Each method checks what it is given and throws
 * {@link IllegalArgumentException} with what is accepted. For one thread.
 */
public final class EtcdConfigStoreBuilder {

    private static final int DEFAULT_MAX_REQUEST_BYTES = 1536 * 1024;

    private EtcdEndpoints endpoints = EtcdEndpoints.parse("127.0.0.1:2379");
    private KeyLayout layout = new KeyLayout("ELB");
    private @Nullable Login login;
    private Tls tls = Tls.NONE;
    private Timing timing = Timing.DEFAULT;
    private int maxRequestBytes = DEFAULT_MAX_REQUEST_BYTES;

    EtcdConfigStoreBuilder() {}

    /**
     * Sets the members of the cluster, separated by commas: {@code host:port}, {@code http://host:port} or, for TLS,
     * {@code https://host:port}; port 2379 where none is given. Default: {@code 127.0.0.1:2379}.
     */
    public EtcdConfigStoreBuilder endpoints(String list) {
        this.endpoints = EtcdEndpoints.parse(list);
        return this;
    }

    /** Sets the name under which the keys stand: {@code /$name/rules/...}. Default: {@code ELB}. */
    public EtcdConfigStoreBuilder name(String name) {
        this.layout = new KeyLayout(name);
        return this;
    }

    /** Logs in as a user of etcd, neither name nor password empty. Default: no log-in. */
    public EtcdConfigStoreBuilder login(String user, String password) {
        if (user.isEmpty() || password.isEmpty()) {
            throw new IllegalArgumentException("etcd login: empty (expected: a user and a password)");
        }
        this.login = new Login(user, password);
        return this;
    }

    /**
     * Trusts these authorities, a PEM file, for {@code https} members rather than those the JDK trusts. The file is
     * read when the store first connects.
     */
    public EtcdConfigStoreBuilder trust(Path authorities) {
        this.tls = new Tls(authorities, tls.certificate(), tls.key());
        return this;
    }

    /**
     * Shows this certificate to {@code https} members. The files are read when the store first connects.
     *
     * @param certificate a PEM file with the chain
     * @param key a PEM file with its key as PKCS #8, without a password
     */
    public EtcdConfigStoreBuilder certificate(Path certificate, Path key) {
        this.tls = new Tls(tls.authorities(), certificate, key);
        return this;
    }

    /** Sets how long connecting to a member may take. Default: 3 s. */
    public EtcdConfigStoreBuilder connectTimeout(Duration timeout) {
        this.timing = new Timing(positive("connect timeout", timeout), timing.request(), timing.check());
        return this;
    }

    /** Sets how long the answer to one request may take; reading everything may take three times that. Default: 5 s. */
    public EtcdConfigStoreBuilder requestTimeout(Duration timeout) {
        this.timing = new Timing(timing.connect(), positive("request timeout", timeout), timing.check());
        return this;
    }

    /**
     * Sets how often to check that a watch still tells everything; one without a sign of life for this and a request's
     * timeout is begun anew. Default: 5 s.
     */
    public EtcdConfigStoreBuilder checkInterval(Duration interval) {
        this.timing = new Timing(timing.connect(), timing.request(), positive("check interval", interval));
        return this;
    }

    /**
     * Sets the largest request, in bytes, that is sent: no value may be larger, and a larger commit is made in several.
     * Default: 1.5 MiB, which is also that of etcd's {@code --max-request-bytes}.
     */
    public EtcdConfigStoreBuilder maxRequestBytes(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("max request bytes: " + bytes + " (expected: 1 or more)");
        }
        this.maxRequestBytes = bytes;
        return this;
    }

    /** Makes the store, without connecting yet. */
    public EtcdConfigStore build() {
        if (!endpoints.secure() && !tls.equals(Tls.NONE)) {
            throw new IllegalArgumentException(
                    "etcd endpoints: " + endpoints + " with TLS files (expected: https:// endpoints)");
        }
        return new EtcdConfigStore(new EtcdSettings(endpoints, layout, login, tls, timing, maxRequestBytes));
    }

    private static Duration positive(String what, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(what + ": " + duration + " (expected: more than 0)");
        }
        return duration;
    }
}
