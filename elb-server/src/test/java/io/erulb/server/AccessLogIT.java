package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The access log of the server's process: rotated, on standard output, and where nobody reads it. */
@Timeout(120)
class AccessLogIT {
    private static final String RULES =
            "{\"127.0.0.1\":{\"init\":\"r\",\"rules\":{\"r\":{\"type\":\"respond\",\"args\":{\"body\":\"hello\"}}}}}";
    private static final String MINIMAL = "ACCESS_LOG_FORMAT=$status $request_uri";

    @TempDir
    private Path folder;

    private static void request(URI server, int from, int to) throws Exception {
        try (Wire client = Wire.to(server.getHost(), server.getPort())) {
            for (int i = from; i < to; i++) {
                assertThat(client.get("/" + i).body()).isEqualTo("hello");
            }
        }
    }

    private static CompletableFuture<Void> requestMeanwhile(URI server, int from, int to) {
        return CompletableFuture.runAsync(() -> {
            try {
                request(server, from, to);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void noLineIsLostWhenTheFileIsMovedAway() throws Exception {
        Path log = folder.resolve("access.log");
        List<Path> files = new ArrayList<>(List.of(log));
        try (ServerProcess server = ServerProcess.start("STORE=memory " + MINIMAL + " ACCESS_LOG=" + log)) {
            Http.put(server.uri(), "/__erulb__/domain", RULES);
            CompletableFuture<Void> first = requestMeanwhile(server.uri(), 0, 5_000);
            CompletableFuture<Void> second = requestMeanwhile(server.uri(), 5_000, 10_000);
            for (int i = 0; i < 3; i++) {
                Path moved = folder.resolve("access.log." + i);
                Files.move(log, moved);
                server.hangUp();
                while (!Files.exists(log)) {
                    Thread.onSpinWait();
                }
                files.add(moved);
            }
            first.join();
            second.join();
            server.terminate();
            assertThat(server.exitCode()).isZero();
        }

        List<String> lines = new ArrayList<>();
        for (Path file : files) {
            lines.addAll(Files.readAllLines(file));
        }
        assertThat(lines.stream().filter(line -> line.startsWith("200 /")).collect(Collectors.toSet()))
                .containsAll(
                        IntStream.range(0, 10_000).mapToObj(i -> "200 /" + i).toList());
        assertThat(lines).hasSize(10_001);
    }

    @Test
    void aFileThatIsMovedAwayWhileTheServerStartsIsMadeAnew() throws Exception {
        Path log = folder.resolve("access.log");
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                ServerProcess server = ServerProcess.run("LISTEN=127.0.0.1:0 STORE=etcd ETCD_HOST=127.0.0.1"
                        + " ETCD_PORT=" + silent.getLocalPort() + " ACCESS_LOG=" + log)) {
            // It waits for its store now.
            silent.accept().close();
            Files.move(log, folder.resolve("access.log.1"));
            server.hangUp();

            server.uri();
            while (!Files.exists(log)) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aPipeThatNobodyReadsCostsNoRequest() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        try (RandomAccessFile opened = new RandomAccessFile(pipe.toFile(), "rw");
                ServerProcess server = ServerProcess.start("STORE=memory ACCESS_LOG=" + pipe)) {
            Http.put(server.uri(), "/__erulb__/domain", RULES);

            request(server.uri(), 0, 12_000);

            AtomicInteger lines = countLines(opened);
            int lost = Integer.parseInt(server.await(Pattern.compile("([0-9]+) lines of the access log were lost"))
                    .group(1));
            assertThat(lost).isBetween(2_000, 4_000);
            while (lines.get() + lost < 12_001) {
                Thread.onSpinWait();
            }
        }
    }

    /** Reads from now on what comes out of a pipe. */
    private static AtomicInteger countLines(RandomAccessFile pipe) {
        AtomicInteger lines = new AtomicInteger();
        Thread reader = new Thread(() -> {
            try {
                while (pipe.readLine() != null) {
                    lines.incrementAndGet();
                }
            } catch (IOException closed) {
                // The test is over.
            }
        });
        reader.setDaemon(true);
        reader.start();
        return lines;
    }

    @Test
    void standardOutputHasTheLinesToo() throws Exception {
        try (ServerProcess server = ServerProcess.start("STORE=memory " + MINIMAL + " ACCESS_LOG=stdout")) {
            Http.get(server.uri(), "/here");

            server.await(Pattern.compile("^404 /here$"));
        }
    }

    @Test
    void aFileThatCanNotBeWrittenIsTold() throws Exception {
        try (ServerProcess server = ServerProcess.run("STORE=memory ACCESS_LOG=" + folder)) {
            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.output())
                    .startsWith("elb: ACCESS_LOG: " + folder + " (expected: a file that can be written");
        }
    }
}
