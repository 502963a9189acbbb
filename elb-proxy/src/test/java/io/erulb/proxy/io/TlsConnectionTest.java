package io.erulb.proxy.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.proxy.TestKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.ConduitStreamSourceChannel;

/** TLS on an event loop, with the JDK's sockets at the other end. */
@Timeout(30)
class TlsConnectionTest {
    private static TestKeys keys;

    private XnioWorker tasks;
    private EventLoops loops;
    private ServerSocket listener;

    @BeforeAll
    static void makeKeys(@TempDir Path folder) throws Exception {
        keys = TestKeys.make(folder);
    }

    @BeforeEach
    void start() throws IOException {
        tasks = Xnio.getInstance()
                .createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 0, Options.WORKER_TASK_MAX_THREADS, 1));
        loops = EventLoops.start("test", 1, tasks);
    }

    @AfterEach
    void stop() throws IOException {
        loops.close();
        tasks.shutdownNow();
        listener.close();
    }

    /** What the server does with its connection. */
    private interface Script<S, T> {
        T with(S socket) throws Exception;
    }

    private <T> CompletableFuture<T> serve(String protocol, Script<SSLSocket, T> script) throws Exception {
        return serve(keys.listener(protocol), socket -> script.with((SSLSocket) socket));
    }

    private <T> CompletableFuture<T> serve(ServerSocket server, Script<Socket, T> script) {
        listener = server;
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try (Socket socket = server.accept()) {
                        result.complete(script.with(socket));
                    } catch (Exception e) {
                        result.completeExceptionally(e);
                    }
                },
                "tls-server");
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    /** What the client does with its connection, on its loop. */
    private interface Use {
        void of(TlsConnection connection) throws IOException;
    }

    private void connect(boolean trusting, Use use) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trusting ? keys.trust() : null, null);
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        loops.thread(0)
                .openStreamConnection(
                        (InetSocketAddress) listener.getLocalSocketAddress(),
                        raw -> {
                            try {
                                use.of(new TlsConnection(raw, engine));
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        },
                        OptionMap.EMPTY);
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void muchGoesBothWaysThoughTheServerWaitsAndChangesKeys(String protocol) throws Exception {
        byte[] request = random(8 << 20);
        byte[] answer = random(1 << 20);
        CountDownLatch full = new CountDownLatch(1);
        CompletableFuture<byte[]> received = serve(protocol, socket -> {
            byte[] first = socket.getInputStream().readNBytes(1);
            full.await();
            byte[] rest = socket.getInputStream().readNBytes(request.length - 1);
            socket.getOutputStream().write(answer, 0, answer.length / 2);
            if (protocol.equals("TLSv1.3")) {
                // The client has to answer, and to go on with another key.
                socket.startHandshake();
            }
            socket.getOutputStream().write(answer, answer.length / 2, answer.length / 2);
            socket.shutdownOutput();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            return ByteBuffer.allocate(request.length).put(first).put(rest).array();
        });
        CompletableFuture<byte[]> answered = new CompletableFuture<>();

        connect(true, connection -> {
            LoopChannels.read(connection, answered);
            LoopChannels.write(connection.getSinkChannel(), ByteBuffer.wrap(request), full);
        });

        assertThat(answered.get()).isEqualTo(answer);
        assertThat(received.get()).isEqualTo(request);
    }

    @Test
    void whatTheSocketDoesNotTakeGoesOutThoughNobodyAsks() throws Exception {
        CompletableFuture<Integer> written = new CompletableFuture<>();
        CompletableFuture<Integer> received = serve("TLSv1.3", socket -> {
            socket.startHandshake();
            return socket.getInputStream().readNBytes(written.get()).length;
        });

        connect(true, connection -> {
            ConduitStreamSinkChannel sink = connection.getSinkChannel();
            sink.setWriteListener(ignored -> {
                sink.suspendWrites();
                written.complete(LoopChannels.writeUntilFull(sink));
            });
            sink.resumeWrites();
            sink.write(ByteBuffer.allocate(0));
            connection.getSourceChannel().setReadListener(LoopChannels::sizeOfRead);
            connection.getSourceChannel().resumeReads();
        });

        assertThat(received.get()).isEqualTo(written.get());
    }

    @Test
    void whatIsLeftOfARecordIsReadThoughNothingMoreComes() throws Exception {
        CompletableFuture<Integer> heard = serve("TLSv1.3", socket -> {
            socket.getOutputStream().write(random(3000));
            return socket.getInputStream().read();
        });

        connect(true, connection -> {
            int[] received = {0};
            ConduitStreamSourceChannel source = connection.getSourceChannel();
            source.setReadListener(ignored -> {
                received[0] += LoopChannels.sizeOfRead(source);
                if (received[0] == 3000) {
                    IoUtils.safeClose(connection);
                }
            });
            source.resumeReads();
            connection.getSinkChannel().write(ByteBuffer.allocate(0));
        });

        assertThat(heard.get()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theLastBytesAreReadBeforeTheEndThatComesWithThem(boolean garbled) throws Exception {
        CompletableFuture<Boolean> begun = new CompletableFuture<>();
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        CompletableFuture<List<Integer>> whole = new CompletableFuture<>();
        CompletableFuture<List<Integer>> served =
                serve(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), socket -> {
                    SSLSocket tls = keys.over(socket);
                    tls.getOutputStream().write('a');
                    begun.join();
                    tls.getOutputStream().write(random(500));
                    if (garbled) {
                        // Something else than a record follows.
                        socket.getOutputStream().write(random(500));
                    }
                    socket.shutdownOutput();
                    ended.complete(true);
                    return whole.get();
                });

        connect(true, connection -> {
            ConduitStreamSourceChannel source = connection.getSourceChannel();
            source.setReadListener(ignored -> {
                int n = LoopChannels.sizeOfRead(source);
                if (n != 0) {
                    sizes.add(n);
                }
                if (n == 1) {
                    begun.complete(true);
                    ended.join();
                } else if (n < 0) {
                    IoUtils.safeClose(connection);
                    whole.complete(sizes);
                }
            });
            source.resumeReads();
            connection.getSinkChannel().write(ByteBuffer.allocate(0));
        });

        assertThat(whole.get()).containsExactly(1, 500, garbled ? LoopChannels.FAILED : -1);
        assertThat(served.get()).isSameAs(sizes);
    }

    @Test
    void aFailureIsThrownByEveryReadAndToldToTheServer() throws Exception {
        CompletableFuture<Integer> heard =
                serve("TLSv1.3", socket -> socket.getInputStream().read());
        CompletableFuture<List<IOException>> failures = new CompletableFuture<>();

        connect(false, connection -> {
            ConduitStreamSourceChannel source = connection.getSourceChannel();
            source.setReadListener(ignored -> {
                IOException first = LoopChannels.failureOfRead(source);
                if (first != null) {
                    failures.complete(List.of(first, LoopChannels.failureOfRead(source)));
                    IoUtils.safeClose(connection);
                }
            });
            source.resumeReads();
            connection.getSinkChannel().write(ByteBuffer.allocate(0));
        });

        assertThat(failures.get().get(0)).isInstanceOf(SSLException.class);
        assertThat(failures.get().get(1)).isSameAs(failures.get().get(0));
        assertThat(heard.handle((read, failure) -> failure).get())
                .hasMessageContaining("Received fatal alert: certificate_unknown");
    }
}
