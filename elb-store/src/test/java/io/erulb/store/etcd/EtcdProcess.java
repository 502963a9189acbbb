package io.erulb.store.etcd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real etcd of one member on free ports of the loopback, with data of its own in a temporary folder. It ends with
 * {@link #close()}, with the JVM at the latest. For one thread.
 */
public final class EtcdProcess implements AutoCloseable {

    private static final int START_ATTEMPTS = 5;
    private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Path folder;
    private final @Nullable TestCertificates certificates;
    private final List<String> options;
    private final Thread shutdown = new Thread(this::kill);
    private int clientPort;
    private int peerPort;
    private List<String> ctlLogin = List.of();
    private @Nullable Process process;

    private EtcdProcess(@Nullable TestCertificates certificates, String... options) throws IOException {
        this.folder = Files.createTempDirectory("elb-etcd");
        this.certificates = certificates;
        this.options = List.of(options);
        choosePorts();
        Runtime.getRuntime().addShutdownHook(shutdown);
    }

    /** Starts one that anyone may use, without TLS. */
    public static EtcdProcess start() throws IOException {
        return launched(stopped());
    }

    /** Starts one that answers by version 2 of the API as well, which has keys of its own. */
    public static EtcdProcess startWithV2() throws IOException {
        return launched(new EtcdProcess(null, "--enable-v2"));
    }

    /** Starts one that speaks TLS and asks for a client's certificate. */
    static EtcdProcess startWithTls(TestCertificates certificates) throws IOException {
        return launched(new EtcdProcess(certificates));
    }

    /** Returns one that has its ports but doesn't run before {@link #launch()}. */
    public static EtcdProcess stopped() throws IOException {
        return new EtcdProcess(null);
    }

    private static EtcdProcess launched(EtcdProcess etcd) throws IOException {
        etcd.launch();
        return etcd;
    }

    /** Returns where it listens: {@code 127.0.0.1:port}, or a URL when it speaks TLS. */
    public String endpoint() {
        return certificates == null ? "127.0.0.1:" + clientPort : "https://127.0.0.1:" + clientPort;
    }

    /** Returns the port it listens on. */
    public int port() {
        return clientPort;
    }

    /** Starts it, on the data it had, and returns when it answers. */
    public void launch() throws IOException {
        for (int attempt = 1; ; attempt++) {
            Process started = command().start();
            process = started;
            if (isReady(started)) {
                awaitAnswer();
                return;
            }
            kill();
            String log = Files.readString(log());
            if (attempt == START_ATTEMPTS || !log.contains("address already in use")) {
                throw new IOException("etcd doesn't start: " + log);
            }
            choosePorts();
        }
    }

    /** Ends it at once, as a crash would. */
    public void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            waitFor(running);
            process = null;
        }
    }

    /** Ends it as a service manager does; at once where it takes too long. */
    public void terminate() {
        Process running = process;
        if (running != null) {
            running.destroy();
            if (!exits(running)) {
                kill();
            }
            process = null;
        }
    }

    /** Ends it at once and throws its data away. */
    public void killAndForget() throws IOException {
        kill();
        deleteTree(folder.resolve("data"));
    }

    /** Stops it where it is: connections stay open and nothing is answered. */
    public void suspend() throws IOException {
        signal("-STOP");
    }

    /** Goes on after {@link #suspend()}. */
    public void resume() throws IOException {
        signal("-CONT");
    }

    /** Puts a value, as an operator does. */
    public void put(String key, String value) throws IOException {
        etcdctl("put", "--", key, value);
    }

    /** Deletes a key. */
    public void delete(String key) throws IOException {
        etcdctl("del", key);
    }

    /** Deletes all keys that begin so. */
    public void deletePrefix(String prefix) throws IOException {
        etcdctl("del", "--prefix", prefix);
    }

    /** Forgets all revisions up to the newest one. */
    public void compact() throws IOException {
        String status = etcdctl("get", "none", "-w", "json");
        String revision = status.replaceAll(".*\"revision\":(\\d+).*", "$1").strip();
        etcdctl("compact", revision);
    }

    /** Asks for a user and a password from now on: the user root with this password may do everything. */
    public void requireLogin(String password) throws IOException {
        etcdctl("user", "add", "root:" + password);
        etcdctl("user", "grant-role", "root", "root");
        etcdctl("auth", "enable");
        ctlLogin = List.of("--user", "root:" + password);
    }

    /** Runs etcdctl against it and returns its output; fails when etcdctl does. */
    public String etcdctl(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(EtcdBinary.etcdctl().toString());
        command.addAll(List.of("--endpoints", endpoint(), "--command-timeout", "10s"));
        command.addAll(ctlLogin);
        if (certificates != null) {
            command.addAll(certificates.ctlArguments());
        }
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("ETCDCTL_API", "3");
        return run(builder);
    }

    @Override
    public void close() throws IOException {
        terminate();
        Runtime.getRuntime().removeShutdownHook(shutdown);
        deleteTree(folder);
    }

    private ProcessBuilder command() {
        String scheme = certificates == null ? "http" : "https";
        String client = scheme + "://127.0.0.1:" + clientPort;
        String peer = "http://127.0.0.1:" + peerPort;
        List<String> command = new ArrayList<>(List.of(EtcdBinary.etcd().toString(), "--name", "test"));
        command.addAll(List.of("--data-dir", folder.resolve("data").toString()));
        command.addAll(List.of("--listen-client-urls", client, "--advertise-client-urls", client));
        command.addAll(List.of("--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer));
        command.addAll(List.of("--initial-cluster", "test=" + peer, "--logger", "zap", "--log-level", "error"));
        command.addAll(options);
        if (certificates != null) {
            command.addAll(certificates.etcdArguments());
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // etcd 3.4 refuses to start on 64-bit ARM without this.
        builder.environment().put("ETCD_UNSUPPORTED_ARCH", "arm64");
        return builder.redirectOutput(log().toFile());
    }

    private Path log() {
        return folder.resolve("log");
    }

    private void choosePorts() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket client = new ServerSocket(0, 1, loopback);
                ServerSocket peer = new ServerSocket(0, 1, loopback)) {
            clientPort = client.getLocalPort();
            peerPort = peer.getLocalPort();
        }
    }

    private boolean isReady(Process started) {
        long deadline = System.nanoTime() + READY_NANOS;
        while (started.isAlive() && System.nanoTime() - deadline < 0) {
            if (connects()) {
                return true;
            }
            // It has the processor meanwhile.
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return false;
    }

    /** It takes connections before it has a leader, and answers only then. */
    private void awaitAnswer() throws IOException {
        long deadline = System.nanoTime() + READY_NANOS;
        while (true) {
            try {
                etcdctl("get", "none");
                return;
            } catch (IOException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
            }
        }
    }

    private boolean connects() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), clientPort), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void signal(String signal) throws IOException {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("etcd doesn't run");
        }
        run(new ProcessBuilder("sh", "-c", "kill " + signal + " " + running.pid()));
    }

    private static String run(ProcessBuilder builder) throws IOException {
        Process started = builder.start();
        String output = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        waitFor(started);
        if (started.exitValue() != 0) {
            throw new IOException(builder.command() + ": " + output);
        }
        return output;
    }

    private static boolean exits(Process running) {
        try {
            return running.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void waitFor(Process running) {
        if (!exits(running)) {
            throw new IllegalStateException("still running: " + running);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
