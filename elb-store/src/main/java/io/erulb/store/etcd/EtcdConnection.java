package io.erulb.store.etcd;

import io.erulb.store.StoreException;
import io.erulb.store.etcd.EtcdSettings.Tls;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.Lease;
import io.etcd.jetcd.Response;
import io.etcd.jetcd.Watch;
import io.grpc.Status;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one client to etcd, built at its first use and again after it failed: a client left alone with a dead etcd waits
 * ever longer, up to minutes, before it tries to connect again. Safe for use by many threads.
 */
final class EtcdConnection implements AutoCloseable {

    private static final int MAX_ANSWER_BYTES = 64 << 20;
    private static final Duration KEEP_ALIVE_EVERY = Duration.ofSeconds(10);
    private static final Duration KEEP_ALIVE_TIMEOUT = Duration.ofSeconds(3);
    private static final long TOKEN_RETRY_MILLIS = 50;

    private final EtcdSettings settings;
    private final EtcdHealth health;
    // All guarded by this.
    private @Nullable Client client;
    private boolean broken;
    private boolean closed;

    EtcdConnection(EtcdSettings settings, EtcdHealth health) {
        this.settings = settings;
        this.health = health;
    }

    EtcdSettings settings() {
        return settings;
    }

    EtcdHealth health() {
        return health;
    }

    /**
     * Makes a request that may be repeated: a second time, on a new client, when the connection turns out to be dead.
     *
     * @param doing what is being done, for the message of the exception
     */
    <T extends Response> T read(String doing, Function<KV, CompletableFuture<T>> request) throws StoreException {
        try {
            return call(doing, request);
        } catch (StoreException e) {
            Throwable cause = e.getCause();
            if (cause == null || EtcdErrors.code(cause) != Status.Code.UNAVAILABLE) {
                throw e;
            }
            return call(doing, request);
        }
    }

    /**
     * Makes a request once and waits for its answer as long as one may take.
     *
     * @param doing what is being done, for the message of the exception
     */
    <T extends Response> T call(String doing, Function<KV, CompletableFuture<T>> request) throws StoreException {
        return callClient(doing, used -> request.apply(used.getKVClient()));
    }

    /** The same for leases. */
    <T extends Response> T callLeases(String doing, Function<Lease, CompletableFuture<T>> request)
            throws StoreException {
        return callClient(doing, used -> request.apply(used.getLeaseClient()));
    }

    private <T extends Response> T callClient(String doing, Function<Client, CompletableFuture<T>> request)
            throws StoreException {
        Client used = client();
        try {
            T answer = await(request.apply(used));
            health.answered(answer.getHeader().getRevision());
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(settings.description() + ": interrupted while " + doing, e);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            if (EtcdErrors.isConnectionFault(e)) {
                suspect(used);
            }
            throw failure(doing, e);
        }
    }

    /** Makes a request without waiting for its answer. */
    <T> CompletableFuture<T> start(Function<KV, CompletableFuture<T>> request) throws StoreException {
        return request.apply(client().getKVClient());
    }

    /** Returns the client's watches. */
    Watch watches() throws StoreException {
        return client().getWatchClient();
    }

    /** Returns a failure for people. */
    StoreException failure(String doing, Throwable cause) {
        String message = settings.description() + ": " + doing + " failed: " + EtcdErrors.reason(cause);
        return new StoreException(message, cause);
    }

    /** Has the client built anew before its next use. */
    synchronized void suspect() {
        suspect(client);
    }

    @SuppressWarnings("ReferenceEquality") // Meant is the very client that failed.
    private synchronized void suspect(@Nullable Client used) {
        // Another may have noticed first, and had it built anew.
        broken |= used == client;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.close();
            client = null;
        }
    }

    private <T> T await(CompletableFuture<T> answer) throws InterruptedException, ExecutionException, TimeoutException {
        // The call ends by its own deadline; this is for a client that never makes it.
        long millis = settings.timing().request().toMillis();
        return answer.get(millis + millis / 4, TimeUnit.MILLISECONDS);
    }

    private synchronized Client client() throws StoreException {
        if (closed) {
            throw new StoreException(settings.description() + ": the store is closed");
        }
        Client current = client;
        if (current != null && broken) {
            closeLater(current);
            current = null;
        }
        if (current == null) {
            current = build();
            client = current;
            broken = false;
        }
        return current;
    }

    /** Lets requests under way on other threads come to their end. */
    private void closeLater(Client old) {
        long millis = settings.timing().request().toMillis();
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(old::close);
    }

    private Client build() throws StoreException {
        ClientBuilder builder = Client.builder()
                .endpoints(settings.endpoints().uris().toArray(URI[]::new))
                .waitForReady(false)
                .connectTimeout(settings.timing().connect())
                .keepaliveTime(KEEP_ALIVE_EVERY)
                .keepaliveTimeout(KEEP_ALIVE_TIMEOUT)
                .maxInboundMessageSize(MAX_ANSWER_BYTES)
                .retryMaxAttempts(1)
                .retryDelay(TOKEN_RETRY_MILLIS)
                .interceptor(new DeadlineInterceptor(settings.timing().request()));
        EtcdSettings.Login login = settings.login();
        if (login != null) {
            builder.user(bytes(login.user())).password(bytes(login.password()));
        }
        try {
            if (settings.endpoints().secure()) {
                builder.sslContext(this::tls);
            }
            return builder.build();
        } catch (IOException | IllegalArgumentException e) {
            throw new StoreException(settings.description() + ": TLS settings: " + e.getMessage(), e);
        }
    }

    private void tls(SslContextBuilder context) {
        Tls tls = settings.tls();
        if (tls.authorities() != null) {
            context.trustManager(tls.authorities().toFile());
        }
        if (tls.certificate() != null && tls.key() != null) {
            context.keyManager(tls.certificate().toFile(), tls.key().toFile());
        }
    }

    private static ByteSequence bytes(String text) {
        return ByteSequence.from(text, StandardCharsets.UTF_8);
    }
}
